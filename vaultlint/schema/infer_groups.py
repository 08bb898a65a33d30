"""Which notes may keep a contract together: those of a folder, and those with one value of a property."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from vaultlint.schema.evidence import Witness, as_glob, is_in, is_unicode, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_NOTES = 10
"""A smaller group shows no contract."""
_LEAST_PART = 3
"""A folder with fewer notes does not show that it keeps another contract than its parent."""

KINDS = ("type", "kind", "category", "class", "fileclass", "note_type", "note-type", "notetype", "layout", "template")
"""What people call the property that says what a note is about; others must show that they are such."""
_LONGEST_VALUE = 40
_MOST_KINDS = 20
_MOST_OTHERS = 6
"""So many different values at the most."""


def discriminating(notes: Sequence[Witness]) -> list[str]:
    """Properties of which one value may mean one contract: a few texts, each in several notes; usual names first."""
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        for key, (_, value) in note.properties.items():
            if isinstance(value, str) and is_nameable(key):
                values[key][value] += 1
    found = [
        key
        for key, count in values.items()
        if len(count) <= (_MOST_KINDS if key in KINDS else _MOST_OTHERS) and max(count.values()) >= LEAST_NOTES
    ]
    return sorted(found, key=lambda key: (KINDS.index(key) if key in KINDS else len(KINDS), key))


def by_value(notes: Sequence[Witness], key: str) -> dict[str, list[Witness]]:
    """Value of a property -> the notes that have it, in a list too; of the values that stand alone in some note."""
    groups: dict[str, list[Witness]] = defaultdict(list)
    lists = []
    for note in notes:
        value = note.properties.get(key, ("", None))[1]
        if isinstance(value, str) and 0 < len(value) <= _LONGEST_VALUE and value.isprintable():
            groups[value].append(note)
        elif isinstance(value, list | tuple):
            lists.append((note, value))
    for note, values in lists:
        for value in {each for each in values if isinstance(each, str) and each in groups}:
            groups[value].append(note)
    return groups


def folders_of(path: str, below: str) -> list[str]:
    """The folders that a note is in, from `below` inwards."""
    folders = [""] + [path[:at] for at, sign in enumerate(path) if sign == "/"]
    return [folder for folder in folders if folder == below or is_in(folder, below)]


def holds_everywhere(key: str, notes: Sequence[Witness], folder: str) -> bool:
    """Whether no subfolder goes another way: one large folder must not speak for small ones beside it."""
    size = Counter(_part(note, folder) for note in notes)
    there = Counter(_part(note, folder) for note in notes if key in note.properties)
    return all(count - there[part] <= max(count // 10, 1) for part, count in size.items() if count >= _LEAST_PART)


def largest_part(notes: Iterable[Witness], folder: str) -> int:
    """How many of a folder's notes are in the same folder within it."""
    return max(Counter(part for note in notes if (part := _part(note, folder))).values(), default=0)


def _part(note: Witness, folder: str) -> str:
    """The name of the folder in `folder` that a note is in; empty where it is in none."""
    start = len(folder) + 1 if folder else 0
    return note.path[start:].rpartition("/")[0].partition("/")[0]


def usual_place(key: str, notes: Iterable[Witness]) -> int:
    """Where a property usually stands among the others: the median of its places."""
    places = sorted(list(note.properties).index(key) for note in notes if key in note.properties)
    return places[len(places) // 2]


def is_nameable(key: str) -> bool:
    """Whether a config can name the property: TOML has no word for lone surrogates."""
    return bool(key) and is_unicode(key)


def sets_apart(required: Iterable[str], others: Sequence[Witness]) -> bool:
    """Whether some property is hardly found in the other notes."""
    count = tally(others)
    return len(others) >= LEAST_NOTES and any(count[key] * 5 <= len(others) for key in required)


def glob_below(folder: str) -> tuple[str, ...]:
    """The glob for all in a folder, or none for the root."""
    return (f"{as_glob(folder)}/**",) if folder else ()
