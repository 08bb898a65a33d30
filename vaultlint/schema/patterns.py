"""Regular expressions that a config brings: compiled only if the time they can take is bounded.

A config may come with a stranger's vault, and Python's `re` backtracks. So a repeated group may hold no
repeat and no alternative of its own (that is exponential), and the number of neighbouring repeats that can
share out one text in different ways (each is one more power of its length) sets how long a text may be.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    (?P<flags> \(\?[aims]+\) )
    | (?P<open> \( (?: \?P<\w+> | \?<[=!] | \?[aims]*:  | \?[=!>] )? (?!\?) )
    | (?P<close> \) )
    | (?P<bar> \| )
    | (?P<anchor> \^ | \$ | \\[AZbB] )
    | (?P<atom> \\[^1-9AZbB] | \[\^?\]?(?:[^\]\\]|\\.)*\] | [^\\()|^$*+?\[] )
    """,
    re.VERBOSE | re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})[?+]?")

# `(-[a-z0-9]+)*` is how slugs are written: linear, since the repeat behind the separator can't take it.
_SEPARATED = re.compile(r"\((?:\?:)?(?P<mark>\\?[^\w\s\\()\[\]])\s?(?P<atom>\[(?:[^\]\\]|\\.)+\]|\\[wd])[+*]\)")

_SAMPLE = string.printable + "\u00e9\u65e5\u00a0"
_FEW, _MANY = 3, 10
_LONGEST = (100_000, 5_000, 500)
"""By the number of neighbouring repeats that can share out one text: the longest text that is matched."""


@dataclass(frozen=True, slots=True)
class BoundedPattern:
    """A compiled pattern, and how long a text may be that it is held against."""

    pattern: re.Pattern[str]
    longest: int

    def found_in(self, text: str) -> bool:
        """Whether the pattern is found in `text`; never in a text that is too long."""
        return len(text) <= self.longest and self.pattern.search(text) is not None


@dataclass(slots=True)
class _Group:
    start: int
    varies: bool = False
    """Holds something that may be there more or less often."""
    repeats: bool = False
    """Holds something that may be there many times, or a group that repeats."""
    branches: bool = False


@dataclass(slots=True)
class _Reading:
    """What is known of the pattern so far."""

    groups: list[_Group] = field(default_factory=lambda: [_Group(0)])
    takes: frozenset[str] = frozenset(_SAMPLE)
    """What the last repeat can take; at first all: a search may begin anywhere."""
    shared: int = 0
    """Neighbouring repeats that can share out one text."""


def bounded_pattern(text: str) -> BoundedPattern:
    """Compile `text`; raises `ValueError` in a person's words where it is wrong or its time has no bound."""
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    shared = _read(text)
    if shared >= len(_LONGEST):
        raise ValueError("can take too long: too many open-ended repeats follow each other")
    return BoundedPattern(pattern, _LONGEST[shared])


def _read(text: str) -> int:
    reading = _Reading()
    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise ValueError(f"can't be bounded: '{text[place : place + 4]}' is not allowed here")
        place = token.end()
        quantifier = _QUANTIFIER.match(text, place) if token.lastgroup in ("atom", "close") else None
        _take(reading, text, token, quantifier)
        if quantifier is not None:
            place = quantifier.end()
    return reading.shared


def _take(reading: _Reading, text: str, token: re.Match[str], quantifier: re.Match[str] | None) -> None:
    match token.lastgroup:
        case "anchor" if token.start() == 0:
            reading.takes = frozenset()
        case "bar":
            reading.groups[-1].branches = True
        case "open":
            reading.groups.append(_Group(token.start()))
        case "close":
            _close(reading, text, token, quantifier)
        case "atom":
            _atom(reading, token[0], quantifier)
        case _:
            pass


def _close(reading: _Reading, text: str, token: re.Match[str], quantifier: re.Match[str] | None) -> None:
    group, outer = reading.groups.pop(), reading.groups[-1]
    written = text[group.start : token.end()]
    if quantifier is not None and _most(quantifier) > 1:
        if (group.varies or group.branches) and not _separated(written):
            if group.repeats or _most(quantifier) > _FEW:
                raise ValueError(f"can take too long: '{written}' repeats what can repeat or branch already")
            reading.shared += 1
        outer.repeats = True
    outer.varies = outer.varies or group.varies or (quantifier is not None and _varies(quantifier))
    outer.repeats = outer.repeats or group.repeats
    outer.branches = outer.branches or group.branches


def _atom(reading: _Reading, atom: str, quantifier: re.Match[str] | None) -> None:
    takes = frozenset(sign for sign in _SAMPLE if re.fullmatch(atom, sign))
    apart = not (takes & reading.takes)
    if quantifier is not None and _varies(quantifier):
        reading.groups[-1].varies = True
        reading.groups[-1].repeats |= _most(quantifier) > _MANY
    if quantifier is not None and _varies(quantifier) and _most(quantifier) > _MANY:
        reading.shared += not apart
        reading.takes = takes
    elif apart and len(reading.groups) == 1 and not (quantifier is not None and _least(quantifier) == 0):
        reading.takes = frozenset()  # stands between two repeats and belongs to neither: nothing to share


def _separated(group: str) -> bool:
    found = _SEPARATED.fullmatch(group)
    return found is not None and re.fullmatch(found["atom"], found["mark"][-1]) is None


def _least(quantifier: re.Match[str]) -> int:
    return int(quantifier["sign"] == "+") if quantifier["sign"] else int(quantifier["least"] or 0)


def _most(quantifier: re.Match[str]) -> float:
    if quantifier["sign"]:
        return 1 if quantifier["sign"] == "?" else float("inf")
    if quantifier["most"]:
        return int(quantifier["most"])
    return float("inf") if quantifier["comma"] else int(quantifier["least"] or 0)


def _varies(quantifier: re.Match[str]) -> bool:
    return _most(quantifier) > _least(quantifier)
