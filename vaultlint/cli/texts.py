"""The text of notes that were checked, once more: for code frames and for places of edits."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from vaultlint.engine.reader import NoteReader, NoteReadError
from vaultlint.note.source import NoteDecodeError, decode

if TYPE_CHECKING:
    from collections.abc import Mapping


KEPT = 64_000_000
"""Code points: so much text stays at hand, for several reports of one run ask for the same notes."""


class CheckedTexts:
    """Vault-relative path -> text. The only place where a report goes back to a file."""

    def __init__(
        self, root: str, limit: int, checked_at: float, given: Mapping[str, str], *, again: bool = False
    ) -> None:
        """`checked_at`: when the run began (`time.time`); `given`: texts that need no reading.

        `again`: there are several reports, which all ask for the same notes.
        """
        self._root = root
        self._reader = NoteReader(root, limit, {})
        self._checked_at = checked_at
        self._given = given
        self._last: tuple[str, str | None] = ("", None)
        self._kept: dict[str, str | None] = {}
        self._room = KEPT if again else 0

    def __call__(self, path: str) -> str | None:
        """Effect: reads a note. `None` where it changed since the run began, or can't be had any more."""
        if path in self._given:
            return self._given[path]
        if path in self._kept:
            return self._kept[path]
        if path != self._last[0]:
            self._last = path, self._read(path)
            self._keep(*self._last)
        return self._last[1]

    def _keep(self, path: str, text: str | None) -> None:
        self._room -= len(text or "")
        if self._room >= 0:
            self._kept[path] = text

    def _read(self, path: str) -> str | None:
        try:
            changed = os.stat(os.path.join(self._root, path)).st_mtime  # noqa: PTH116, PTH118 - once a note shown
            if self._checked_at < changed <= time.time():
                return None
            return decode(self._reader.read(path))
        except (OSError, ValueError, NoteReadError, NoteDecodeError):
            return None
