"""Two versions of a note side by side: where a place of the one stands in the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.note.model import Span
from vaultlint.note.source import Source

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from vaultlint.note.model import Position

_MOST_CELLS = 10**8
"""How large a table of lines, or words, to compare: above it (10,000 by 10,000), what is between the equal
beginnings and ends counts as changed. Time and memory are a 64th of it at most."""

_WORD = re.compile(r"\w+|\r\n|[^\w]")


class Hunk(Struct, frozen=True):
    """A run of lines that are others now, by number from 0: half-open ranges then and now, one may be empty."""

    then: tuple[int, int]
    now: tuple[int, int]


class Lines:
    """A text by its lines; line breaks are no part of them, so that a change of them alone is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._source = Source(text)
        self.starts = self._source.line_starts
        ends = [*self.starts[1:], len(text)]
        self.all = [text[start:end].rstrip("\r\n") for start, end in zip(self.starts, ends, strict=True)]

    def number(self, offset: int) -> int:
        """The line, from 0, that an offset stands in."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def span(self, number: int) -> Span:
        """Where a line stands, its line break left out."""
        return Span(self.starts[number], self.starts[number] + len(self.all[number]))

    def positions(self, span: Span) -> tuple[Position, Position]:
        """Where a span begins and ends, as people count it."""
        return self._source.position(span.start), self._source.position(span.end)

    def numbers(self, span: Span) -> tuple[int, int]:
        """The lines of a span: a half-open range, never empty."""
        first = self.number(span.start)
        return first, max(self.number(max(span.end - 1, span.start)), first) + 1


class Aligned:
    """How a note was and how it is now."""

    def __init__(self, then: str, now: str) -> None:
        self.then = Lines(then)
        self.now = Lines(now)
        self._words: dict[int, _Words] = {}

    def span_then(self, span: Span) -> Span | None:
        """Where a span of the note now stood, if all its lines are unchanged."""
        first, end = self.now.numbers(span)
        lines = self._lines_then[first:end]
        if lines[0] is None or any(line != lines[0] + more for more, line in enumerate(lines)):
            return None
        start = self.then.starts[lines[0]] + span.start - self.now.starts[first]
        return Span(start, self.then.starts[lines[0] + end - 1 - first] + span.end - self.now.starts[end - 1])

    def words_then(self, span: Span) -> Span | None:
        """The same for a span in lines that changed together, if all its words stood there in one piece."""
        number = self.hunk_now(span)
        return None if number is None else self._words_of(number).span_then(span)

    def hunk_now(self, span: Span) -> int | None:
        """The number of the hunk that a place of the note now lies in, or begins in; `None`: unchanged lines."""
        return _hunk_at(self._now, self.now.number(span.start))

    def hunk_then(self, span: Span) -> int | None:
        """The same for a place of the note as it was."""
        return _hunk_at(self._then, self.then.number(span.start))

    def line_now(self, span: Span) -> int:
        """The line now, from 0, that stands where the first line of a place of the note as it was stood.

        Where nothing came in its stead, it is the line behind the gap; of blank lines, the one before them.
        """
        line = self.then.number(span.start)
        number = self.hunk_then(span)
        if number is None:
            line += sum(_length(hunk.now) - _length(hunk.then) for hunk in self.hunks if hunk.then[1] <= line)
        else:
            hunk = self.hunks[number]
            line = min(hunk.now[0] + line - hunk.then[0], max(hunk.now[1] - 1, hunk.now[0]), len(self.now.all) - 1)
        return next((here for here in range(line, 0, -1) if self.now.all[here].strip()), 0)

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """What changed, in order."""
        return tuple(Hunk(then, now) for then, now in changes(self.then.all, self.now.all))

    @cached_property
    def _then(self) -> list[tuple[int, int]]:
        return [hunk.then for hunk in self.hunks]

    @cached_property
    def _now(self) -> list[tuple[int, int]]:
        return [hunk.now for hunk in self.hunks]

    @cached_property
    def _lines_then(self) -> list[int | None]:
        """For each line now, the line that it was."""
        table: list[int | None] = []
        at = 0
        for hunk in (*self.hunks, Hunk((len(self.then.all),) * 2, (len(self.now.all),) * 2)):
            table += range(at, hunk.then[0])
            table += [None] * (hunk.now[1] - hunk.now[0])
            at = hunk.then[1]
        return table

    def _words_of(self, number: int) -> _Words:
        words = self._words.get(number)
        if words is None:
            hunk = self.hunks[number]
            words = self._words[number] = _Words(_part(self.then, hunk.then), _part(self.now, hunk.now))
        return words


class _Words:
    """One hunk, word by word."""

    def __init__(self, then: tuple[int, str], now: tuple[int, str]) -> None:
        starts_then, words_then = _split(*then)
        self._starts, words_now = _split(*now)
        self._then: list[int | None] = []
        """For each word now, where it stood; one more for the end."""
        at = 0
        for (start, end), (new_start, new_end) in (
            *changes(words_then, words_now),
            ((len(words_then),) * 2, (len(words_now),) * 2),
        ):
            self._then += starts_then[at:start]
            self._then += [None] * (new_end - new_start)
            at = end

    def span_then(self, span: Span) -> Span | None:
        """As `Aligned.words_then`, for a span in this hunk."""
        first = bisect_right(self._starts, span.start) - 1
        last = max(bisect_right(self._starts, max(span.end - 1, span.start)), first + 1)
        if first < 0 or last > len(self._then):
            return None
        shift: set[int | None] = set()
        for place, start in zip(self._then[first:last], self._starts[first:last], strict=False):
            shift.add(None if place is None else place - start)
        if len(shift) != 1 or (only := shift.pop()) is None:
            return None
        return Span(span.start + only, span.end + only)


def _part(lines: Lines, numbers: tuple[int, int]) -> tuple[int, str]:
    """Where some lines of a text begin, and their text."""
    first, end = numbers
    if first == end:
        return 0, ""
    start = lines.starts[first]
    return start, lines.text[start : lines.starts[end] if end < len(lines.starts) else len(lines.text)]


def _split(start: int, text: str) -> tuple[list[int], list[str]]:
    """The words of a part of a text, and where each begins in the whole."""
    found = list(_WORD.finditer(text))
    return [start + one.start() for one in found], [one[0] for one in found]


def changes(
    then: Sequence[Hashable], now: Sequence[Hashable], most: int = _MOST_CELLS
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The ranges that differ, in order; all that is between them is the same. `most` is as `_MOST_CELLS`."""
    start = 0
    shorter = min(len(then), len(now))
    while start < shorter and then[start] == now[start]:
        start += 1
    end = 0
    while end < shorter - start and then[-1 - end] == now[-1 - end]:
        end += 1
    old, new = then[start : len(then) - end], now[start : len(now) - end]
    if not old or not new or len(old) * len(new) > most:
        if old or new:
            yield (start, start + len(old)), (start, start + len(new))
        return
    from rapidfuzz.distance import LCSseq

    names: dict[Hashable, int] = {}
    one, other = ([names.setdefault(part, len(names)) for part in side] for side in (old, new))
    begun: tuple[int, int] | None = None
    at = (0, 0)
    for code in LCSseq.opcodes(one, other):
        if code.tag == "equal":
            if begun is not None:
                yield (start + begun[0], start + code.src_start), (start + begun[1], start + code.dest_start)
            begun = None
        elif begun is None:
            begun = (code.src_start, code.dest_start)
        at = (code.src_end, code.dest_end)
    if begun is not None:
        yield (start + begun[0], start + at[0]), (start + begun[1], start + at[1])


def _length(numbers: tuple[int, int]) -> int:
    return numbers[1] - numbers[0]


def _hunk_at(ranges: Sequence[tuple[int, int]], line: int) -> int | None:
    at = bisect_right(ranges, line, key=lambda one: one[0]) - 1
    return at if at >= 0 and ranges[at][0] <= line < ranges[at][1] else None
