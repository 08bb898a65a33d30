"""A vault on disk, for scripts: its notes by name, and what their links mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.note.note import Note, parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.vault.facts import Facts, LinkFact
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.files import FileTable, read_regular, walk
from vaultlint.vault.index import Index
from vaultlint.vault.settings import VaultSettings, read_settings

if TYPE_CHECKING:
    import os

    from vaultlint.vault.links import Target


class Vault:
    """The notes of one vault. A note is read when it is first asked for, or needed for an answer."""

    def __init__(self, files: FileTable, settings: VaultSettings) -> None:
        self.files = files
        self.settings = settings
        self.index = Index(files, _FactsOnDemand(files), settings)
        """What links mean. Its facts are read from the notes as they are needed."""
        self._notes: dict[str, Note] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Vault:
        """Effect: lists the vault's files. Raises OSError if `path` is no folder that can be listed."""
        return cls(walk(path), read_settings(path))

    @property
    def notes(self) -> tuple[str, ...]:
        """The paths of all notes, vault-relative and sorted."""
        return self.files.notes

    def __getitem__(self, name: str) -> Note:
        """Effect: reads the note, the first time. By its path, or by name as a link from the root has it.

        Raises KeyError if there is no such note, OSError if it can't be read, NoteDecodeError if it is not
        text.
        """
        found = self.index.resolver.find(name, "") if name else None
        if found is None or found.path is None or not found.is_note or found.opaque:
            raise KeyError(name)
        if found.path not in self._notes:
            self._notes[found.path] = _read(self.files, found.path)
        return self._notes[found.path]

    def resolve(self, text: str, source: Note | str = "") -> Target:
        """Where `text` (`Recipes#Soup`) leads as a link in `source` (a note or its path), or in the root."""
        path, *subpath = text.split("#")
        nowhere = Span(0, 0)
        link = LinkFact(nowhere, path.strip(), nowhere, tuple(subpath), nowhere, None, False, False)
        return self.index.resolve(link, source.path if isinstance(source, Note) else source)

    def backlinks(self, path: str) -> tuple[tuple[str, LinkFact], ...]:
        """Effect: reads all notes, the first time. The links to the file `path`, each with its note."""
        return self.index.backlinks(path)


class _FactsOnDemand(Mapping[str, Facts]):
    """Note path -> its facts, read at first use. A note that can't be read has none."""

    def __init__(self, files: FileTable) -> None:
        self._files = files
        self._facts: dict[str, Facts | None] = {}

    def __getitem__(self, path: str) -> Facts:
        if path not in self._facts:
            self._facts[path] = self._find(path)
        facts = self._facts[path]
        if facts is None:
            raise KeyError(path)
        return facts

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._files.notes if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._files.notes)

    def _find(self, path: str) -> Facts | None:
        if path not in self._known:
            return None
        try:
            return facts_of(_read(self._files, path))
        except (OSError, NoteDecodeError):
            return None


def _read(files: FileTable, path: str) -> Note:
    return parse_note(decode(read_regular(files.locate(path))), path)
