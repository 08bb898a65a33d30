"""Safe fixes as suggestions of a review: whole lines of one note, to be committed with one click. Pure.

Sources: GitHub's documentation, "Incorporating feedback in your pull request" (what a `suggestion` block does) and
"Create a review for a pull request" (which lines can be commented on).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.edits import Chosen, apply_edits, proposal_of, well_formed
from vaultlint.note.source import BOM, Source
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultlint.engine.edits import Proposal
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Edit

LONGEST = 60
"""Lines that one suggestion may replace: more is no longer read before it is committed."""

CARRIAGE_RETURNS = "the note has line breaks of Windows, which a suggestion would turn"
BYTE_ORDER_MARK = "the first line begins with a byte order mark, which a suggestion would lose"
CONTROLS = "the lines hold characters that a comment can't carry"
TOO_LONG = f"the fix reaches over more than {LONGEST} lines"

_HUNK = re.compile(r"@@ -[0-9,]{1,20} \+([0-9]{1,9})(?:,[0-9]{1,9})? @@")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Reason(Struct, frozen=True):
    """A finding that a suggestion mends, in the words of the rule."""

    rule: str
    message: str
    title: str
    """Of the fix."""


class Suggestion(Struct, frozen=True):
    """Lines of a note, and what they become."""

    path: str
    """From the top of the repository."""
    start_line: int
    """From 1; as the service counts, by `\\n` alone."""
    end_line: int
    """The last line that is replaced, at least `start_line`."""
    before: tuple[str, ...]
    replacement: tuple[str, ...]
    """Lines without their breaks; empty where the lines are deleted."""
    reasons: tuple[Reason, ...]
    obstacle: str = ""
    """Why it can't be suggested, though it could be applied; empty where it can."""

    @property
    def mark(self) -> str:
        """What it is known by when lines above it moved: 32 hexadecimal digits."""
        rules = sorted(reason.rule for reason in self.reasons)
        told = msgspec.json.encode((self.path, rules, self.before, self.replacement))
        return hashlib.sha256(told).hexdigest()[:32]


class Hunk(Struct, frozen=True):
    """A piece of a file as the diff of a pull request shows it."""

    start: int
    """Its first line, from 1."""
    lines: tuple[str, ...]

    def shows(self, suggestion: Suggestion) -> bool:
        """Whether it has all the lines that are replaced, with the same text."""
        first = suggestion.start_line - self.start
        return first >= 0 and self.lines[first : first + len(suggestion.before)] == suggestion.before


def suggestions(
    diagnostics: Iterable[Diagnostic], text: Callable[[str], str | None], prefix: str = ""
) -> list[Suggestion]:
    """What safe fixes make of the lines of a note, in the order of the diagnostics; those with an `obstacle` too.

    `text` is a note's text now, by its path in the vault; `prefix` leads from the top of the repository to the vault
    (empty, or with a slash at its end). Fixes in several notes and fixes that rename are none: half of one would be
    committed. Fixes that touch the same lines become one suggestion; of two whose edits clash the first stays.
    """
    chosen = Chosen()
    for diagnostic in diagnostics:
        proposal = proposal_of(diagnostic) if diagnostic.fixable(Applicability.SAFE) else None
        if proposal is not None and _fits(proposal, text(diagnostic.path)):
            chosen.add(proposal)
    rank = {id(proposal): number for number, proposal in enumerate(chosen.proposals)}
    found: list[tuple[int, Suggestion]] = []
    for path, proposals in chosen.by_path().items():
        note = _Lines(text(path) or "")
        for group in _together(proposals, note):
            suggestion = _suggestion(prefix + path, group, note)
            if suggestion is not None:
                found.append((min(rank[id(one)] for one in group.proposals), suggestion))
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])]


def hunks(patch: str) -> list[Hunk]:
    """What a patch shows of the new file: lines that were added, and lines around them."""
    found: list[Hunk] = []
    lines: list[str] = []
    start = 0
    for row in (*patch.split("\n"), "@@"):
        if row[:1] in ("+", " "):
            lines.append(row[1:])
        elif row[:2] == "@@":  # no text: that has a sign before it
            if lines:
                found.append(Hunk(start, tuple(lines)))
            header, lines = _HUNK.match(row), []
            start = int(header[1]) if header else 0
    return found


