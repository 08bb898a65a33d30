"""The app's excluded files (`userIgnoreFilters`): path prefixes, or regular expressions between slashes."""

from __future__ import annotations

import re
import warnings
from itertools import pairwise

from msgspec import Struct

from vaultlint.vault.linear import LONGEST_PATTERN, LinearPattern

MOST_FILTERS = 500
"""How many entries of the list are heeded: each is held against every path."""

_PIECE = re.compile(
    r"""
    \[ (?: [^\]\\] | \\. )*+ \]               # a class
    | \\ (?: k<\w+> | . )                     # an escape
    | \( (?: \?<\w+> | \?<?[=!] | \?: )?+ (?!\?)
    | (?: [*+?] | \{ \d+ (?: , \d* )? \} ) \?? # how often
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_FOREIGN = re.compile(r"(?s)\\[pPc]|\\u\{|\[\^?\]|\[.*(?:--|\\[pPcDWB])")
"""Pieces that only JavaScript can read: Unicode properties, control escapes, empty classes; and what others misread."""
_LOOKS = re.compile(r"\(\?<?[=!]|\\[1-9k]|\\B")
"""Pieces that only an engine that backtracks knows."""
_REPEAT = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_"}

_MOST_STEPS = 400_000
_LONGEST_USUAL_PATH = 150


class _Looking(Struct, frozen=True):
    """A pattern with look-around or references back, which only an engine that backtracks can search for."""

    pattern: re.Pattern[str]
    longest: int

    def found_in(self, path: str) -> bool:
        return len(path) <= self.longest and self.pattern.search(path) is not None


class Filter(Struct, frozen=True):
    """One entry of the list."""

    prefix: str = ""
    pattern: LinearPattern | _Looking | None = None

    def hits(self, path: str) -> bool:
        """Whether a vault-relative path is excluded."""
        if self.pattern is None:
            return path.startswith(self.prefix)
        return self.pattern.found_in(path)


def read_filter(entry: str) -> Filter:
    """One entry as the app reads it (semantics 2.15).

    Raises ValueError, in words, for an expression that can't be read as JavaScript does, or that could
    run for very long.
    """
    if len(entry) < 3 or not (entry.startswith("/") and entry.endswith("/")):
        return Filter(prefix=entry)
    text = entry[1:-1]
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"it could take very long: it has over {LONGEST_PATTERN} signs")
    pieces = _PIECE.findall(text)
    pairs = list(pairwise(pieces))
    if any(map(_FOREIGN.match, pieces)) or any(one == "(" and two[0] == "?" for one, two in pairs):
        raise ValueError("it uses a form that only JavaScript has")
    if any(_REPEAT.fullmatch(one) and _REPEAT.fullmatch(two) for one, two in pairs):
        raise ValueError("it can't be read: nothing to repeat")
    if any(map(_LOOKS.match, pieces)):
        return Filter(pattern=_looking(pieces))
    try:
        return Filter(pattern=LinearPattern("".join(map(_in_rust, pieces))))
    except ValueError as error:
        raise ValueError(f"it can't be read: it {error}") from None


def _in_rust(piece: str) -> str:
    """A piece as the linear engine writes it, where that reads otherwise than JavaScript does."""
    if piece[0] == "[":
        return "[" + _of_class(piece[1:-1]) + "]" if len(piece) > 1 else piece
    if piece[0] == "\\" and len(piece) > 1:
        return _escape(piece[1])
    if piece == ".":
        return r"[^\n\r\u2028\u2029]"
    return "\\" + piece if piece in "{}]" else piece


def _escape(sign: str) -> str:
    """What a backslash makes of a sign: letters without a meaning of their own stand for themselves."""
    if sign.lower() in _CLASSES:
        return f"[{'^' if sign.isupper() else ''}{_CLASSES[sign.lower()]}]"
    if sign == "b":
        return r"(?-u:\b)"
    if sign == "0":
        return r"\x00"
    return sign if sign in "<>" or (sign.isalnum() and sign not in "sSnrtfvxu") or not sign.isascii() else f"\\{sign}"


def _of_class(inside: str) -> str:
    """What stands in a class: brackets and doubled signs are nothing but signs there."""

    def written(found: re.Match[str]) -> str:
        sign = found[0][-1]
        if len(found[0]) == 1:
            return f"\\{sign}" if sign in "[&~" else sign
        return r"\x08" if sign == "b" else _CLASSES.get(sign) or _escape(sign)

    return re.sub(r"(?s)\\.|.", written, inside)


def _looking(pieces: list[str]) -> _Looking:
    longest = _longest(pieces)
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # `[[` may change its meaning
            pattern = re.compile("".join(map(_in_python, pieces)), re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"it can't be read: {error}") from None
    return _Looking(pattern, longest)


def _in_python(piece: str) -> str:
    if piece.startswith("(?<") and piece[3] not in "=!":
        return f"(?P<{piece[3:]}"
    if piece.startswith("\\k<"):
        return f"(?P={piece[3:-1]})"
    if piece == "$":
        return r"\Z"
    return "\\" + piece if piece in "{}" else piece


def _longest(pieces: list[str]) -> int:
    """The longest path that surely takes no more than the most steps. Raises ValueError where none or few do.

    A repeat can end at any sign of the path, and so can the search begin unless it is held at the start: each is a
    power of its length, and so is a text that is compared again. A choice doubles what is behind it. Either in a
    repeated group would be a power of powers: refused.
    """
    groups = [False]  # for each open group: whether it holds a repeat or a choice
    repeats = choices = 0
    steps = _MOST_STEPS / len(pieces)
    closed = False
    for piece in pieces:
        is_repeat = piece[0] in "*+" or (piece[0] == "{" and piece[-1] in "}?" and len(piece) > 1)
        if is_repeat and closed:
            raise ValueError("it could take very long: a repeat in a repeat")
        is_choice = piece in ("|", "?", "??")
        is_fixed = is_repeat and piece[0] == "{" and "," not in piece
        repeats += (is_repeat and not is_fixed) or re.match(r"\\[1-9k]", piece) is not None
        if is_repeat:
            steps /= max((int(number[:9]) for number in re.findall(r"\d+", piece)), default=1) or 1
        choices += is_choice
        groups[-1] = groups[-1] or is_repeat or is_choice
        closed = False
        if piece[0] == "(":
            groups.append(False)
        elif piece == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
    begins = 0 if pieces[0] == "^" and "|" not in pieces else 1
    longest = int((steps / 2.0 ** min(choices, 60)) ** (1 / max(repeats + begins, 1)))
    if longest < _LONGEST_USUAL_PATH:
        raise ValueError("it could take very long: too many repeats or choices")
    return longest
