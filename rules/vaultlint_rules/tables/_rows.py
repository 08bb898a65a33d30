"""The lines of a table with all their cells, those beyond the head's included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.note.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Row, Table
    from vaultlint.note.note import Note

_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"[|:-][|: \t-]*\Z")
_BLANK = " \t"


class Line(NamedTuple):
    """One line of a table."""

    span: Span
    """Without what stands before it (signs of quotes, an indent), and without white space behind it."""
    cells: tuple[Span, ...]
    """The text of each cell, trimmed; may be empty."""
    bars: tuple[int, ...]
    """Where the bars are that part the cells, the outer ones included."""


def lines_of(note: Note, table: Table) -> tuple[Line, Line, tuple[Line, ...]] | None:
    """The head, the row of dashes and the other rows; `None` where the dashes are not found below the head."""
    head = line_of(note, table.rows[0])
    below = note.source.line_of(head.span.start) + 1
    if below > len(note.source.line_starts):
        return None
    span = note.source.line_span(below)
    written = span.of(note.text).rstrip(_BLANK)
    dashes = _DASHES.search(written)
    if dashes is None:
        return None
    body = tuple(line_of(note, row) for row in table.rows[1:])
    return head, _split(note.text, Span(span.start + dashes.start(), span.start + len(written))), body


def line_of(note: Note, row: Row) -> Line:
    """One row with all its cells."""
    start = row.span.start
    end = note.source.line_span(note.source.line_of(start)).end
    return _split(note.text, Span(start, start + len(note.text[start:end].rstrip(_BLANK))))


def cells_of(text: str, span: Span) -> tuple[Span, ...]:
    """The cells that a line of text would have as a row."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip(_BLANK))
    return _split(text, Span(start, start + len(inner.strip(_BLANK)))).cells


def _split(text: str, span: Span) -> Line:
    bars = tuple(found.start() for found in _BAR.finditer(text, span.start, span.end))
    return Line(span, tuple(_cells(text, span, bars)), bars)


def _cells(text: str, span: Span, bars: tuple[int, ...]) -> Iterator[Span]:
    """What stands between the bars; what stands before the first and behind the last only if there is something."""
    start = span.start
    for bar in (*bars, span.end):
        outer = start == span.start or bar == span.end
        inner = text[start:bar]
        bare = inner.strip(_BLANK)
        if bare or not (outer and bars):
            first = start + (len(inner) - len(inner.lstrip(_BLANK)) if bare else 0)
            yield Span(first, first + len(bare))
        start = bar + 1
