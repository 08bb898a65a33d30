"""Regular expressions that come with a vault, on an engine whose time grows with the text and no faster.

The engine is Rust's `regex`, as `pydantic-core` brings it: an automaton, no backtracking. So it knows no look-around
and no references back, and its worst case is a step for each sign of the text and each part of the pattern.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

LONGEST_PATTERN = 2_000
_MOST_WEIGHT = 5_000
"""Parts of a pattern, repeats counted out; to compile that many takes about a tenth of a second."""
_MOST_STEPS = 10_000_000
"""Parts of the pattern times signs of the text: about a quarter of a second at the worst."""

_PIECE = re.compile(
    r"\[\^?\]?(?:[^\]\\]|\\.)*+\]|\\.|\{(?P<least>\d*),?(?P<most>\d*)\}|.",
    re.DOTALL,
)
_OF_UNICODE = frozenset("wWsSdDbBpP")
_HEAVY = 20
"""Parts that a class of all scripts comes to, such as `\\w`."""


class LinearPattern:
    """A pattern that is searched for in bounded time; raises `ValueError`, in words, where it can't be.

    Compiled at first use after it has travelled to another process.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        weight = _weight(text)
        self.longest = _MOST_STEPS // weight
        """Signs; no longer text is searched."""
        self._engine  # noqa: B018 - tells now what is wrong

    def __repr__(self) -> str:
        return f"LinearPattern({self._text!r})"

    def __reduce__(self) -> tuple[type[LinearPattern], tuple[str]]:
        return LinearPattern, (self._text,)

    def found_in(self, text: str) -> bool:
        """Whether the pattern is found in `text`; never in one that is too long. Lone surrogates are like `?`."""
        if len(text) > self.longest:
            return False
        if not text.isascii():
            text = text.encode("utf-8", "replace").decode("utf-8")
        found: bool = self._engine.isinstance_python(text)
        return found

    @cached_property
    def _engine(self) -> Any:
        from pydantic_core import SchemaError, SchemaValidator
        from pydantic_core.core_schema import str_schema

        try:
            return SchemaValidator(str_schema(pattern=self._text, regex_engine="rust-regex", strict=True))
        except SchemaError as error:
            raise ValueError(f"is no regular expression: {_reason(str(error))}") from None


def _weight(text: str) -> int:
    """How many parts a pattern has, repeats counted out; raises `ValueError` where they are too many."""
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"is no regular expression for a vault: it has over {LONGEST_PATTERN} signs")
    open_groups = [[1, 1]]  # for each: all of it, and its last part
    for piece in _PIECE.finditer(text):
        here = open_groups[-1]
        written = piece[0]
        if written == "(":
            open_groups.append([1, 1])
        elif written == ")" and len(open_groups) > 1:
            inside = open_groups.pop()[0]
            open_groups[-1] = [open_groups[-1][0] + inside, inside]
        elif times := max((int(number[:9]) for number in piece.group("least", "most") if number), default=0):
            here[0] += here[1] * (times - 1)
            here[1] *= times
        else:
            here[1] = _HEAVY if any(sign in _OF_UNICODE for sign in re.findall(r"\\(.)", written)) else 1
            here[0] += here[1]
        if open_groups[-1][0] > _MOST_WEIGHT:
            raise ValueError("is no regular expression for a vault: it counts too far")
    return sum(inside for inside, _ in open_groups)


def _reason(message: str) -> str:
    """What the engine says is wrong, without the pattern, which it repeats."""
    reason = message.strip().rpartition("error: ")[2].rpartition("SchemaError: ")[2]
    return reason if len(reason) < 200 else "it can't be read"
