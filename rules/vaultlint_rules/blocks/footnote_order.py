"""The numbers of footnotes, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules._spans import Taken
from vaultlint_rules.blocks._footnotes import Footnotes, name_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Footnote
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_DIGITS_OF_NAMES = 4


@dataclass(frozen=True)
class Options:
    """Which footnotes get a number."""

    named: Annotated[bool, "Whether those with a word for a name get a number, too."] = False


class FootnoteOrder(NoteRule):
    """Footnotes are not numbered in the order in which they come."""

    name = "footnote-order"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"footnotes"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the first footnote with another number than its place; the fix numbers them all."""
        footnotes = Footnotes(note)
        if not footnotes.definitions or not footnotes.are_sound or not self._is_known(footnotes):
            return
        numbers = self._numbers(footnotes)
        wrong = [each for each in (*footnotes.references, *footnotes.definitions) if _is_other(each, numbers)]
        if wrong and not _is_linked(note):
            first = wrong[0]
            yield self.find(
                Span(first.span.start, first.span.start + len(first.id) + 3),
                f"the footnote '[^{first.id}]' comes as number {numbers[name_of(first)]}",
                fix=_fix(note, wrong, numbers),
            )

    def _is_known(self, footnotes: Footnotes) -> bool:
        """Whether no number stands in the text that has no definition: it could become one that has."""
        return not any(_is_number(each.id) and name_of(each) not in footnotes.by_name for each in footnotes.references)

    def _numbers(self, footnotes: Footnotes) -> dict[str, str]:
        counted = [name for name in footnotes.order if _is_number(name) or self.options.named]
        return {name: str(number) for number, name in enumerate(counted, 1)}


def _is_number(name: str) -> bool:
    """Whether a name counts. A number of four digits is a year, or that of a report or an issue."""
    return name.isdigit() and len(name) < _DIGITS_OF_NAMES


def _fix(note: Note, wrong: Sequence[Footnote], numbers: dict[str, str]) -> Fix | None:
    """The fix of all; none where one stands in a heading: links name that by its text, which would be another."""
    headings = Taken(note.headings)
    if any(headings.touches(each.span) for each in wrong):
        return None
    edits = tuple(sorted(Edit(note.path, _name_span(each), numbers[name_of(each)]) for each in wrong))
    changed = frozenset({Aspect.FOOTNOTES})
    return Fix("number the footnotes", edits, Applicability.SAFE, may_change=changed, tentative=True)


def _is_other(each: Footnote, numbers: dict[str, str]) -> bool:
    return name_of(each) in numbers and each.id != numbers[name_of(each)]


def _name_span(each: Footnote) -> Span:
    return Span(each.span.start + 2, each.span.start + 2 + len(each.id))


def _is_linked(note: Note) -> bool:
    """Whether a link of the note leads to one of its footnotes by its name (semantics 3.9)."""
    return any(part.text.startswith("[^") for link in note.wikilinks for part in link.subpath)
