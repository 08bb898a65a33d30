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

    __slots__ = ("_any", "_first_line", "_globs", "_has", "_linked_from", "_tags", "_timestamps", "_where")

    def __init__(self, selector: Selector) -> None:
        self._globs = Globs(selector.match) if selector.match else None
        self._has = frozenset(name.lower() for name in selector.has)
        self._where = tuple((name.lower(), values) for name, values in selector.where)
        self._tags = tuple(tag.lower() for tag in selector.tag)
        self._first_line = bounded_pattern(selector.first_line) if selector.first_line is not None else None
        self._timestamps = selector.timestamps
        self._linked_from = frozenset((name, key.lower()) for name, key in selector.linked_from)
        self._any = tuple(Chooser(alternative) for alternative in selector.any)

    def chooses(self, note: Note) -> bool:
        """Whether all conditions hold for the note. One that asks who links to it does not: no note knows that."""
        return (
            not self._linked_from
            and self._chooses_but_for_links(note)
            and (not self._any or any(alternative.chooses(note) for alternative in self._any))
        )

    def by_links(self, note: Note) -> frozenset[tuple[str, str]]:
        """The links, by schema and property in lower case, of which one would be enough to choose the note."""
        if not self._chooses_but_for_links(note):
            return frozenset()
        if not self._any:
            return self._linked_from
        if self._linked_from and any(alternative.chooses(note) for alternative in self._any):
            return self._linked_from
        wanted = frozenset(link for alternative in self._any for link in alternative.by_links(note))
        return wanted & self._linked_from if self._linked_from else wanted

    def _chooses_but_for_links(self, note: Note) -> bool:
        return (
            (self._globs is None or self._globs.match(note.path))
            and (not (self._has or self._where) or self._has_properties(note))
            and (self._first_line is None or self._first_line.found_in(first_line(note)))
            and (not self._tags or self._has_tag(note))
            and (self._timestamps is None or self._timestamps is bool(note.timestamps))
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
