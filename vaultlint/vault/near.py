"""Nearest names: what may be meant by a name that leads nowhere. For hints and suggestions, on demand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.vault.name_table import NameTable
from vaultlint.vault.names import base_name, shortest_first, spelling_key, without_extension
from vaultlint.vault.slips import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.vault.files import FileTable


class Nearest:
    """Looks for files by names that are not quite theirs. Remembers its answers."""

    def __init__(self, files: FileTable) -> None:
        self._files = files
        self._near: dict[str, tuple[str, ...]] = {}

    def same_but_spelling(self, path: str) -> tuple[str, ...]:
        """The files that `path` names but for case, Unicode form, separators, quotes, `%20`; shortest first.

        Where none lies in the folders that `path` names: those of that name in any other.
        """
        wanted = spelling_key(without_extension(path)).lstrip("./")
        named = self._spelt.get(base_name(wanted), ())
        tail = f"/{wanted}"
        fitting = tuple(file for file in named if f"/{spelling_key(without_extension(file))}".endswith(tail))
        return fitting or named

    def files(self, path: str) -> tuple[str, ...]:
        """The files that may be meant by `path`: another spelling or folder, no extension, a slip.

        All that are equally near, the most likely first.
        """
        if path not in self._near:
            self._near[path] = self._nearest(path)
        return self._near[path]

    def _nearest(self, path: str) -> tuple[str, ...]:
        if same := self.same_but_spelling(path):
            return same
        wanted = base_name(spelling_key(without_extension(path)))
        if bare := self._without_any_extension.get(wanted):
            return bare
        return tuple(file for name in self._names.nearest(wanted) for file in self._spelt[name])

    @cached_property
    def _spelt(self) -> NameTable:
        return _table((base_name(spelling_key(without_extension(base_name(file)))), file) for file in self._files.files)

    @cached_property
    def _without_any_extension(self) -> NameTable:
        with_extension = [(name, files) for name, files in self._spelt.items() if "." in name]
        return _table((name.rpartition(".")[0], file) for name, files in with_extension for file in files)

    @cached_property
    def _names(self) -> Names:
        return Names(self._spelt)


class NearestHeading:
    """Looks for the headings of one note by text that is not quite theirs. Remembers its answers."""

    def __init__(self, headings: Iterable[str]) -> None:
        self._keys: dict[str, str] = {}
        for heading in headings:
            self._keys.setdefault(spelling_key(heading), heading)
        self._names = Names(self._keys)
        self._near: dict[str, str | None] = {}

    def heading(self, wanted: str) -> str | None:
        """The heading, as written, that may be meant: separators and case aside, or but for a slip."""
        key = spelling_key(wanted)
        if key not in self._near:
            names = [key] if key in self._keys else self._names.nearest(key)
            self._near[key] = self._keys[names[0]] if names else None
        return self._near[key]


def _table(pairs: Iterable[tuple[str, str]]) -> NameTable:
    """Name -> files, shortest path first."""
    return NameTable(((name, file) for name, file in pairs if name), shortest_first)
