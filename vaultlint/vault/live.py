"""An index whose notes change under it: what hangs on them is patched, not made anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from vaultlint.vault.index import Index
from vaultlint.vault.reads import LOST_HEADINGS, changes
from vaultlint.vault.tables import aliases_in, links_in, patch, place_links_in, tags_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.vault.facts import Facts
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.reads import Read
    from vaultlint.vault.settings import VaultSettings


class LiveIndex(Index):
    """What is known of a vault whose notes may change, while its list of files stays."""

    def __init__(self, files: FileTable, facts: dict[str, Facts], settings: VaultSettings | None = None) -> None:
        super().__init__(files, facts, settings)
        self._facts = facts

    def renew(self, notes: Mapping[str, Facts | None]) -> set[Read]:
        """Take in the facts of some notes, `None` for one that can't be read. The questions that it answers anew."""
        before = {path: self._facts.get(path) for path in notes}
        lost = self.__dict__.pop("_without_heading", None)
        for path, facts in notes.items():
            if facts != before[path]:
                self._renew(path, before[path], facts)
        changed = changes(before, notes, self.resolver.find)
        if lost is not None and lost != self._without_heading:
            changed.add((LOST_HEADINGS, ""))
        return changed

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
        }
        for name, entries in tables.items():
            table = self.__dict__.get(name)
            if table is not None:  # else nobody asked for it yet
                patch(table, path, entries(before) if before else (), entries(after) if after else ())
