"""Where a pattern that a config brings is found, with its groups, in bounded time.

The engine of `patterns` says whether a pattern is found, and no more. Where, and what its groups hold, is worked out
here by the same kind of machine: all ways to match are followed at once (Pike), so that a text costs its signs times
the parts of the pattern and never more. It is a hundred times slower, so it runs only on texts in which there is a
match. What is found is what a backtracking engine would find: the leftmost match, and of those there the one that the
pattern prefers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultlint.schema.pattern_program import ANY, ASSERT, END, ONE, SAVE, SPLIT, Program, compile_pattern
from vaultlint.schema.patterns import bounded_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_STEPS = 1_000_000
"""Steps in one text: a second or two at the worst. What is behind the place where they end is not searched."""
_IN_REPLACEMENT = re.compile(r"\$(?:(\$)|(&)|(\d{1,2})|\{(\w+)\}|<(\w+)>)")


class Found(NamedTuple):
    """One match."""

    start: int
    end: int
    groups: tuple[tuple[int, int] | None, ...]
    """Where each group stands, from the first on; `None` for one that took no part."""


class LinearFinder:
    """A pattern with what it is replaced by; raises `ValueError`, in words, where either can't be.

    `flags`: any of `i`, `m`, `s`; `g` and `u` say nothing, for all matches are found and all text is Unicode.
    """

    def __init__(self, pattern: str, flags: str = "", replacement: str | None = None) -> None:
        unknown = "".join(sorted(set(flags) - set("gimsu")))
        if unknown:
            raise ValueError(f"has an unknown flag '{unknown[0]}': there are i, m and s")
        self._flags = frozenset(flags) & frozenset("ims")
        written = f"(?{''.join(sorted(self._flags))})" if self._flags else ""
        self._whether = bounded_pattern(written + pattern)
        self._program = compile_pattern(pattern, self._flags)
        self._replacement = replacement
        if replacement is not None:
            self._check(replacement)

    def _check(self, replacement: str) -> None:
        for part in _IN_REPLACEMENT.finditer(replacement):
            name = part[3] or part[4] or part[5]
            if name and self._group(name) is None:
                raise ValueError(f"has no group '{name}' for '{part[0]}' in what it is replaced by")

    def _group(self, name: str) -> int | None:
        if name.isdigit():
            return int(name) if int(name) <= self._program.groups else None
        return self._program.names.get(name)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """The matches between two places of a text, in order; what stands around those is not seen."""
        part = text[start:end]
        if not self._whether.found_in(part):
            return
        machine = _Machine(self._program, part)
        at = 0
        while at <= len(part) and (found := machine.search(at)) is not None:
            ends = [place + start if place >= 0 else -1 for place in found]
            groups = zip(ends[2::2], ends[3::2], strict=True)
            yield Found(ends[0], ends[1], tuple([pair if -1 not in pair else None for pair in groups]))
            at = found[1] if found[1] > found[0] else found[1] + 1

    def replaced(self, text: str, found: Found) -> str | None:
        """What a match is replaced by; `None` where the pattern replaces nothing."""
        if self._replacement is None:
            return None

        def value(part: re.Match[str]) -> str:
            if part[1]:
                return "$"
            name = part[3] or part[4] or part[5]
            number = 0 if part[2] else self._group(name) or 0
            span = (found.start, found.end) if number == 0 else found.groups[number - 1]
            return text[slice(*span)] if span is not None else ""

        return _IN_REPLACEMENT.sub(value, self._replacement)


class _Machine:
    """All ways through the program at once, over one text."""

    def __init__(self, program: Program, text: str) -> None:
        self._program = program
        self._text = text
        self._steps = 0

    def search(self, start: int) -> tuple[int, ...] | None:
        """The places of the first match from `start` on: its own, then those of the groups, -1 for none."""
        code, text = self._program.code, self._text
        empty = (-1,) * (2 * self._program.groups + 2)
        best: tuple[int, ...] | None = None
        threads: list[tuple[int, tuple[int, ...]]] = []
        for place in range(start, len(text) + 1):
            if best is None:
                self._follow(threads, {at for at, _ in threads}, 0, place, empty)
            elif not threads:
                break
            sign = text[place] if place < len(text) else ""
            following: list[tuple[int, tuple[int, ...]]] = []
            seen: set[int] = set()
            for at, places in threads:
                step = code[at]
                if step[0] == END:
                    best = places
                    break  # the ways behind it are less preferred
                if sign and (step[0] == ANY or step[1](sign)):
                    self._follow(following, seen, at + 1, place + 1, places)
            threads = following
            self._steps += len(seen) + 1
            if self._steps > _MOST_STEPS:
                return None
        return best

    def _follow(self, threads: list[Any], seen: set[int], at: int, place: int, places: tuple[int, ...]) -> None:
        """Effect: adds the ways from `at` on up to where each wants a sign, the preferred first."""
        code = self._program.code
        waiting = [(at, places)]
        while waiting:
            at, places = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            step = code[at]
            kind = step[0]
            if kind in (ONE, ANY, END):
                threads.append((at, places if kind != END else (places[0], place, *places[2:])))
            elif kind == SPLIT:
                waiting.append((step[2], places))
                waiting.append((step[1], places))
            elif kind == SAVE:
                waiting.append((at + 1, (*places[: step[1]], place, *places[step[1] + 1 :])))
            elif kind == ASSERT and step[1](self._text, place):
                waiting.append((at + 1, places))