def placed(found: Iterable[Suggestion], patches: Mapping[str, str]) -> tuple[list[Suggestion], list[Suggestion]]:
    """Those whose lines stand in the diff, by the patch of each file; and the others.

    What was judged may be another commit than the diff shows (a job checks out the merge): text decides, too.
    """
    shown = {path: hunks(patch) for path, patch in patches.items()}
    inside: list[Suggestion] = []
    outside: list[Suggestion] = []
    for one in found:
        there = one.before and any(hunk.shows(one) for hunk in shown.get(one.path, ()))
        (inside if there else outside).append(one)
    return inside, outside


def _fits(proposal: Proposal, text: str | None) -> bool:
    """Whether all edits lie in the note that the finding is in: another one has no length here."""
    return text is not None and well_formed(proposal.edits, {proposal.diagnostic.path: len(text)})


class _Lines:
    """The lines of a text as the service counts them: none behind the last line break."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._source = Source(text)
        self.count = len(self._source.line_starts) - (text.endswith(("\n", "\r")))

    def touched(self, edits: Iterable[Edit]) -> tuple[int, int]:
        """The first and the last line that edits touch. A line break belongs to the line that it ends."""
        spans = [edit.span for edit in edits]
        first = min(self._source.line_of(span.start) for span in spans)
        last = max(self._source.line_of(max(span.end - 1, span.start)) for span in spans)
        return min(first, self.count), min(last, self.count)

    def start(self, line: int) -> int:
        return self._source.line_starts[line - 1] if line > 1 else 0

    def end(self, line: int) -> int:
        """Behind the line break of a line."""
        return self._source.line_starts[line] if line < self.count else len(self.text)


class _Group(Struct):
    """Fixes that touch the same lines."""

    first: int
    last: int
    proposals: list[Proposal]


def _together(proposals: Iterable[Proposal], note: _Lines) -> list[_Group]:
    groups: list[_Group] = []
    single = (_widened(_Group(*note.touched(one.edits), [one]), note) for one in proposals)
    for group in sorted(single, key=lambda group: (group.first, group.last)):
        if groups and group.first <= groups[-1].last:
            groups[-1].last = max(groups[-1].last, group.last)
            groups[-1].proposals += group.proposals
        else:
            groups.append(group)
    return groups


def _widened(group: _Group, note: _Lines) -> _Group:
    """With the next line too, where a fix removes the line break before it."""
    while group.last < note.count:
        after = _region(group, note)
        if not after or after.endswith("\n"):
            break
        group.last += 1
    return group


def _region(group: _Group, note: _Lines) -> str:
    """What the lines of a group become."""
    start, end = note.start(group.first), note.end(group.last)
    edits = sorted({edit for one in group.proposals for edit in one.edits})
    changed = apply_edits(note.text[:end], edits)
    return changed[start:]


def _suggestion(path: str, group: _Group, note: _Lines) -> Suggestion | None:
    before = _split(note.text[note.start(group.first) : note.end(group.last)])
    after = _split(_region(group, note))
    if before == after:
        return None  # only a final line break, which a suggestion can't show
    first, last = group.first, group.last
    while len(before) > 1 and after and before[-1] == after[-1]:
        before, after, last = before[:-1], after[:-1], last - 1
    while len(before) > 1 and after and before[0] == after[0]:
        before, after, first = before[1:], after[1:], first + 1
    reasons = tuple(Reason(one.rule, one.diagnostic.message, one.fix.title) for one in group.proposals)
    found = Suggestion(path, first, last, before, after, reasons)
    return msgspec.structs.replace(found, obstacle=_obstacle(found, note.text))


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.removesuffix("\n").split("\n")) if text else ()


def _obstacle(suggestion: Suggestion, text: str) -> str:
    if "\r" in text:
        # A comment knows one kind of line break; files came back mixed from committed suggestions.
        return CARRIAGE_RETURNS
    if suggestion.start_line == 1 and text.startswith(BOM):
        return BYTE_ORDER_MARK
    if any(map(_CONTROL.search, (*suggestion.before, *suggestion.replacement))):
        return CONTROLS
    return TOO_LONG if len(suggestion.before) > LONGEST or len(suggestion.replacement) > LONGEST else ""
