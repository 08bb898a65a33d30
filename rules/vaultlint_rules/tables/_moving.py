"""What becomes of each line of a list whose markers are written anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules._spans import beginning_in
from vaultlint_rules.tables._columns import after_quotes, width_of
from vaultlint_rules.tables._markers import Head, Rewriting, Unmovable, edit_between, makes_rule, too_wide

from vaultlint.note.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vaultlint_rules._spans import Spanned
    from vaultlint_rules.tables._markers import Item, Tree

    from vaultlint.rule.fix import Edit

_BLOCK = re.compile(r"[-*+#>`~<=_|$%:]|\d{1,9}[.)]|\[")
"""What could begin something other than text."""
_LOOSE = 3
"""How many columns beyond the text of an item what is in it may be indented, and is no code yet."""


class Moving:
    """One rewriting of a tree; see `Tree.edits`."""

    def __init__(
        self,
        tree: Tree,
        heads: Mapping[int, Head],
        column_of: Callable[[Item, int | None], int] | None,
        written: Callable[[int, int, str], str],
    ) -> None:
        self._tree = tree
        self._note = tree.note
        self._heads = heads
        self._column_of = column_of
        self._written = written
        self._columns: dict[int, int] = {}
        """The new column of each item."""
        self._contents: dict[int, int] = {}
        """The new column of its text."""
        self._stays: dict[int, bool] = {}
        """Whether what is in an item can stay where it is."""
        self._below: dict[int, list[int]] = {}
        """The columns of what is in an item directly: of its own lines and of the items in it."""

    def rewriting(self) -> Rewriting:
        """All edits; raises `Unmovable`."""
        for place, head in self._heads.items():
            if place not in self._tree.items and head != Head():
                raise Unmovable
        self._measure()
        found: dict[int, Edit | None] = {}
        for item in self._tree.items.values():
            self._place(item)
        for item in self._tree.items.values():
            if not item.inline:
                found[item.line] = self._head_edit(item)
        for line, place in self._tree.lines.items():
            found[line] = self._line_edit(line, place)
        if any(each is not None for each in found.values()):
            self._refuse_captures()
        self._refuse_rigid({line for line, edit in found.items() if edit is not None})
        edits = {line: edit for line, edit in found.items() if edit is not None}
        moves = any(line in edits for line in self._tree.lines) or any(
            item.column != self._columns[place] for place, item in self._tree.items.items() if not item.inline
        )
        return Rewriting(edits, moves)

    def _measure(self) -> None:
        fenced = self._fences
        for item in self._tree.items.values():
            if too_wide(item.content - item.column - len(item.marker)):
                raise Unmovable
            if item.parent is not None and not item.inline:
                self._below.setdefault(item.parent, []).append(item.column)
        for line, place in self._tree.lines.items():
            column, item = self._column(line), self._tree.items[place]
            if column is not None and column >= item.content and line not in fenced:
                self._below.setdefault(place, []).append(column)

    @lazy
    def _fences(self) -> dict[int, int]:
        """The lines of fenced code but for the first of each -> the column of that first one."""
        found: dict[int, int] = {}
        source = self._note.source
        for code in beginning_in(self._tree.span, self._note.code):
            if code.kind == "indented":
                raise Unmovable
            if code.kind == "fenced":
                first, last = (source.line_of(at) for at in (code.span.start, max(code.span.end - 1, 0)))
                before = self._note.text[source.line_span(first).start + self._tree.base : code.span.start]
                found.update(dict.fromkeys(range(first + 1, last + 1), width_of(before, self._tree.base)))
        return found

    def _column(self, line: int) -> int | None:
        """How far a line is indented; `None` where it does not stand in the quotes of the list."""
        text = self._note.source.line_span(line).of(self._note.text)
        start = after_quotes(text, self._tree.depth)
        if start is None:
            return None
        rest = text[start:]
        return width_of(rest[: len(rest) - len(rest.lstrip(" \t"))], self._tree.base)

    def _place(self, item: Item) -> None:
        """Effect: works out where an item and its text go; those around it are known."""
        around = None if item.parent is None else self._contents[item.parent]
        if item.inline and around is not None:
            column = around
        elif self._column_of is not None:
            column = self._column_of(item, around)
        elif item.parent is None or self._stays[item.parent]:
            column = item.column
        else:
            column = item.column + around - self._tree.items[item.parent].content if around is not None else item.column
        head = self._heads.get(item.place, Head())
        marker = head.marker or item.marker
        gap = item.gap if head.gap is None or not item.gap else head.gap
        width = width_of(gap, self._tree.base + column + len(marker)) if item.gap else 1
        if too_wide(width):
            raise Unmovable
        content = column + len(marker) + width
        self._columns[item.place] = column
        self._contents[item.place] = content
        below = self._below.get(item.place, ())
        self._stays[item.place] = all(content <= each <= content + _LOOSE for each in below)

    def _head_edit(self, item: Item) -> Edit | None:
        """The edit of a line that begins with an item, the items behind it on that line included."""
        line = self._note.source.line_span(item.line)
        text = line.of(self._note.text)
        start = after_quotes(text, self._tree.depth)
        if start is None:
            raise Unmovable
        indent = text[start : self._note.items[item.place].span.start - line.start]
        old, new = indent, self._indent(self._columns[item.place], indent)
        place: int | None = item.place
        while place is not None:
            each = self._tree.items[place]
            head = self._heads.get(place, Head())
            old += each.marker + each.gap
            new += (head.marker or each.marker) + (each.gap if head.gap is None or not each.gap else head.gap)
            place = next((inner for inner in self._inline_in(place)), None)
        rest = text[start + len(old) :]
        if makes_rule(new.lstrip(" \t") + rest) and old != new:
            raise Unmovable
        return edit_between(self._note.path, line.start + start, old, new)

    def _inline_in(self, place: int) -> Iterator[int]:
        following = self._tree.items.get(place + 1)
        if following is not None and following.inline and following.parent == place:
            yield place + 1

    def _indent(self, width: int, old: str) -> str:
        return self._written(width, self._tree.base, old)

    def _moved(self, line: int, place: int) -> int | None:
        """The new column of a line that begins no item; `None` where it stays, wherever it stands."""
        item, column = self._tree.items[place], self._column(line)
        if column is None or column < item.content:
            if column is not None and column >= self._contents[place] and self._begins_block(line):
                raise Unmovable  # it only goes on with a paragraph, and would be more then
            return None
        if self._column_of is None and self._stays[place]:
            if column < self._contents[place]:  # in a fence, say
                raise Unmovable
            return column
        return column + self._contents[place] - item.content

    def _begins_block(self, line: int) -> bool:
        return _BLOCK.match(self._note.source.line_span(line).of(self._note.text).lstrip("> \t")) is not None

    def _refuse_captures(self) -> None:
        """Raise `Unmovable` where what stands behind an item would come to stand in it."""
        items = self._tree.items
        begun = {item.line: place for place, item in items.items() if not item.inline}
        behind: dict[int, int | None] = {}  # items that end together have the same line behind them
        for place in items:
            end = self._note.source.line_of(max(self._note.items[place].span.end - 1, 0))
            if end not in behind:
                behind[end] = self._written_behind(end)
            line = behind[end]
            if line is None:
                continue
            column = self._column(line)
            if line in begun:
                column = self._columns[begun[line]]
            elif line in self._tree.lines:
                column = self._moved(line, self._tree.lines[line])
            if column is not None and column >= self._contents[place]:
                raise Unmovable

    def _written_behind(self, line: int) -> int | None:
        """The next line that is not blank; `None` where there is none."""
        source = self._note.source
        numbers = range(line + 1, len(source.line_starts) + 1)
        return next((one for one in numbers if source.line_span(one).of(self._note.text).strip("> \t")), None)

    def _line_edit(self, line: int, place: int) -> Edit | None:
        """The edit of a line that begins no item; one that only goes on with a paragraph may stand anywhere."""
        column, moved = self._column(line), self._moved(line, place)
        if column is None or moved is None:
            return None
        span = self._note.source.line_span(line)
        text = span.of(self._note.text)
        start = after_quotes(text, self._tree.depth) or 0
        rest = text[start:]
        indent = rest[: len(rest) - len(rest.lstrip(" \t"))]
        if moved == column and self._column_of is None:
            return None
        if line in self._fences:  # what is indented further is a part of the code
            inner = _up_to(indent, self._fences[line], self._tree.base)
            moved -= column - width_of(inner, self._tree.base)
            if "\t" in indent[len(inner) :] and self._indent(moved, inner) != inner:
                raise Unmovable  # how wide that tab is depends on what stands before it
            indent = inner
        return edit_between(self._note.path, span.start + start, indent, self._indent(moved, indent))

    def _refuse_rigid(self, changed: set[int]) -> None:
        """Raise `Unmovable` where something over several lines is in an item whose text begins elsewhere then."""
        note, span = self._note, self._tree.span
        blocks = [html for html in beginning_in(span, note.html) if html.block]
        marks = (note.math, note.comments, note.templater)
        groups: list[Sequence[Spanned]] = [blocks, *(beginning_in(span, mark) for mark in marks)]
        begun = {item.line: place for place, item in self._tree.items.items()}
        for each in (one.span for group in groups for one in group):
            first, last = (note.source.line_of(at) for at in (each.start, max(each.end - 1, 0)))
            if first == last:
                continue
            place = begun.get(first, self._tree.lines.get(first))
            moved = place is not None and self._contents[place] != self._tree.items[place].content
            if moved or any(line in changed for line in range(first + 1, last + 1)):
                raise Unmovable


def _up_to(indent: str, column: int, start: int) -> str:
    """The part of an indent that reaches to a column; raises `Unmovable` where a tab reaches over it."""
    for end in range(len(indent) + 1):
        width = width_of(indent[:end], start)
        if width == column:
            return indent[:end]
        if width > column:
            raise Unmovable
    return indent
