"""Blank lines between the items of a list, and around it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from vaultlint_rules.style._gaps import BLANK, Pairs, add_line, first_line, gaps, last_line, left_as_they_are

from vaultlint.note.model import Span
from vaultlint.rule.finding import Finding, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import ListItem
    from vaultlint.note.note import Note

_LISTS = frozenset({Aspect.LISTS})


@dataclass(frozen=True)
class Options:
    """Where blank lines stand."""

    between: Annotated[
        Literal["none", "one", "consistent", "any"],
        "How many blank lines stand between items; `consistent`: none or one, as between the first two of the list.",
    ] = "none"
    around: Annotated[
        Literal["one", "any"],
        "Whether a list needs a blank line above and below it; headings have their own say in `blank-lines-around`.",
    ] = "any"


class ListBlankLines(NoteRule):
    """Blank lines between the items of a list, or around it, are not as the vault wants them."""

    name = "list-blank-lines"
    group = Group.TABLES
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"lists"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is too much or missing; lists in quotes are left alone."""
        if self.options.around == "one":
            yield from _around(note)
        if self.options.between != "any":
            yield from self._between(note)

    def _between(self, note: Note) -> Iterator[Finding]:
        joints = list(_joints(note))
        spaced: dict[int, bool] = {}
        for joint in joints:
            if not joint.first:
                spaced.setdefault(joint.item.list, len(joint.blank) > 0)
        pairs, alone = Pairs(note), None
        for joint in joints:
            wanted = self.options.between
            if wanted == "consistent":
                wanted = "one" if spaced.get(joint.item.list) else "none"
            if wanted == "one":
                if not joint.first and not len(joint.blank) and not pairs.in_card(joint.blank.start):
                    fix = _fix("put a blank line between", note, joint.blank, note.source.newline)
                    yield self.find(joint.item.marker_span, "no blank line above the item", fix=fix)
            elif len(joint.blank) and not (joint.first and _needs_blank(note, joint.item)):
                alone = alone or left_as_they_are(note)
                if alone.touched(joint.blank.start - 1, joint.blank.end) >= 0:
                    continue
                fix = _fix("close up", note, joint.blank, "")
                yield self.find(joint.blank, "blank line between items", fix=fix)


class _Joint(NamedTuple):
    """The place above an item that is not the first of all."""

    item: ListItem
    first: bool
    """Whether it is the first of its own list, which is one in another item."""
    blank: Span
    """The blank lines above it."""


def _joints(note: Note) -> Iterator[_Joint]:
    """Those in lists at the root, where the item begins its line."""
    lists = [each.span for each in note.sections if each.type == "list"]
    text, source = note.text, note.source
    for place, item in enumerate(note.items):
        start = item.span.start
        root = bisect_right(lists, start, key=_start) - 1
        if root < 0 or start == lists[root].start or start >= lists[root].end:
            continue
        line = source.line_of(start)
        begin = source.line_starts[line - 1]
        if text[begin:start].strip(" \t"):
            continue
        above = line - 1
        if text[begin - 2] not in BLANK:  # most are right below a line of text
            yield _Joint(item, note.lists[item.list].items[0] == place, Span(begin, begin))
            continue
        while not source.line_span(above).of(text).strip(" \t"):
            above -= 1
        yield _Joint(item, note.lists[item.list].items[0] == place, Span(source.line_starts[above], begin))


def _start(span: Span) -> int:
    return span.start


def _needs_blank(note: Note, item: ListItem) -> bool:
    """Whether a list that begins with this item can't begin right below text (CommonMark 5.3)."""
    marker = item.marker_span.of(note.text)
    return marker not in ("-", "*", "+", "1.", "1)") or item.span.end == item.marker_span.end


def _fix(title: str, note: Note, span: Span, text: str) -> Fix:
    if text:
        span = Span(span.end, span.end)
    return Fix(title, (Edit(note.path, span, text),), Applicability.SAFE, may_change=_LISTS, tentative=True)


def _around(note: Note) -> Iterator[Finding]:
    """Each side of a list where a blank line is missing."""
    pairs = Pairs(note)
    for gap in gaps(note):
        types = gap.above.type, gap.below.type
        if gap.lines or "list" not in types or "heading" in types or "yaml" in types or pairs.hold(gap):
            continue
        above = types[1] == "list"
        where = first_line(note, gap.below.span) if above else last_line(note, gap.above.span)
        place = "above" if above else "below"
        fix = add_line(note, gap, f"put a blank line {place} it")
        yield Finding(where, f"no blank line {place} the list", fix=fix)
