"""A regular expression as steps for the machine of `matches`: what of Rust's dialect it knows, and JavaScript's.

It is checked by the engine of `patterns` before, so only what that allows comes here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ONE, ANY, SPLIT, SAVE, ASSERT, END = range(6)
"""A sign that a test passes; any sign; two ways, the preferred first; the place is kept; a test of the place; done."""

_MOST_CODE = 5_000
_TOKEN = re.compile(
    r"(?P<group>\((?:\?(?:P?<(?P<name>[A-Za-z_]\w*)>|(?P<flags>[a-zA-Z]*-?[a-zA-Z]*)(?P<open>[:)])|(?P<odd>.)?))?)"
    r"|(?P<set>\[\^?\]?(?:[^\]\\]|\\.)*+\])"
    r"|(?P<code>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[xu]\{[0-9A-Fa-f]{1,6}\}))"
    r"|(?P<escape>\\.)"
    r"|(?P<times>(?:[*+?]|\{\d+(?:,\d*)?\})\??)"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}


class Program(NamedTuple):
    """The steps, how many groups there are, and the names of those that have one."""

    code: list[tuple[Any, ...]]
    groups: int
    names: dict[str, int]


def compile_pattern(text: str, flags: frozenset[str]) -> Program:
    """The program of a pattern; raises `ValueError` in a person's words where it holds what is not known here."""
    return _Compiler(text, flags).program()


class _Compiler:
    """Reads a pattern from left to right; each part of it is a list of steps with jumps relative to their place."""

    def __init__(self, text: str, flags: frozenset[str]) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._at = 0
        self._flags = flags
        self._groups = 0
        self._names: dict[str, int] = {}

    def program(self) -> Program:
        """All of it, with jumps to places."""
        steps = [(SAVE, 0), *self._choice(), (END,)]
        code = [(SPLIT, at + step[1], at + step[2]) if step[0] == SPLIT else step for at, step in enumerate(steps)]
        return Program(code, self._groups, self._names)

    def _choice(self) -> list[Any]:
        """Alternatives, up to the end or the `)` of the group."""
        flags = self._flags
        ways = [self._row()]
        while self._peek() == "|":
            self._at += 1
            ways.append(self._row())
        self._flags = flags
        steps = ways.pop()
        while ways:
            first = ways.pop()
            steps = [(SPLIT, 1, len(first) + 2), *first, (SPLIT, len(steps) + 1, len(steps) + 1), *steps]
        return steps

    def _row(self) -> list[Any]:
        steps: list[Any] = []
        while self._peek() not in ("", "|", ")"):
            part = self._part()
            while self._at < len(self._tokens) and (times := self._tokens[self._at])["times"]:
                self._at += 1
                part = _repeated(part, times["times"])
            steps += part
            if len(steps) > _MOST_CODE:
                raise ValueError("is no regular expression for a vault: it counts too far")
        return steps

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _part(self) -> list[Any]:
        token = self._tokens[self._at]
        self._at += 1
        if token["group"] is not None:
            return self._group(token)
        if token["set"] is not None:
            return [(ONE, _in_set(token["set"], self._flags))]
        if token["code"] is not None:
            return [(ONE, self._same(chr(int(token["code"].strip("\\xu{}"), 16))))]
        if token["escape"] is not None:
            return [self._escaped(token["escape"][1])]
        sign = token[0]
        if sign == ".":
            return [(ANY,) if "s" in self._flags else (ONE, "\n".__ne__)]
        if sign in "^$":
            return [(ASSERT, _edge(sign, "m" in self._flags))]
        return [(ONE, self._same(sign))]

    def _group(self, token: re.Match[str]) -> list[Any]:
        if token["odd"] or (token[0] == "(?"):
            raise ValueError("looks around, which has no bound in time: it is written without (?=, (?!, (?<= or (?<!")
        set_on = _switched(token["flags"] or "")
        if token["open"] == ")":
            self._flags = (self._flags | set_on[0]) - set_on[1]
            return []
        number = 0
        if token["open"] is None:
            self._groups += 1
            number = self._groups
            if token["name"]:
                self._names[token["name"]] = number
        outer = self._flags
        self._flags = (outer | set_on[0]) - set_on[1]
        inner = self._choice()
        self._flags = outer
        self._at += 1  # its `)`
        return [(SAVE, 2 * number), *inner, (SAVE, 2 * number + 1)] if number else inner

    def _escaped(self, sign: str) -> tuple[Any, ...]:
        if sign in "bB":
            return ASSERT, _at_word_border(sign == "b")
        if sign in "AzZ":
            return ASSERT, _edge("^" if sign == "A" else "$", lines=False)
        if sign in "dDwWsS":
            return ONE, _in_set(f"[\\{sign}]", frozenset())
        if sign in _CONTROL:
            return ONE, _CONTROL[sign].__eq__
        if sign.isalnum():
            raise ValueError(f"holds \\{sign}, which is not known in a pattern that is to be replaced")
        return ONE, self._same(sign)

    def _same(self, sign: str) -> Callable[[str], bool]:
        if "i" not in self._flags or sign.lower() == sign.upper():
            return sign.__eq__
        both = (sign.lower(), sign.upper())
        return lambda other: other in both or other.lower() == both[0]


