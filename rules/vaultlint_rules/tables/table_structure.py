"""Tables that do not show what is written: cells too many, rows that are no table (semantics 7.18)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules._spans import Taken
from vaultlint_rules.tables._rows import cells_of, lines_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint_rules.tables._rows import Line

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_TORN = re.compile(r"\[\[[^\[\]|\n]*+(?<!\\)\|")
"""A link that a bar of its own tears in two: `unescaped-alias-bar` says so."""
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_ROW_END = re.compile(r"\|[ \t]*+[\r\n]")
"""The end of a row above another: without one, paragraphs need not be looked at."""
_DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


@dataclass(frozen=True)
class Options:
    """What is reported."""

    short_rows: Annotated[bool, "Also report rows with fewer cells than the head; the app shows empty ones."] = False


class TableStructure(NoteRule):
    """A table whose rows do not fit its head, or rows that make no table."""

    name = "table-structure"
    group = Group.TABLES
    severity = Severity.ERROR
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every row with cells that are not shown, and every paragraph that was meant as a table."""
        if "|" not in note.text:
            return
        for table in note.tables:
            lines = lines_of(note, table)
            if lines is not None:
                head, _, body = lines
                for line in body:
                    yield from self._row(note, len(head.cells), line)
        for section in note.sections if _ROW_END.search(note.text) else ():
            if section.type == "paragraph" and "|" in section.span.of(note.text):
                yield from self._paragraph(note, section.span)

    def _row(self, note: Note, wanted: int, line: Line) -> Iterator[Finding]:
        excess = [cell for cell in line.cells[wanted:] if len(cell)]
        if excess and not _TORN.search(line.span.of(note.text)):
            first = excess[0]
            yield self.find(
                Span(first.start, line.span.end),
                f"the row has {_cells(len(line.cells))}, the head of the table {wanted}:"
                f" '{_short(first.of(note.text))}' is not shown",
                hint=r"write a bar that is text, in code too, as \|" if "`" in line.span.of(note.text) else None,
            )
        elif self.options.short_rows and line.bars and len(line.cells) < wanted:
            yield self.find(line.span, f"the row has {_cells(len(line.cells))}, the head of the table {wanted}")

    def _paragraph(self, note: Note, span: Span) -> Iterator[Finding]:
        """What is wrong with lines of text that look like rows; one finding for those that stand together."""
        source = note.source
        numbers = range(source.line_of(span.start), source.line_of(max(span.end - 1, span.start)) + 1)
        lines = [Span(source.line_span(number).start, source.line_span(number).end) for number in numbers]
        run: list[Span] = []
        taken = Taken(note.math, note.comments, note.templater)
        for line in (*lines, None):
            if line is not None and _is_row(line.of(note.text)) and not taken.touches(line):
                run.append(line)
                continue
            if len(run) > 1:
                yield self._no_table(note, run)
            run = []

    def _no_table(self, note: Note, run: Sequence[Span]) -> Finding:
        for head, dashes in pairwise(run):
            if _DASHES.fullmatch(dashes.of(note.text)):
                counts = [len(cells_of(note.text, line)) for line in (dashes, head)]
                return self.find(
                    dashes,
                    f"the row of dashes has {_cells(counts[0])}, the row above it {counts[1]}: no table is shown",
                    hint="give both the same number of cells",
                )
        columns = " --- |" * len(cells_of(note.text, run[0]))
        return self.find(
            run[0],
            "these rows have no row of dashes below the first: no table is shown",
            hint=f"write '|{columns}' below the head, without a blank line",
        )


def _is_row(line: str) -> bool:
    return _ROW.fullmatch(line) is not None and line.count("|") > 1


def _cells(number: int) -> str:
    return f"{number} cell" if number == 1 else f"{number} cells"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
