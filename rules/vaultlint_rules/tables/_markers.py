"""Writing the markers of lists anew, and moving the lines of each item along, so that all stays nested as it was.

The text of an item begins at a column that its marker decides (`10. ` needs one more than `9. `), and what belongs to
the item must be indented at least as far. So a rule says which marker, which space behind it or which indent it wants,
and a `Tree`, a list with all lists in it, works out what becomes of each line.
"""

from __future__ import annotations

import re
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from vaultlint_rules.tables._columns import after_quotes, indented, width_of

from vaultlint.note.lazy import lazy
from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaultlint.note.note import Note

_BREAK = re.compile(r"\r\n?|\n")
_RULE = re.compile(r"([-*_])(?:[ \t]*+\1){2,}+[ \t]*+\Z")
_MOST = 4
"""More columns than these behind a marker, and what follows is code."""


class Head(NamedTuple):
    """What is to stand at the beginning of an item; `None`: what stands there."""

    marker: str | None = None
    gap: str | None = None
    """The white space behind the marker."""


class Item(NamedTuple):
    """One item whose marker is the first sign of its line, or stands right behind that of the item around it."""

    place: int
    """In `Note.items`."""
    parent: int | None
    line: int
    column: int
    content: int
    """The column at which its text begins."""
    marker: str
    gap: str
    inline: bool
    """Whether it stands on the line of the item around it."""


class Rewriting(NamedTuple):
    """What becomes of a list."""

    edits: Mapping[int, Edit] = MappingProxyType({})
    """By line."""
    moves: bool = False
    """Whether the indent of any line is another then."""


class Unmovable(Exception):  # noqa: N818  it is no error: the list is then left as it is
    """What is in a list can't be moved without a change of meaning."""


def trees(note: Note) -> tuple[Tree, ...]:
    """The lists that are in no other, in text order; several rules ask, and what is known of them stays known."""
    return note.shared(_trees)


def _trees(note: Note) -> tuple[Tree, ...]:
    return tuple(Tree(note, members) for members in _outermost(note))


def _outermost(note: Note) -> Iterator[list[int]]:
    """The places of the items of each list that is in no other, those of inner lists included."""
    members: list[int] = []
    for place, item in enumerate(note.items):
        if item.parent is None and members and item.list != note.items[members[0]].list:
            yield members
            members = []
        members.append(place)
    if members:
        yield members


class Beside(Enum):
    """What stands next to a list, on either side."""

    NOTHING = 0
    LIST = 1
    """A list of the same kind with another sign, in the next line: most likely meant as the same."""
    LIST_APART = 2
    """The same, with blank lines between: it may be the sign that keeps them apart."""


class Near(NamedTuple):
    """What stands next to one list."""

    how: Beside = Beside.NOTHING
    gaps: tuple[Span, ...] = ()
    """What stands between it and its neighbours."""


def beside(note: Note) -> list[Near]:
    """For each list of a note what stands next to it."""
    return note.shared(_beside)


def _beside(note: Note) -> list[Near]:
    found = [Near()] * len(note.lists)
    last: dict[int | None, int] = {}
    """The item around, if any -> the last list in it so far."""
    for place, each in enumerate(note.lists):
        around = note.items[each.items[0]].parent
        before = last.get(around)
        last[around] = place
        if before is None or note.lists[before].ordered != each.ordered:
            continue
        gap = Span(note.lists[before].span.end, each.span.start)
        between = gap.of(note.text)
        if between.strip("> \t\r\n"):
            continue
        how = Beside.LIST_APART if len(_BREAK.findall(between)) > 1 else Beside.LIST
        for one in (before, place):
            apart = Beside.LIST_APART in (how, found[one].how)
            found[one] = Near(Beside.LIST_APART if apart else how, (*found[one].gaps, gap))
    return found


