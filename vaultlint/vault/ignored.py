"""The app's excluded files (`userIgnoreFilters`): path prefixes, or regular expressions between slashes."""

from __future__ import annotations

import re
import warnings

from msgspec import Struct

_PIECE = re.compile(
    r"""
    \[ (?: [^\]\\] | \\. )* \]          # a class
    | \\ (?: k<\w+> | . )               # an escape
    | \( (?: \?<\w+> | \?<?[=!] | \?: )?
    | [*+?] \?? | \{ \d+ ,? \d* \} \??  # how often
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_FOREIGN = re.compile(r"\\[pPc]|\\u\{|\[\^?\]")
"""What JavaScript reads in another way: Unicode properties, control escapes, empty classes."""

_MOST_STEPS = 10_000_000
_LONGEST_USUAL_PATH = 150


class Filter(Struct, frozen=True):
    """One entry of the list."""

    prefix: str = ""
    pattern: re.Pattern[str] | None = None
    longest: int = 0

    def hits(self, path: str) -> bool:
        """Whether a vault-relative path is excluded."""
        if self.pattern is None:
            return path.startswith(self.prefix)
        return len(path) <= self.longest and self.pattern.search(path) is not None


def read_filter(entry: str) -> Filter:
    """One entry as the app reads it (semantics 2.15).

    Raises ValueError, in words, for an expression that Python can't read as JavaScript does, or that could
    run for very long.
    """
    if len(entry) < 3 or not (entry.startswith("/") and entry.endswith("/")):
        return Filter(prefix=entry)
    text = entry[1:-1]
    if _FOREIGN.search(text):
        raise ValueError("it uses a form that only JavaScript has")
    pieces = _PIECE.findall(text)
    longest = _longest(pieces)
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # `[[` may change its meaning
            pattern = re.compile("".join(map(_translated, pieces)), re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"it can't be read: {error}") from None
    return Filter(pattern=pattern, longest=longest)


def _translated(piece: str) -> str:
    if piece.startswith("(?<") and piece[3] not in "=!":
        return f"(?P<{piece[3:]}"
    if piece.startswith("\\k<"):
        return f"(?P={piece[3:-1]})"
    return r"\Z" if piece == "$" else piece


def _longest(pieces: list[str]) -> int:
    """The longest path that surely takes no more than the most steps. Raises ValueError where none or few do.

    A repeat can end at any sign of the path, and so can the search begin: each is a power of its length.
    A choice doubles what is behind it. Either in a repeated group would be a power of powers: refused.
    """
    groups = [False]  # for each open group: whether it holds a repeat or a choice
    repeats = choices = 0
    closed = False
    for piece in pieces:
        is_repeat = piece[0] in "*+" or (piece[0] == "{" and piece[-1] in "}?")
        if is_repeat and closed:
            raise ValueError("it could take very long: a repeat in a repeat")
        is_choice = piece in ("|", "?", "??")
        repeats += is_repeat
        choices += is_choice
        groups[-1] = groups[-1] or is_repeat or is_choice
        closed = False
        if piece[0] == "(":
            groups.append(False)
        elif piece == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
    longest = int((_MOST_STEPS / 2.0 ** min(choices, 60)) ** (1 / (repeats + 1)))
    if longest < _LONGEST_USUAL_PATH:
        raise ValueError("it could take very long: too many repeats or choices")
    return longest
