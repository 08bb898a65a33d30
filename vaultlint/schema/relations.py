"""Relations between properties, as a person writes them: `due >= start`, `if status = "done" then completed`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.schema.model import Condition, Operand, Relation

if TYPE_CHECKING:
    from vaultlint.note.model import Scalar

_TOKEN = re.compile(
    r"""\s*+(?:(?P<op><=|>=|!=|==?|<|>)|(?P<text>"[^"]*+"|'[^']*+')|`(?P<name>[^`]++)`|(?P<word>[^\s"'`<>=!]++))"""
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MOMENT = re.compile(r"\d{1,4}[-:/]\d.*")
_WORDS: dict[str, Scalar] = {"true": True, "false": False}
RESERVED = frozenset({"if", "then", "and", "not"})
"""Words that are no name of a property unless they stand in backticks."""


def read_relation(text: str) -> Relation:
    """The relation that `text` says; raises `ValueError` in a config owner's words.

    `A op B`, with properties, numbers, dates or quoted texts on both sides, and `<`, `<=`, `=`, `!=`, `>=`, `>`
    between them; `A` or `not A` for a property that must, or must not, have a value; several joined by `and`; all of
    it behind `if ... then` where it is asked only then. A name with spaces stands in backticks.
    """
    return _Reader(text).relation()


class _Reader:
    """Reads one relation, token by token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._at = 0

    def relation(self) -> Relation:
        given: tuple[Condition, ...] = ()
        if self._takes("if"):
            given = self._conditions()
            if not self._takes("then"):
                raise ValueError("'then' is missing behind the condition")
        asked = self._conditions()
        if self._at < len(self._tokens):
            raise ValueError(f"'{self._tokens[self._at][1]}' is one word too many; properties are joined by 'and'")
        if all(side.name is None for one in (*given, *asked) for side in (one.left, one.right)):
            raise ValueError("it names no property")
        return Relation(self._text, given, asked)

    def _conditions(self) -> tuple[Condition, ...]:
        found = [self._condition()]
        while self._takes("and"):
            found.append(self._condition())
        return tuple(found)

    def _condition(self) -> Condition:
        negated = self._takes("not")
        left = self._operand()
        kind, word = self._peek()
        if kind != "op":
            if left.name is None:
                raise ValueError(f"'{left.value}' is compared with nothing")
            return Condition(left, "has not" if negated else "has")
        if negated:
            raise ValueError("'not' goes with a property alone; write != for values that differ")
        self._at += 1
        return Condition(left, "=" if word == "==" else word, self._operand())

    def _operand(self) -> Operand:
        kind, word = self._peek()
        if kind in ("", "op") or (kind == "word" and word in RESERVED):
            raise ValueError(f"a property is missing before '{word}'" if word else "a property is missing at the end")
        self._at += 1
        if kind == "name":
            return Operand(word)
        if kind == "text":
            return Operand(None, word[1:-1])
        if word in _WORDS:
            return Operand(None, _WORDS[word])
        if _NUMBER.fullmatch(word):
            return Operand(None, float(word) if "." in word else int(word))
        return Operand(None, word) if _MOMENT.fullmatch(word) else Operand(word)

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _takes(self, word: str) -> bool:
        taken = self._peek() == ("word", word)
        self._at += taken
        return taken


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"'{text[at:end].strip()}' can't be read: a quote may not be closed")
        kind = token.lastgroup or ""
        found.append((kind, token[kind]))
        at = token.end()
    return found
