"""Columns of a line: a tab leads to the next multiple of four, as in CommonMark."""

from __future__ import annotations

TAB = 4


def width_of(blank: str, start: int = 0) -> int:
    """How many columns white space takes that begins at this column."""
    column = start
    for sign in blank:
        column += TAB - column % TAB if sign == "\t" else 1
    return column - start


def after_quotes(line: str, depth: int) -> int | None:
    """Where a line goes on behind so many signs of quotes; `None` where it has fewer, or a tab between them."""
    at = 0
    for _ in range(depth):
        while at < len(line) and line[at] == " ":
            at += 1
        if line[at : at + 1] != ">":
            return None
        at += 1
        if line[at : at + 1] == " ":
            at += 1
    return at


def indented(width: int, start: int, old: str = "") -> str:
    """White space of so many columns behind `start`, as near to `old` as can be: its tabs stay where they can."""
    now = width_of(old, start)
    if now <= width:
        return old + " " * (width - now)
    kept = old
    while kept and width_of(kept, start) > width:
        kept = kept[:-1]
    return kept + " " * (width - width_of(kept, start))


def with_tabs(width: int, start: int, old: str = "") -> str:
    """White space of so many columns behind `start`, of tabs as far as they reach."""
    tabs = (start + width) // TAB - start // TAB
    reached = (start // TAB + tabs) * TAB - start if tabs else 0
    return "\t" * tabs + " " * (width - reached)


def with_spaces(width: int, start: int, old: str = "") -> str:
    """White space of so many columns, of spaces."""
    return " " * width
