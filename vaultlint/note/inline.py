"""Marks inside a line of text that Obsidian adds to CommonMark's: math, comments, highlights, footnotes, fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.obsidian import Cover, Pair


def escaped(text: str, place: int) -> bool:
    """Whether the sign at `place` has a backslash before it that is not itself escaped."""
    at = place
    while at > 0 and text[at - 1] == "\\":
        at -= 1
    return (place - at) % 2 == 1


_DOLLARS = re.compile(r"(\\*)(\$\$?)")


def find_math(text: str, leaves: Iterable[Pair], hidden: Cover) -> list[Pair]:
    """`$math$` by semantics 7.10 and `$$math$$`, each within one stretch of inline text; sorted."""
    found: list[Pair] = []
    for start, end in leaves:
        if text.find("$", start, end) >= 0:
            found += _math_in(text, start, end, hidden)
    return found


def _math_in(text: str, start: int, end: int, hidden: Cover) -> list[Pair]:
    signs = [
        match.span(2)
        for match in _DOLLARS.finditer(text, start, end)
        if len(match[1]) % 2 == 0 and hidden.touched(*match.span(2)) < 0
    ]
    doubles = iter([first for first, behind in signs if behind - first == 2])
    next_double = next(doubles, -1)
    found: list[Pair] = []
    opener, done = -1, start
    for first, behind in signs:
        if first < done:
            continue
        if opener >= 0 and not text[first - 1].isspace() and not text[first + 1 : first + 2].isdigit():
            done = first + 1
            found.append((opener, done))
            opener = -1
        elif behind - first == 2:
            opener = -1
            while 0 <= next_double <= first:
                next_double = next(doubles, -1)
            if next_double >= 0:
                done = next_double + 2
                found.append((first, done))
        else:
            opener = first if first + 1 < end and not text[first + 1].isspace() else -1
    return found


def find_comments(text: str, leaves: Iterable[Pair], hidden: Cover) -> list[Pair]:
    """`%%comments%%` inside one stretch of inline text each; sorted. One that is not closed is none."""
    found: list[Pair] = []
    for start, end in leaves:
        opener = -1
        at = text.find("%%", start, end)
        while at >= 0:
            if hidden.touched(at, at + 2) < 0:
                if opener < 0:
                    opener = at
                else:
                    found.append((opener, at + 2))
                    opener = -1
            at = text.find("%%", at + 2, end)
    return found
