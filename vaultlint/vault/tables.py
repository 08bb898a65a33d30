"""Tables of the vault's notes by what is in them: made once, and patched where a note changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from vaultlint.vault.names import base_name, name_key, path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from vaultlint.vault.facts import Facts, LinkFact, NameFact
    from vaultlint.vault.links import Found

    Find: TypeAlias = Callable[[str, str], Found]
    """`Resolver.find`."""

_T = TypeVar("_T")

Table: TypeAlias = dict[str, list[tuple[str, _T]]]
"""Key -> who has it: each the path of a note and what it has, by path, then as in the note."""

Entries: TypeAlias = "Iterable[tuple[str, _T]]"
"""What one note has, each with its key."""

_path = itemgetter(0)


def table_of(facts: Mapping[str, Facts], entries: Callable[[Facts], Entries[_T]]) -> Table[_T]:
    """The table of all notes."""
    table: Table[_T] = {}
    for path in sorted(facts):
        for key, value in entries(facts[path]):
            table.setdefault(key, []).append((path, value))
    return table


def changed_keys(before: Entries[_T], after: Entries[_T]) -> dict[str, list[_T]]:
    """The keys of which a note has something else than `before`, each with what it has now."""
    old, new = _by_key(before), _by_key(after)
    return {key: new.get(key, []) for key in {**old, **new} if old.get(key) != new.get(key)}


def patch(table: Table[_T], path: str, before: Entries[_T], after: Entries[_T]) -> None:
    """Put what the note `path` has now in the place of what it had `before`."""
    for key, values in changed_keys(before, after).items():
        holders = table.setdefault(key, [])
        place = slice(bisect_left(holders, path, key=_path), bisect_right(holders, path, key=_path))
        holders[place] = [(path, value) for value in values]
        if not holders:
            del table[key]


def aliases_in(facts: Facts) -> Iterator[tuple[str, NameFact]]:
    """A note's aliases by their case-folded text."""
    for alias in facts.aliases:
        yield name_key(alias.text), alias


def tags_in(facts: Facts) -> Iterator[tuple[str, int]]:
    """A note's tags as they are written, each by its place among them."""
    for place, tag in enumerate(facts.tags):
        yield tag.text, place


def links_in(facts: Facts, find: Find) -> Iterator[tuple[str, LinkFact]]:
    """A note's links by the file that each leads to; those that lead to none are left out."""
    for link in facts.links:
        path = find(link.path, facts.path).path
        if path is not None:
            yield path, link


def place_links_in(facts: Facts, find: Find) -> Iterator[tuple[str, LinkFact]]:
    """Of these, the links to a heading or a block of a note."""
    if all(len(names) == 1 for names in facts.targets):
        return  # so most notes, and their links need not be decoded
    for link in facts.links:
        if link.subpath:
            found = find(link.path, facts.path)
            if found.path is not None and found.is_note:
                yield found.path, link


def link_names_in(facts: Facts) -> Iterator[tuple[str, None]]:
    """The names of files that a look-up of a note's links depends on; see `names_asked`."""
    for names in facts.targets:
        for name in names_asked(names[0]):
            yield name, None


def names_asked(path: str) -> tuple[str, ...]:
    """The base names, as keys, of all files that a link's path may lead to; empty: the note itself.

    One that is empty stands for any name: what `..` leads to hangs on the note.
    """
    name = base_name(path_key(path))
    if name in ("", ".", ".."):
        return ("",) if path else ()
    return (name, f"{name}.md")


def _by_key(entries: Entries[_T]) -> dict[str, list[_T]]:
    table: dict[str, list[_T]] = {}
    for key, value in entries:
        table.setdefault(key, []).append(value)
    return table