def _repeated(part: list[Any], times: str) -> list[Any]:
    """A part some times over."""
    lazy = len(times) > 1 and times[-1] == "?"
    sign = times[0]
    if sign == "{":
        least, comma, most = times.rstrip("?").strip("{}").partition(",")
        low = int(least)
        high = int(most) if most else None if comma else low
    else:
        low, high = (1, None) if sign == "+" else (0, None if sign == "*" else 1)
    if len(part) * max(low, high or 0) > _MOST_CODE:
        raise ValueError("is no regular expression for a vault: it counts too far")

    def fork(into: int, past: int) -> tuple[int, int, int]:
        return (SPLIT, past, into) if lazy else (SPLIT, into, past)

    steps = part * low
    if high is None:
        return [*steps, fork(1, len(part) + 2), *part, (SPLIT, -len(part) - 1, -len(part) - 1)]
    optional: list[Any] = []
    for _ in range(max(high - low, 0)):
        optional = [fork(1, len(part) + len(optional) + 1), *part, *optional]
    return steps + optional


def _switched(flags: str) -> tuple[frozenset[str], frozenset[str]]:
    """Flags that are set, and those that are cleared."""
    on, _, off = flags.partition("-")
    known = frozenset("imsu")
    if not known.issuperset(on + off):
        raise ValueError(f"sets the flag '{(on + off).strip('imsu')[0]}', which is not known: there are i, m and s")
    return frozenset(on), frozenset(off)


def _in_set(text: str, flags: frozenset[str]) -> Callable[[str], bool]:
    """Whether a sign is in a set: `re` reads it, for one sign each, and the answers are kept."""
    inner = text[1:-1]
    if "[" in inner.replace("\\[", "") or any(double in inner for double in ("&&", "--", "~~", "||")):
        raise ValueError(f"has a set in a set, {text}: a '[' in it is written '\\['")
    try:
        plain = _BRACED.sub(lambda code: f"\\U{int(code[1], 16):08x}", text)
        one = re.compile(plain, re.IGNORECASE if "i" in flags else 0)
    except re.error as error:
        raise ValueError(f"has a set that can't be read, {text}: {error.msg}") from None
    known: dict[str, bool] = {}

    def holds(sign: str) -> bool:
        answer = known.get(sign)
        if answer is None:
            answer = known[sign] = one.match(sign) is not None
        return answer

    return holds


_BRACED = re.compile(r"\\[xu]\{([0-9A-Fa-f]{1,6})\}")


def _edge(sign: str, lines: bool) -> Callable[[str, int], bool]:
    """A test for the beginning or the end of the text, or of a line of it."""
    if sign == "^":
        return lambda text, at: at == 0 or (lines and text[at - 1] == "\n")
    return lambda text, at: at == len(text) or (lines and text[at] == "\n")


def _at_word_border(wanted: bool) -> Callable[[str, int], bool]:
    def test(text: str, at: int) -> bool:
        before = at > 0 and _of_word(text[at - 1])
        behind = at < len(text) and _of_word(text[at])
        return (before != behind) is wanted

    return test


def _of_word(sign: str) -> bool:
    return sign == "_" or sign.isalnum()
