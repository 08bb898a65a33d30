"""How much work a JSON Schema makes, before any note is held against it: it may come with a stranger's vault.

A few lines can ask of one value more than any machine can answer, where each of a chain of definitions asks twice for
the next. What is counted is how many subschemas are asked of one and the same value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 500
"""Subschemas asked of one value; a large schema that people wrote has some dozens."""

_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else")
_TABLES = ("dependentSchemas",)


class TooMuchError(ValueError):
    """A schema asks too much of one value, or refers to itself without end."""


def cost_of(documents: Mapping[str, Any], start: str) -> int:
    """The most subschemas that any part of the schema asks of one value. Raises `TooMuchError`.

    `documents` are the schema at `start` and all that it refers to, by the address that references give.
    """
    return _Counter(documents).most(start)


class _Counter:
    """Counts, each subschema once."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents = documents
        self._known: dict[tuple[str, int], int] = {}
        self._open: set[tuple[str, int]] = set()

    def most(self, start: str) -> int:
        left: list[tuple[str, Any]] = [(start, self._documents.get(start))]
        seen: set[tuple[str, int]] = set()
        most = 1
        while left:
            at, node = left.pop()
            if not isinstance(node, dict | list) or (at, id(node)) in seen:
                continue
            seen.add((at, id(node)))
            if isinstance(node, dict):
                most = max(most, self._count(at, node, 0))
                if (there := self._target(at, node)) is not None:
                    left.append(there)
            left += ((at, each) for each in (node.values() if isinstance(node, dict) else node))
        return most

    def _count(self, at: str, node: Any, depth: int) -> int:
        if not isinstance(node, dict):
            return 1
        key = (at, id(node))
        if key in self._known:
            return self._known[key]
        if key in self._open or depth > 400:
            raise TooMuchError("it refers to itself without end")
        self._open.add(key)
        count = 1 + sum(self._count(*each, depth + 1) for each in self._asked_of_the_same(at, node))
        self._open.discard(key)
        if count > MOST:
            raise TooMuchError(f"it asks more than {MOST:,} things of one value")
        self._known[key] = count
        return count

    def _asked_of_the_same(self, at: str, node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for key in _LISTS:
            found = node.get(key)
            yield from ((at, each) for each in found) if isinstance(found, list) else ()
        for key in _TABLES:
            found = node.get(key)
            yield from ((at, each) for each in found.values()) if isinstance(found, dict) else ()
        yield from ((at, node[key]) for key in _SINGLE if key in node)
        if (there := self._target(at, node)) is not None:
            yield there

    def _target(self, at: str, node: dict[str, Any]) -> tuple[str, Any] | None:
        """What a reference leads to, with its document; `None` where there is none that can be followed here."""
        written = node.get("$ref", node.get("$dynamicRef"))
        if not isinstance(written, str):
            return None
        address, _, fragment = written.partition("#")
        document = address or at
        place: Any = self._documents.get(document)
        if fragment and not fragment.startswith("/"):
            return document, _named(place, fragment)
        for part in fragment.split("/")[1:]:
            name = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(place, list) and name.isdecimal() and int(name) < len(place):
                place = place[int(name)]
            else:
                place = place.get(name) if isinstance(place, dict) else None
        return document, place


def _named(document: Any, anchor: str) -> Any:
    left = [document]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            if anchor in (node.get("$anchor"), node.get("$dynamicAnchor")):
                return node
            left += node.values()
        elif isinstance(node, list):
            left += node
    return None
