"""An index whose notes and files change under it: what hangs on them is patched, not made anew."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from vaultlint.vault.index import Index
from vaultlint.vault.links import Resolver
from vaultlint.vault.names import base_name, path_key
from vaultlint.vault.near import Nearest
from vaultlint.vault.reads import BACKLINKS, FILES, LOST_HEADINGS, PLACE_LINKS, PLACES, changes
from vaultlint.vault.tables import (
    aliases_in,
    changed_keys,
    link_names_in,
    links_in,
    patch,
    place_links_in,
    table_of,
    tags_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.vault.facts import Facts
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.reads import Read
    from vaultlint.vault.settings import VaultSettings
    from vaultlint.vault.tables import Table


class LiveIndex(Index):
    """What is known of a vault whose notes and files may change."""

    def __init__(self, files: FileTable, facts: dict[str, Facts], settings: VaultSettings | None = None) -> None:
        super().__init__(files, facts, settings)
        self._facts = facts

    def renew(self, notes: Mapping[str, Facts | None]) -> set[Read]:
        """Take in the facts of some notes, `None` for one that has none. The questions that it answers anew."""
        before = {path: self._facts.get(path) for path in notes}
        for path, facts in notes.items():
            if facts != before[path]:
                self._renew(path, before[path], facts)
        if any(facts is not None and before[path] is None for path, facts in notes.items()):
            in_order = sorted(self._facts.items())
            self._facts.clear()
            self._facts.update(in_order)
        changed = changes(before, notes, self.resolver.find)
        if self._finds_other_lost_headings(changed):
            changed.add((LOST_HEADINGS, ""))
        return changed

    def relist(self, files: FileTable) -> tuple[set[str], set[Read]]:
        """Take in that the vault has other files now; facts of notes that came or went are taken in by `renew`.

        The notes of which a link may lead elsewhere, and the questions that it answers anew.
        """
        names = {base_name(path_key(path)) for path in _differing(self.files, files)}
        notes = {path for name in ("", *names) for path, _ in self._link_names.get(name, ())}
        before = {path: self._links_of(path) for path in notes}
        self.files, self.resolver, self._nearest = files, Resolver(files), Nearest(files)
        for hangs_on_files in ("names", "_without_heading"):
            self.__dict__.pop(hangs_on_files, None)
        changed = {(FILES, name) for name in ("", *names)} | {(LOST_HEADINGS, "")}
        for path in sorted(notes):
            for name, entries in self._links_of(path).items():
                if keys := changed_keys(before[path][name], entries):
                    kind = BACKLINKS if name == "_backlinks" else PLACE_LINKS
                    changed.update((kind, key) for key in ("", *keys))
                    if name in self.__dict__:
                        patch(self.__dict__[name], path, before[path][name], entries)
        return notes, changed

    def _finds_other_lost_headings(self, changed: set[Read]) -> bool:
        """Look again at the notes whose places, or links to them, have changed, if anybody ever asked."""
        before: frozenset[str] | None = self.__dict__.get("_without_heading")
        if before is None:
            return False
        notes = {path for kind, path in changed if kind in (PLACES, PLACE_LINKS) and path}
        now = before.difference(notes).union(filter(self._lost_a_heading, notes))
        self.__dict__["_without_heading"] = now
        return now != before

    @cached_property
    def _link_names(self) -> Table[None]:
        """Base name of a file -> the notes of which a link may lead to such a file."""
        return table_of(self._facts, link_names_in)

    def _links_of(self, path: str) -> dict[str, list[tuple[str, Any]]]:
        """Table of links -> what it has of one note."""
        facts, find = self._facts[path], self.resolver.find
        return {"_backlinks": list(links_in(facts, find)), "place_links": list(place_links_in(facts, find))}

    def _renew(self, path: str, before: Facts | None, after: Facts | None) -> None:
        if after is not None:
            self._facts[path] = after
        else:
            self._facts.pop(path, None)
        for made in (self._outlines, self._places, self._near_headings):
            made.pop(path, None)
        find = self.resolver.find
        tables: dict[str, Any] = {
            "aliases": aliases_in,
            "tags": tags_in,
            "place_links": partial(place_links_in, find=find),
            "_backlinks": partial(links_in, find=find),
            "_link_names": link_names_in,
        }
        for name, entries in tables.items():
            table = self.__dict__.get(name)
            if table is not None:  # else nobody asked for it yet
                patch(table, path, entries(before) if before else (), entries(after) if after else ())


def _differing(before: FileTable, after: FileTable) -> set[str]:
    """The files that came or went, or are known in another way."""
    pairs = ((before.files, after.files), (before.opaque, after.opaque), (before.irregular, after.irregular))
    return {path for old, new in pairs for path in frozenset(old) ^ frozenset(new)}
