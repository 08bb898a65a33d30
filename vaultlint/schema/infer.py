"""Which notes of a vault keep a contract, and what it says: schemas found, not written.

A folder's notes keep one, or the notes with one value of a property (`type: paper`). What a schema of a folder above
says already is not told again, and a group that adds nothing is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.schema.evidence import Coverage, Witness, as_glob, is_in, spelling, tally
from vaultlint.schema.infer_types import FolderOf, infer_type, is_telling
from vaultlint.schema.model import PropertyType, Schema, Selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEAST_NOTES = 10
"""A smaller group shows no contract."""
_LEAST_FOR_ONE = (20, 50)
"""Of a group that has one property in common: so many, where it is rare elsewhere; and so many in any case."""
_BY_CHANCE = 1e-4
_LEAST_PART = 3
"""A folder with fewer notes does not show that it keeps another contract than its parent."""


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
            for folder in _folders_of(note.path, self._below):
                parts[folder].append(note)
        groups = []
        for folder in sorted(parts):
            notes = parts[folder]
            required = [key for key in self._required(notes) if _holds_everywhere(key, notes, folder)]
            if self._is_worth_telling(required, notes):
                groups.append(self._group(Selector(match=_match(folder)), notes, required, folder))
        return groups

    def _kinds(self) -> list[_Group]:
        groups = []
        for key in _discriminating(self._notes):
            by_value = _by_value(self._notes, key)
            for value, notes in sorted(by_value.items()):
                required = [each for each in self._required(notes) if each != key]
                if not self._is_worth_telling(required, notes):
                    continue
                others = [note for other, group in by_value.items() if other != value for note in group]
                if (key in _KINDS and len(required) > 1) or _sets_apart(required, others):
                    where = ((spelling(notes, key), (value,)),)
                    selector = Selector(match=_match(self._below), where=where)
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
        required = sorted(group.required, key=lambda key: (_place(key, notes), key))
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


def _sets_apart(required: Iterable[str], others: Sequence[Witness]) -> bool:
    """Whether some property is hardly found in the other notes."""
    count = tally(others)
    return len(others) >= LEAST_NOTES and any(count[key] * 5 <= len(others) for key in required)


_KINDS = ("type", "kind", "category", "class", "fileclass", "note_type", "note-type", "notetype", "layout", "template")
"""What people call the property that says what a note is about; others must show that they are such."""
_MOST_KINDS = 20
_MOST_OTHERS = 6
"""So many different values at the most."""


def _discriminating(notes: Sequence[Witness]) -> list[str]:
    """Properties of which one value may mean one contract: a few texts, each in several notes; usual names first."""
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        for key, (_, value) in note.properties.items():
            if isinstance(value, str) and is_nameable(key):
                values[key][value] += 1
    found = [
        key
        for key, count in values.items()
        if len(count) <= (_MOST_KINDS if key in _KINDS else _MOST_OTHERS) and max(count.values()) >= LEAST_NOTES
    ]
    return sorted(found, key=lambda key: (_KINDS.index(key) if key in _KINDS else len(_KINDS), key))


def _by_value(notes: Iterable[Witness], key: str) -> dict[str, list[Witness]]:
    groups: dict[str, list[Witness]] = defaultdict(list)
    for note in notes:
        value = note.properties.get(key, ("", None))[1]
        if isinstance(value, str) and 0 < len(value) <= 40 and value.isprintable():
            groups[value].append(note)
    return groups


def _folders_of(path: str, below: str) -> list[str]:
    """The folders that a note is in, from `below` inwards."""
    folders = [""] + [path[:at] for at, sign in enumerate(path) if sign == "/"]
    return [folder for folder in folders if folder == below or is_in(folder, below)]


def _holds_everywhere(key: str, notes: Sequence[Witness], folder: str) -> bool:
    """Whether no subfolder goes another way: one large folder must not speak for small ones beside it."""
    there: Counter[str] = Counter()
    size: Counter[str] = Counter()
    start = len(folder) + 1 if folder else 0
    for note in notes:
        part = note.path[start:].rpartition("/")[0].partition("/")[0]
        size[part] += 1
        there[part] += key in note.properties
    return all(count - there[part] <= max(count // 10, 1) for part, count in size.items() if count >= _LEAST_PART)


def _place(key: str, notes: Iterable[Witness]) -> int:
    """Where a property usually stands among the others: the median of its places."""
    places = sorted(list(note.properties).index(key) for note in notes if key in note.properties)
    return places[len(places) // 2]


def is_nameable(key: str) -> bool:
    """Whether a config can name the property: TOML has no word for lone surrogates."""
    return bool(key) and key.isprintable()


def _match(folder: str) -> tuple[str, ...]:
    """The glob for all in a folder, or none for the root."""
    return (f"{as_glob(folder)}/**",) if folder else ()
