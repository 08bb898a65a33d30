"""Is a schema for this note? Cheap questions are asked first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.schema.globs import Globs
from vaultlint.schema.patterns import bounded_pattern
from vaultlint.vault.query import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.schema.model import Selector

_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")


class Chooser:
    """A compiled selector."""

    __slots__ = ("_any", "_first_line", "_globs", "_has", "_tags", "_timestamps", "_where")

    def __init__(self, selector: Selector) -> None:
        self._globs = Globs(selector.match) if selector.match else None
        self._has = frozenset(name.lower() for name in selector.has)
        self._where = tuple((name.lower(), values) for name, values in selector.where)
        self._tags = tuple(tag.lower() for tag in selector.tag)
        self._first_line = bounded_pattern(selector.first_line) if selector.first_line is not None else None
        self._timestamps = selector.timestamps
        self._any = tuple(Chooser(alternative) for alternative in selector.any)

    def chooses(self, note: Note) -> bool:
        """Whether all conditions hold for the note."""
        return (
            (self._globs is None or self._globs.match(note.path))
            and (not (self._has or self._where) or self._has_properties(note))
            and (self._first_line is None or self._first_line.found_in(first_line(note)))
            and (not self._tags or self._has_tag(note))
            and (self._timestamps is None or self._timestamps is bool(note.timestamps))
            and (not self._any or any(alternative.chooses(note) for alternative in self._any))
        )

    def _has_properties(self, note: Note) -> bool:
        properties = {found.key.lower(): found.value for found in note.properties}
        return self._has <= properties.keys() and all(
            name in properties and holds(properties[name], values) for name, values in self._where
        )

    def _has_tag(self, note: Note) -> bool:
        return any(f"{tag}/".startswith(f"{wanted}/") for tag in _tags(note) for wanted in self._tags)


def first_line(note: Note) -> str:
    """The first line of the body that is not blank, trimmed; empty where there is none."""
    found = _LINE.search(note.text, note.body_start)
    return found[0].strip() if found else ""


def _tags(note: Note) -> Iterator[str]:
    found = note.property("tags")
    if found is not None:
        for value in [found.value, *(item.value for item in found.items)]:
            if isinstance(value, str):
                yield value.removeprefix("#").lower()
    for tag in note.tags:
        yield tag.name.lower()
