"""What fenced code says: its lines without the indent that what holds it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.note.model import Code
    from vaultlint.note.note import Note

_TAB = 4


def code_text(note: Note, code: Code) -> str:
    """The content of code. Of a fence, what its own column takes of each line is none of it (CommonMark 4.5)."""
    content = code.content_span.of(note.text)
    if code.kind != "fenced":
        return content
    before = note.text[note.source.line_span(note.source.line_of(code.span.start)).start : code.span.start]
    if not before:
        return content
    width = _columns(before)
    return "".join([_without(line, width) for line in content.splitlines(keepends=True)])


def _columns(text: str) -> int:
    column = 0
    for sign in text:
        column += _TAB - column % _TAB if sign == "\t" else 1
    return column


def _without(line: str, width: int) -> str:
    """A line behind so many columns of white space and signs of quotes."""
    column = 0
    for place, sign in enumerate(line):
        if column >= width or sign not in " \t>":
            return " " * (column - width) + line[place:]
        column += _TAB - column % _TAB if sign == "\t" else 1
    return line.strip(" \t>")
