"""The layout of tables: columns of one width, and bars at both ends (semantics 7.18)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules._spans import beginning_in
from vaultlint_rules.tables._rows import lines_of
from vaultlint_rules.tables._width import width_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint_rules.tables._rows import Line

    from vaultlint.note.model import Table
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_LEAST = 3
"""The least dashes in a cell of the second row: with fewer, not every reader of Markdown sees a table."""


@dataclass(frozen=True)
class Options:
    """How a table is laid out."""

    style: Annotated[
        Literal["aligned", "compact", "tight"],
        "Columns of one width, one space on each side of a cell's text, or none.",
    ] = "aligned"
    outer_bars: Annotated[Literal["both", "keep"], "A bar at both ends of each row, or as they are."] = "both"
    max_width: Annotated[int, "With `aligned`: how many columns of the screen a table may take; 0 is no limit."] = 160
    wide: Annotated[
        Literal["keep", "compact"], "What becomes of a table that would be wider: it stays as it is, or is `compact`."
    ] = "keep"


class TableFormat(NoteRule):
    """A table is not laid out as the vault wants it."""

    name = "table-format"
    group = Group.TABLES
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"tables"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every table with a line that is laid out otherwise."""
        for table in note.tables:
            edits = self._edits(note, table)
            if edits:
                style = "aligned" if self.options.style == "aligned" else f"written {self.options.style}"
                head = table.rows[0].span
                doubtful = _has_text_above(note, head)
                fix = Fix("lay out the table", edits, Applicability.SAFE, Kind.LAYOUT, tentative=doubtful)
                yield self.find(Span(head.start, head.end), f"the columns of this table are not {style}", fix=fix)

    def _edits(self, note: Note, table: Table) -> tuple[Edit, ...]:
        lines = lines_of(note, table)
        if lines is None or "\\\\|" in table.span.of(note.text) or _holds_others(note, table):
            return ()
        head, dashes, body = lines
        body = tuple(line for line in body if line.bars)  # text right behind a table is none of it to every reader
        rows = (head, *body)
        if any(len(line.cells) > len(dashes.cells) for line in rows):
            return ()  # a bar too many is one in a link, code or math, where spaces would be no layout
        sides = [_sides(cell.of(note.text)) for cell in dashes.cells]
        style = self.options.style
        widths = [_LEAST if style == "aligned" else 0] * len(sides)
        if style == "aligned":
            for line in rows:
                for place, cell in enumerate(line.cells[: len(widths)]):
                    widths[place] = max(widths[place], width_of(cell.of(note.text)))
            if 0 < self.options.max_width < sum(widths) + 3 * len(widths) + 1:
                if self.options.wide == "keep":
                    return ()
                widths, style = [0] * len(sides), "compact"
        edges = [self._edges(line) for line in (head, dashes, *body)]
        blank = "" if style == "tight" else " "
        edits = _row_edits(note, dashes, _dashes(dashes, sides, widths), edges[1], blank)
        for line, edge in zip(rows, (edges[0], *edges[2:]), strict=True):
            edits += _row_edits(note, line, _padded(note, line, sides, widths), edge, blank)
        return tuple(sorted(edits))

    def _edges(self, line: Line) -> tuple[bool, bool]:
        """Whether a bar belongs before the first cell and behind the last."""
        if self.options.outer_bars == "both" or not line.bars:
            return True, True
        return line.bars[0] == line.span.start, line.bars[-1] == line.span.end - 1


def _has_text_above(note: Note, head: Span) -> bool:
    """Whether a line stands right above the table: below a paragraph, not every reader sees a table."""
    line = note.source.line_of(head.start)
    start = note.source.line_span(line).start
    if line == 1 or note.text[start : head.start].strip("> \t"):
        return False  # it begins an item
    return bool(note.source.line_span(line - 1).of(note.text).strip("> \t\r\n"))


def _holds_others(note: Note, table: Table) -> bool:
    """Whether a command of Templater's stands in the table, or a Dataview field reaches over several cells."""
    if any(command.span.overlaps(table.span) for command in note.templater):
        return True
    fields = [each.span for each in beginning_in(table.span, note.inline_fields)]
    return any("|" in span.of(note.text) for span in fields)


_SIDES = re.compile(r"(:?)-+(:?)")


def _sides(dashes: str) -> tuple[str, str]:
    """The colons of a cell in the row of dashes."""
    found = _SIDES.fullmatch(dashes)
    return (found[1], found[2]) if found else ("", "")


def _dashes(line: Line, sides: Sequence[tuple[str, str]], widths: Sequence[int]) -> list[tuple[Span, str]]:
    """What belongs into the cells of the row of dashes."""
    return [
        (cell, left + "-" * (max(width, _LEAST) - len(left + right)) + right)
        for cell, (left, right), width in zip(line.cells, sides, widths, strict=True)
    ]


def _padded(note: Note, line: Line, sides: Sequence[tuple[str, str]], widths: Sequence[int]) -> list[tuple[Span, str]]:
    """What belongs into the cells of a row; cells that it lacks come at its end."""
    cells = [*line.cells, *[Span(line.span.end, line.span.end)] * (len(widths) - len(line.cells))]
    found = []
    for place, cell in enumerate(cells):
        text = cell.of(note.text)
        if place < len(widths):
            room = max(widths[place] - width_of(text), 0)
            before = room if sides[place] == ("", ":") else room // 2 if sides[place] == (":", ":") else 0
            text = " " * before + text + " " * (room - before)
        found.append((cell, text))
    return found


def _row_edits(
    note: Note, line: Line, cells: Sequence[tuple[Span, str]], edges: tuple[bool, bool], blank: str
) -> list[Edit]:
    """The edits that put these texts into the cells; only what stands around the text of a cell is touched."""
    edits: list[Edit] = []
    start, gap = line.span.start, f"|{blank}" if edges[0] else ""
    for number, (cell, text) in enumerate(cells):
        old = cell.of(note.text)
        if not old or old.strip("-:") == "":  # a cell without text, or one of dashes, is written anew
            gap += text
        else:
            before, _, behind = text.partition(old)
            edits += _edit(note, Span(start, cell.start), gap + before)
            start, gap = cell.end, behind
        last = number + 1 == len(cells)
        if not last:
            gap += f"{blank}|{blank}"
        elif edges[1]:
            gap += f"{blank}|"
        else:
            gap = gap.rstrip()
    return edits + _edit(note, Span(start, line.span.end), gap)


def _edit(note: Note, span: Span, text: str) -> list[Edit]:
    return [] if span.of(note.text) == text else [Edit(note.path, span, text)]
