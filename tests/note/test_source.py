"""Text, lines and columns."""

from __future__ import annotations

import pytest

from vaultlint.note.model import Position, Span
from vaultlint.note.source import NoteDecodeError, Source, decode


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("a\n", [0, 2]),
        ("a\r\nb\rc\n\nd", [0, 3, 5, 7, 8]),
        ("\ufeffa\nb", [1, 3]),
        ("a\x0bb\x85c\u2028d\ne", [0, 8]),
        ("a\r", [0, 2]),
    ],
)
def test_lines(text: str, starts: list[int]) -> None:
    """A line ends at LF, CR LF or a lone CR and at nothing else."""
    assert starts == list(Source(text).line_starts)


def test_places_and_back() -> None:
    """Lines and columns count from 1, columns in code points; each offset has its place and each place its offset."""
    source = Source("a😀b\r\n\ncd")

    assert Position(1, 3) == source.position(2)
    assert Position(2, 1) == source.position(5)
    assert Position(3, 3) == source.position(8)
    assert all(offset == source.offset(source.position(offset)) for offset in range(4))
    assert (3, 8, 8, 0) == tuple(
        source.offset(place) for place in (Position(1, 99), Position(3, 9), Position(9, 1), Position(0, 0))
    )


def test_spans_of_lines() -> None:
    """The span of a line is without its line break; there is no line 0 and none behind the last."""
    text = "a\r\nb\n\nc"
    source = Source(text)

    assert ["a", "b", "", "c"] == [source.line_span(line).of(text) for line in (1, 2, 3, 4)]
    for line in (0, 5):
        with pytest.raises(IndexError):
            source.line_span(line)


def test_byte_order_mark() -> None:
    """Column 1 of line 1 stands behind a byte order mark; the mark is in no line."""
    source = Source("\ufeffab\n")

    assert [Position(1, 1), Position(1, 1), Position(1, 2)] == [source.position(at) for at in (0, 1, 2)]
    assert Span(1, 3) == source.line_span(1)


@pytest.mark.parametrize(
    ("text", "newline"), [("", "\n"), ("a\nb", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb", "\r"), ("a\nb\r\n", "\n")]
)
def test_newline(text: str, newline: str) -> None:
    """The newline of a note is the one that it has most of."""
    assert newline == Source(text).newline


def test_decode_keeps_every_byte() -> None:
    """The text encodes to the very bytes of the file, the byte order mark included."""
    data = "\ufeffa\r\né😀".encode()

    assert data == decode(data).encode()


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"a\nb\xffc", "the byte 0xff is not UTF-8", 2, 2),
        ("é\r\né".encode("latin-1"), "the byte 0xe9 is not UTF-8", 1, 1),
        ("a".encode("utf-16"), "the note is in UTF-16, not in UTF-8", 1, 1),
        (b"a\nbc\0", "the note has a NUL byte: it is no text", 2, 3),
    ],
)
def test_bytes_that_are_no_text(data: bytes, message: str, line: int, column: int) -> None:
    """What is not UTF-8 is refused with the place of the first wrong byte."""
    with pytest.raises(NoteDecodeError) as caught:
        decode(data)

    assert (message, line, column) == (caught.value.message, caught.value.line, caught.value.column)