class Tree:
    """A list with all lists in it. Columns are counted behind the signs of the quote that it stands in, from 0."""

    def __init__(self, note: Note, members: list[int]) -> None:
        self.note = note
        self.members = members
        """The places of its items, those of inner lists included, in text order."""
        first = note.items[members[0]].span.start
        self.first_line = note.source.line_of(first)
        before = note.text[note.source.line_span(self.first_line).start : first]
        self.depth = before.count(">")
        """How many quotes hold it."""
        self.plain = not before.strip("> \t") and "\t" not in before[: before.rfind(">") + 1]
        """Whether nothing but quotes and white space stands before it, so that its columns can be told."""

    @lazy
    def span(self) -> Span:
        """From its first marker to the end of its last item."""
        items = self.note.items
        return Span(items[self.members[0]].span.start, max(items[place].span.end for place in self.members))

    def is_written(self, place: int) -> bool:
        """Whether the item's marker can be written anew: not that in the text of a task, as in `- [ ] 1. text`."""
        item = self.note.items[place]
        around = None if item.parent is None else self.note.items[item.parent]
        return around is None or around.task_span is None or not self._on_one_line(around.span.start, item.span.start)

    def _on_one_line(self, one: int, other: int) -> bool:
        return self.note.source.line_of(one) == self.note.source.line_of(other)

    @lazy
    def base(self) -> int:
        """How many columns the signs of quotes take."""
        line = self.note.source.line_span(self.first_line).of(self.note.text)
        return after_quotes(line, self.depth) or 0

    @lazy
    def items(self) -> dict[int, Item]:
        """The items whose columns can be told, by their place in `Note.items`; those in quotes inside are not."""
        found: dict[int, Item] = {}
        for place in self.members:
            if self.is_written(place) and (item := self._item(place, found)):
                found[place] = item
        return found

    @lazy
    def by_list(self) -> dict[int, list[Item]]:
        """Its `items` by the place of their list in `Note.lists`."""
        found: dict[int, list[Item]] = {}
        for item in self.items.values():
            found.setdefault(self.note.items[item.place].list, []).append(item)
        return found

    def _item(self, place: int, known: Mapping[int, Item]) -> Item | None:
        text, item = self.note.text, self.note.items[place]
        line = self.note.source.line_of(item.span.start)
        span = self.note.source.line_span(line)
        parent = item.parent
        while parent is not None and parent not in known:
            parent = self.note.items[parent].parent
        marker = item.marker_span.of(text)
        start = after_quotes(span.of(text), self.depth)
        if start is None:
            return None
        before = text[span.start + start : item.span.start]
        inline = parent is not None and known[parent].line == line
        if inline and parent is not None:
            # as of `- - text`; only white space lies between, which the outer item counts
            outer = known[parent]
            if text[self.note.items[parent].marker_span.end : item.span.start].strip():
                return None
            column = outer.content
        elif before.strip(" \t"):
            return None
        else:
            column = width_of(before, self.base)
        end = item.marker_span.end
        rest = text[end : span.end]
        gap = rest[: len(rest) - len(rest.lstrip(" \t"))]
        content = column + len(marker)
        content += width_of(gap, self.base + content) if rest.strip() else 1
        return Item(place, parent, line, column, content, marker, gap if rest.strip() else "", inline)

    @lazy
    def lines(self) -> dict[int, int]:
        """Line -> the innermost item that it belongs to, for the lines that are not blank and begin no item."""
        source, items = self.note.source, self.items
        begun = {item.line for item in items.values()}
        found: dict[int, int] = {}
        for item in items.values():
            last = source.line_of(max(self.note.items[item.place].span.end - 1, 0))
            for line in range(item.line + 1, last + 1):
                if line not in begun:
                    found[line] = item.place  # inner items come later, and have the last word
        written = [line for line in sorted(found) if source.line_span(line).of(self.note.text).strip()]
        return {line: found[line] for line in written}

    def edits(
        self,
        heads: Mapping[int, Head],
        column_of: Callable[[Item, int | None], int] | None = None,
        written: Callable[[int, int, str], str] = indented,
    ) -> Rewriting:
        """The edits that give items these heads; none where something could not be moved along.

        `column_of` gives the column for an item, from the column at which the text of the item around it will begin;
        without it items stay where they are as long as they can. `written` gives an indent of so many columns
        that begins behind so many, from the one that is there.
        """
        from vaultlint_rules.tables._moving import Moving

        if not self.plain:
            return Rewriting()
        try:
            return Moving(self, heads, column_of, written).rewriting()
        except Unmovable:
            return Rewriting()

    def root_of(self, place: int) -> int:
        """The item around an item that is in no other."""
        while (around := self.note.items[place].parent) is not None:
            place = around
        return place


def makes_rule(line: str) -> bool:
    """Whether a line that begins with a marker would be read as a thematic break."""
    return _RULE.match(line) is not None


def too_wide(gap: int) -> bool:
    """Whether what stands so many columns behind a marker is code."""
    return gap > _MOST


def edit_between(path: str, start: int, old: str, new: str) -> Edit | None:
    """The least edit that makes a text another; `None` where they are the same."""
    if old == new:
        return None
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(path, Span(start + head, start + len(old) - tail), new[head : len(new) - tail])
