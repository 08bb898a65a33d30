"""Choosing among fixes and applying them. Pure, and blind to rules."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Fix


class Proposal(Struct, frozen=True):
    """One diagnostic with the fix that mends it."""

    diagnostic: Diagnostic
    fix: Fix
    edits: tuple[Edit, ...]

    @property
    def rule(self) -> str:
        """The rule that proposes it."""
        return self.diagnostic.rule

    @property
    def paths(self) -> frozenset[str]:
        """The notes that it changes."""
        return frozenset(edit.path for edit in self.edits)


class Chosen:
    """Fixes that can be applied together: no two edits touch, save where they are the same edit."""

    def __init__(self) -> None:
        self.proposals: list[Proposal] = []
        self._edits: dict[str, list[Edit]] = {}

    def add(self, proposal: Proposal) -> bool:
        """Take a fix in, all of it or nothing; whether it was taken."""
        fresh = [edit for edit in proposal.edits if not self._has(edit)]
        if any(self._touches(edit) for edit in fresh):
            return False
        for edit in fresh:
            edits = self._edits.setdefault(edit.path, [])
            edits.insert(bisect_left(edits, edit), edit)
        self.proposals.append(proposal)
        return True

    def by_path(self) -> dict[str, list[Proposal]]:
        """The notes that change, each with the fixes that change it."""
        table: dict[str, list[Proposal]] = {}
        for proposal in self.proposals:
            for path in proposal.paths:
                table.setdefault(path, []).append(proposal)
        return dict(sorted(table.items()))

    def edits(self, path: str) -> list[Edit]:
        """The edits of one note, in order, each once."""
        return self._edits.get(path, [])

    def _has(self, edit: Edit) -> bool:
        edits = self._edits.get(edit.path, [])
        at = bisect_left(edits, edit)
        return at < len(edits) and edits[at] == edit

    def _touches(self, edit: Edit) -> bool:
        # The list is sorted and disjoint: only the neighbours can touch.
        edits = self._edits.get(edit.path, [])
        at = bisect_left(edits, edit)
        return any(_clash(edit.span, other.span) for other in edits[max(at - 1, 0) : at + 1])


def proposal_of(diagnostic: Diagnostic) -> Proposal | None:
    """A diagnostic's fix as something to apply; `None` where there is none, or it can't be applied.

    A fix that renames files is not applied in bulk: it is shown.
    """
    fix = diagnostic.fix
    if fix is None or not fix.changes:
        return None
    edits = tuple(sorted({change for change in fix.changes if isinstance(change, Edit)}))
    if len(edits) < len(set(fix.changes)):
        return None
    return Proposal(diagnostic, fix, edits)


def well_formed(edits: Sequence[Edit], lengths: dict[str, int]) -> bool:
    """Whether the edits of one fix lie in their notes, do not touch each other and can be written."""
    last: Edit | None = None
    for edit in edits:
        if not 0 <= edit.span.start <= edit.span.end <= lengths.get(edit.path, -1) or has_half_pair(edit.text):
            return False
        if last is not None and last.path == edit.path and _clash(last.span, edit.span):
            return False
        last = edit
    return True


def makes_a_difference(edits: Iterable[Edit], texts: Mapping[str, str]) -> bool:
    """Whether any note says something else with the edits made; `texts` are the notes by path."""
    return any(edit.span.of(texts[edit.path]) != edit.text for edit in edits)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits of this note made; they are sorted and do not touch."""
    parts: list[str] = []
    end = 0
    for edit in edits:
        parts += (text[end : edit.span.start], edit.text)
        end = edit.span.end
    parts.append(text[end:])
    return "".join(parts)


def new_spans(edits: Iterable[Edit]) -> list[Span]:
    """Where the texts of the edits stand once they are made."""
    spans: list[Span] = []
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        spans.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - len(edit.span)
    return spans


def rebased(edits: Sequence[Edit], done: Sequence[Edit]) -> list[Edit]:
    """The edits of a text, sorted, as edits of that text with others made, which are sorted and touch none of them."""
    moved: list[Edit] = []
    shift = place = 0
    for edit in edits:
        while place < len(done) and done[place].span.end <= edit.span.start:
            shift += len(done[place].text) - len(done[place].span)
            place += 1
        moved.append(Edit(edit.path, Span(edit.span.start + shift, edit.span.end + shift), edit.text))
    return moved


def has_half_pair(text: str) -> bool:
    """Whether a text holds half a character, which no file in UTF-8 can."""
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)


def _clash(one: Span, other: Span) -> bool:
    if one.overlaps(other):
        return True
    # Two insertions at one place, or one at the border of a replacement, have no order.
    return (not len(one) or not len(other)) and (one.start <= other.end and other.start <= one.end)
