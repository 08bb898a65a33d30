"""Tables and callouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.blocks import CALLOUT
from vaultlint.note.markdown import CELL, HEAD, QUOTE, ROW, TABLE
from vaultlint.note.model import Callout, Cell, Quote, Row, Span, Table

if TYPE_CHECKING:
    from vaultlint.note.obsidian import Reading


def find_tables(reading: Reading) -> tuple[Table, ...]:
    """The tables of a note, in text order; cells beyond those of the head are not part of one."""
    blocks = reading.structure.blocks
    if TABLE not in blocks.kinds:
        return ()
    tables: list[tuple[Span, list[tuple[Span, list[Cell]]]]] = []
    for place, (kind, start, end, _) in enumerate(zip(*blocks, strict=True)):
        if kind == TABLE:
            tables.append((Span(start, reading.end_of(place)), []))
        elif kind in (HEAD, ROW):
            tables[-1][1].append((Span(start, reading.trimmed(start, end)), []))
        elif kind == CELL:
            row, cells = tables[-1][1][-1]
            # A cell that the row does not have stands, empty, behind it.
            cells.append(Cell(_bare(reading.text, min(start, row.end), min(end, row.end))))
    return tuple(Table(span, tuple(Row(place, tuple(cells)) for place, cells in rows)) for span, rows in tables)


def _bare(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    bare = inner.strip()
    if not bare:
        return Span(start, start)
    start += len(inner) - len(inner.lstrip())
    return Span(start, start + len(bare))


def find_quotes(reading: Reading) -> tuple[Quote, ...]:
    """The quotes of a note, in text order; one that is in another stands behind it."""
    kinds, starts, _, parents = reading.structure.blocks
    if QUOTE not in kinds:
        return ()
    found: list[Quote] = []
    depths: dict[int, int] = {-1: 0}
    for place, (kind, start, parent) in enumerate(zip(kinds, starts, parents, strict=True)):
        depths[place] = depths[parent] + (kind == QUOTE)
        if kind == QUOTE:
            found.append(Quote(Span(start, reading.end_of(place)), depths[place]))
    return tuple(found)


def find_callouts(reading: Reading) -> tuple[Callout, ...]:
    """The quotes whose first line is `[!type]`, with nested ones, in text order (semantics 7.1-7.4)."""
    found: list[Callout] = []
    for quote in find_quotes(reading):
        if mark := CALLOUT.match(reading.text, quote.span.start):
            title = (mark[3] or "").rstrip()
            title_start = mark.start(3) if title else mark.end(2)
            found.append(
                Callout(
                    quote.span,
                    mark[1],
                    Span(*mark.span(1)),
                    mark[2],
                    title,
                    Span(title_start, title_start + len(title)),
                    quote.depth,
                )
            )
    return tuple(found)
