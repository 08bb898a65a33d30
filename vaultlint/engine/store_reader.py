"""Reading notes from a store: what `NoteReader` is for a disk, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.engine.reader import NoteReadError, human_size
from vaultlint.vault.store import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.vault.store import Store


class StoreReader:
    """Reads the notes of one remote vault during one run. Keeps nothing, so that threads may share it."""

    def __init__(self, store: Store, limit: int) -> None:
        self._store = store
        self._limit = limit

    def read(self, path: str) -> bytes:
        """Effect: reads a note. Raises `NoteReadError`: over the limit of bytes, gone, or refused by the store."""
        ((_, content),) = self.read_each([path])
        if isinstance(content, NoteReadError):
            raise content
        return content

    def read_each(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | NoteReadError]]:
        """Effect: reads notes, in order, some ahead of their turn. Each with its bytes, or what `read` would raise."""
        for path, content in self._store.read_each(paths, self._limit):
            if isinstance(content, Exception):
                yield path, _unreadable(content)
            elif len(content) > self._limit:
                yield path, NoteReadError("note-too-large", f"it is over the limit of {human_size(self._limit)}")
            else:
                yield path, content


def _unreadable(error: Exception) -> NoteReadError:
    if isinstance(error, FileNotFoundError):
        return NoteReadError("unreadable-note", "the note has vanished since the vault was listed")
    return NoteReadError("unreadable-note", f"the note can't be read: {reason_of(error)}")
