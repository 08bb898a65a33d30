"""Text and places: bytes to text, offsets to lines and columns and back.

A line ends at `\\n`, `\\r\\n` or a lone `\\r`, as in CommonMark. A byte order mark stays in the text, so that
`text.encode()` is always the file; people do not see it, so column 1 of line 1 stands behind it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

from vaultlint.note.lazy import lazy
from vaultlint.note.model import Position, Span

BOM = "\ufeff"


class NoteDecodeError(ValueError):
    """The bytes of a note that are no text in UTF-8."""

    def __init__(self, message: str, line: int, column: int) -> None:
        """`message` is in a note owner's words; `line` and `column` count from 1, columns in code points."""
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def decode(data: bytes) -> str:
    """The text of a note's bytes, byte order mark included; `NoteDecodeError` where they are not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NoteDecodeError("the note is in UTF-16, not in UTF-8", 1, 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Source(before).position(len(before))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        raise NoteDecodeError(message, place.line, place.column) from None
    nul = text.find("\0")
    if nul >= 0:
        place = Source(text).position(nul)
        raise NoteDecodeError("the note has a NUL byte: it is no text", place.line, place.column)
    return text


class Source:
    """The text of one note and where its lines are."""

    def __init__(self, text: str) -> None:
        self.text = text

    @lazy
    def line_starts(self) -> array[int]:
        """The offset at which each line starts, as C unsigned ints; that of line 1 is 1 behind a byte order mark."""
        text = self.text
        # Of bytes, `splitlines` knows just these three line breaks; here each byte is a code point.
        lines = text.encode("ascii", "replace").splitlines(keepends=True)
        starts = array("I", accumulate(map(len, lines), initial=0))
        if text and text[-1] not in "\r\n":
            starts.pop()
        if text.startswith(BOM):
            starts[0] = 1
        return starts

    @lazy
    def newline(self) -> str:
        """The line break that the note has most of; `\\n` where it has none."""
        text = self.text
        if "\r" not in text:
            return "\n"
        both = text.count("\r\n")
        counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
        return max(counts, key=counts.__getitem__)

    def line_of(self, offset: int) -> int:
        """The line, from 1, on which a code point stands."""
        return bisect_right(self.line_starts, offset) or 1

    def position(self, offset: int) -> Position:
        """Where a code point stands; the byte order mark counts as the place behind it."""
        line = self.line_of(offset)
        return Position(line, max(offset - self.line_starts[line - 1], 0) + 1)

    def offset(self, position: Position) -> int:
        """The offset of a place; behind the end of a line or of the note, that end."""
        if position.line > len(self.line_starts):
            return len(self.text)
        span = self.line_span(max(position.line, 1))
        return min(max(span.start, span.start + position.column - 1), span.end)

    def line_span(self, line: int) -> Span:
        """One line of the note, from 1, without its line break; `IndexError` where there is no such line."""
        starts = self.line_starts
        if not 1 <= line <= len(starts):
            raise IndexError(line)
        start = starts[line - 1]
        if line == len(starts):
            return Span(start, len(self.text))
        end = starts[line] - 1
        if end > start and self.text[end] == "\n" and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)


def flatten(text: str) -> str:
    """The text at the same length with `\\n` as its only line break, so that one kind need be looked for."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")
