"""Which notes of a vault keep a contract, and what it says: schemas found, not written.

A folder's notes keep one, or the notes with one value of a property (`type: paper`). What a schema of a folder above
says already is not told again, and a group that adds nothing is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.schema.evidence import Coverage, Witness, is_in, spelling, tally
from vaultlint.schema.infer_groups import (
    KINDS,
    LEAST_NOTES,
    by_value,
    discriminating,
    folders_of,
    glob_below,
    holds_everywhere,
    is_nameable,
    largest_part,
    sets_apart,
    usual_place,
)
from vaultlint.schema.infer_types import FolderOf, infer_type, is_telling
from vaultlint.schema.model import PropertyType, Schema, Selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LEAST_FOR_ONE = (20, 50)
"""Of a group that has one property in common: so many, where it is rare elsewhere; and so many in any case."""
_BY_CHANCE = 1e-4


class Inferred(Struct, frozen=True):
    """A schema that notes keep, and how well."""

    schema: Schema
    notes: int
    """How many notes it is for."""
    coverage: dict[str, Coverage]
    """Property, as the schema writes it -> how many of these notes have it."""


def infer(
    notes: Iterable[Witness],
    types: Mapping[str, str],
    folder_of: FolderOf,
    *,
    below: str = "",
) -> tuple[Inferred, ...]:
    """The schemas that the notes keep, those of folders first, by path. `types` are the app's, by name in lower case.

    With `below`, a folder, only its notes are looked at, and each schema is for these alone.
    """
    inside = sorted((note for note in notes if is_in(note.path, below)), key=lambda note: note.path)
    return _Search(inside, types, folder_of, below).found()


class _Group:
    """Notes that keep a contract together, and the properties that it asks for, in lower case."""

    __slots__ = ("notes", "order", "required", "selector")

    def __init__(self, selector: Selector, notes: Sequence[Witness], required: Sequence[str], order: str) -> None:
        self.selector = selector
        self.notes = notes
        self.required = required
        self.order = order
        """Groups stand by this in what is found."""


class _Search:
    """One search: groups first, from the outermost folder inwards, and then what their properties are."""

    def __init__(self, notes: Sequence[Witness], types: Mapping[str, str], folder_of: FolderOf, below: str) -> None:
        self._notes = notes
        self._types = types
        self._folder_of = folder_of
        self._below = below
        self._count = tally(notes)
        self._told: dict[str, set[str]] = {note.path: set() for note in notes}
        """Note -> the properties of which a group that it is in says something."""

    def found(self) -> tuple[Inferred, ...]:
        """All that there is."""
        groups = [*_together(self._folders()), *self._kinds()]
        return tuple([self._described(group) for group in groups])

    def _folders(self) -> list[_Group]:
        parts: dict[str, list[Witness]] = defaultdict(list)
        for note in self._notes:
            for folder in folders_of(note.path, self._below):
                parts[folder].append(note)
        groups = []
        for folder in sorted(parts):
            notes = parts[folder]
            if len(notes) == largest_part(notes, folder):
                continue  # a folder within has all of them
            required = [key for key in self._required(notes) if holds_everywhere(key, notes, folder)]
            if self._is_worth_telling(required, notes):
                groups.append(self._group(Selector(match=glob_below(folder)), notes, required, folder))
        return groups

    def _kinds(self) -> list[_Group]:
        groups = []
        for key in discriminating(self._notes):
            with_value = by_value(self._notes, key)
            for value, notes in sorted(with_value.items()):
                required = [each for each in self._required(notes) if each != key]
                others = [note for other, group in with_value.items() if other != value for note in group]
                few = len(required) == 1 and len(notes) < _LEAST_FOR_ONE[0]
                if (key in KINDS and len(required) > 1) or (sets_apart(required, others) and not few):
                    where = ((spelling(notes, key), (value,)),)
                    selector = Selector(match=glob_below(self._below), where=where)
                    groups.append(self._group(selector, notes, required, f"{key} {value}"))
        return groups

    def _group(self, selector: Selector, notes: Sequence[Witness], required: Sequence[str], order: str) -> _Group:
        for note in notes:
            self._told[note.path].update(required)
        return _Group(selector, notes, required, order)

    def _required(self, notes: Sequence[Witness]) -> list[str]:
        """The properties that all the notes have, but for slips, and that no group found so far asks for."""
        if sum(note.counts for note in notes) < LEAST_NOTES:
            return []
        strong = [key for key, have in tally(notes).items() if Coverage(have, len(notes)).strong and is_nameable(key)]
        return [key for key in strong if not Coverage(len(notes) - self._untold(key, notes), len(notes)).strong]

    def _untold(self, key: str, notes: Sequence[Witness]) -> int:
        return sum(key not in self._told[note.path] for note in notes)

    def _is_worth_telling(self, required: Sequence[str], notes: Sequence[Witness]) -> bool:
        """Whether it is no chance that these notes have these properties: one alone may well be, in a few notes."""
        if len(required) != 1 or len(notes) >= _LEAST_FOR_ONE[1]:
            return bool(required)
        if any(self._told[note.path] for note in notes):
            return False
        outside = len(self._notes) - len(notes)
        elsewhere = self._count[required[0]] - sum(required[0] in note.properties for note in notes)
        share = elsewhere / outside if outside else 0.0
        return len(notes) >= _LEAST_FOR_ONE[0] and share ** len(notes) < _BY_CHANCE

    def _described(self, group: _Group) -> Inferred:
        """The schema of a group: its types, and what else some of the notes have."""
        notes = group.notes
        required = sorted(group.required, key=lambda key: (usual_place(key, notes), key))
        names: dict[str, str] = {}
        properties: dict[str, PropertyType] = {}
        coverage: dict[str, Coverage] = {}
        for key in (*required, *self._optional(group)):
            wanted = self._type(key, notes)
            if key not in required and (wanted is None or not is_telling(wanted)):
                continue
            name = names[key] = spelling(notes, key)
            coverage[name] = Coverage(sum(key in note.properties for note in notes), len(notes))
            if wanted is not None:
                properties[name] = wanted
        for note in notes:
            self._told[note.path].update(names)
        require = tuple([names[key] for key in required])
        return Inferred(Schema(selector=group.selector, require=require, properties=properties), len(notes), coverage)

    def _optional(self, group: _Group) -> list[str]:
        """Properties that some of the notes have, that no group asks for, and that the app has no type for."""
        own = {name.lower() for name, _ in group.selector.where}
        untold: Counter[str] = Counter()
        for note in group.notes:
            untold.update(note.properties.keys() - self._told[note.path])
        enough = max(LEAST_NOTES, len(group.notes) // 10)
        return sorted(
            key
            for key, have in untold.items()
            if have >= enough and key not in own and key not in self._types and is_nameable(key)
        )

    def _type(self, key: str, notes: Sequence[Witness]) -> PropertyType | None:
        values = [(note.path, note.properties[key][1]) for note in notes if key in note.properties]
        return infer_type(key, values, self._types.get(key), self._folder_of)


def _together(groups: Iterable[_Group]) -> list[_Group]:
    """Folders whose notes keep the same contract as one group, where the first of them stands."""
    same: dict[frozenset[str], list[_Group]] = defaultdict(list)
    for group in groups:
        same[frozenset(group.required)].append(group)
    return sorted(map(_joined, same.values()), key=lambda group: group.order)


def _joined(groups: Sequence[_Group]) -> _Group:
    first = groups[0]
    if len(groups) == 1:
        return first
    match = tuple([glob for group in groups for glob in group.selector.match])
    notes = {note.path: note for group in groups for note in group.notes}
    return _Group(Selector(match=match), list(notes.values()), first.required, first.order)
