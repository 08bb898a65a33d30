"""What several plug-ins ask of the text around them: where a mark is closed, where brackets pair, what is code.

Each question is answered for a whole source at once and kept in mistune's `env`, so that a note of nothing but openers
is read in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from mistune import InlineState

_Answer = TypeVar("_Answer")


def remembered(state: InlineState, question: str, answer: Callable[[InlineState], _Answer]) -> _Answer:
    """The answer to a question about `state.src`, worked out once for each source."""
    known: dict[tuple[str, str], Any] = state.env.setdefault("vaultlint.lexical", {})
    key = (question, state.src)
    if key not in known:
        known[key] = answer(state)
    found: _Answer = known[key]
    return found


def outside_code(state: InlineState, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The matches of a pattern that are not escaped and not in a code span, in text order.

    The pattern has to try a run of backticks and an escape first; those two matches are not given.
    """
    src = state.src
    if "`" not in src:
        return [match for match in pattern.finditer(src) if match[0][0] != "\\"]
    found: list[re.Match[str]] = []
    at = 0
    while match := pattern.search(src, at):
        at = match.end()
        if match[0][0] == "`":
            end = state.delimiters.code_end(match[0], at)
            at = at if end is None else end + len(match[0])
        elif match[0][0] != "\\":
            found.append(match)
    return found


def closer(state: InlineState, mark: str, start: int) -> int | None:
    """Where the next `mark` stands from `start` on that is no part of a longer run and has text right before it."""

    def places(state: InlineState) -> list[int]:
        sign = re.escape(mark[0])
        runs = outside_code(state, re.compile(rf"\\.|`+|{sign}+", re.DOTALL))
        return [
            run.start()
            for run in runs
            if len(run[0]) == len(mark) and run.start() and not state.src[run.start() - 1].isspace()
        ]

    found = remembered(state, mark, places)
    place = bisect_left(found, start + 1)
    return found[place] if place < len(found) else None


_BRACKETS = re.compile(r"\\.|`+|[\[\]]", re.DOTALL)


def bracket_close(state: InlineState, opening: int) -> int | None:
    """Where the square bracket that is opened at a place is closed, if it has a partner."""
    pairs, offset = remembered(state, "[]", _pairs)
    close = pairs.get(opening + offset)
    return None if close is None else close - offset


def inherit_brackets(inner: InlineState, outer: InlineState, start: int) -> None:
    """Effect: saves the search for brackets in a source that stands from `start` on between two of another.

    Not where code is: what a code span begins in the one may be cut off in the other.
    """
    if "`" not in outer.src:
        pairs, offset = remembered(outer, "[]", _pairs)
        remembered(inner, "[]", lambda _: (pairs, offset + start))


def _pairs(state: InlineState) -> tuple[dict[int, int], int]:
    """The square brackets that have a partner, opening -> closing, and what to add to a place to find it there."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for bracket in outside_code(state, _BRACKETS):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            found[opened.pop()] = bracket.start()
    return found, 0


def line_end(state: InlineState, start: int) -> int:
    """Where the line of a place ends: at its line break, or at the end of the source."""
    end = state.delimiters.find("\n", start)
    return len(state.src) if end is None else end
