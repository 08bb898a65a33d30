"""What a run saw of every note, for the next: facts, and what is wrong in the note itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.cache import folder
from vaultlint.engine.cache.stamps import Stamps, has_content
from vaultlint.engine.reader import NoteReader
from vaultlint.engine.wire import Examined  # noqa: TC001  msgspec reads the annotations
from vaultlint.rule.meta import RULE_CRASHED
from vaultlint.vault.column import packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.engine.cache.surroundings import Surroundings
    from vaultlint.vault.files import FileTable


_WORTH = 125
"""To write a note anew with all others takes so much less than to read it again: measured, 4 and 500 microseconds."""


class _Kept(Struct, array_like=True):
    """One file: the notes, in any order."""

    place: str
    """The vault, and what the notes were examined under: no file may be taken for another's."""
    stamps: Stamps
    wanted: bytes
    """How much was wanted of each: a byte a note."""
    notes: list[Examined]


class NoteCache:
    """The notes of one vault as a run before saw them, under the same surroundings; for one run."""

    def __init__(self, root: str, under: Surroundings, stamps: Stamps, *, by_content: bool = False) -> None:
        """`stamps` are of all notes of the vault, in their order, from before they are read.

        `by_content`: trust no time of a file, and read every note to see whether it is the same.
        """
        self.under = under
        self._place = f"{root}\0{under.key()}"
        self._file = folder.file_of(f"vaults/{folder.name_of(root)}", "notes", self._place)
        self._by_content = by_content
        self.stamps = stamps
        self._levels: dict[str, int] = {}
        self._is_stale = True

    def known(self, files: FileTable, wanted: Mapping[str, int], limit: int) -> dict[str, Examined]:
        """Effect: reads the cache, and notes that may be others than they seem.

        Of the notes in `wanted`, those that are as they were and of which as much was wanted. `limit` is as in
        `NoteReader`.
        """
        kept = self._load()
        if kept is None:
            return {}
        here = {path: place for place, path in enumerate(files.notes)}
        doubtful = set(range(len(kept.notes)) if self._by_content else kept.stamps.doubtful())
        reader = NoteReader(files.root, limit, files.originals)
        found: dict[str, Examined] = {}
        renewed = 0
        for place, note in enumerate(kept.notes):
            path = note.path
            if kept.wanted[place] < wanted.get(path, kept.wanted[place] + 1):
                continue
            if place in doubtful or kept.stamps.of(place) != self.stamps.of(here[path]):
                if not has_content(reader, path, note.digest):
                    continue
                renewed += 1
            found[path] = note
            self._levels[path] = kept.wanted[place]
        new = max(len(wanted), len(kept.notes)) - len(found)
        self._is_stale = (new + renewed) * _WORTH >= len(kept.notes) and new + renewed > 0
        return found

    def keep(self, files: FileTable, wanted: Mapping[str, int], examined: Mapping[str, Examined]) -> None:
        """Effect: writes the cache, where it holds something else, or holds it of a time too close to be trusted.

        For a few notes it is not worth it: they are read again the next time.
        """
        if not self._is_stale:
            return
        notes: list[Examined] = []
        numbers: list[bytes] = []
        levels = bytearray()
        for place, path in enumerate(files.notes):
            note = examined.get(path)
            if note is not None and note.digest and path in wanted and not _crashed(note):
                notes.append(note)
                numbers.append(self.stamps.of(place))
                levels.append(self._levels.get(path, wanted[path]))
        kept = _Kept(self._place, Stamps(self.stamps.at, b"".join(numbers)), bytes(levels), notes)
        folder.keep(self._file, packed(kept))

    def _load(self) -> _Kept | None:
        data = folder.load(self._file)
        if data is None:
            return None
        try:
            kept = msgspec.msgpack.decode(data, type=_Kept)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        count = len(kept.notes)
        if kept.place != self._place or len(kept.wanted) != count or not kept.stamps.are_of(count):
            return None
        folder.used(self._file)
        return kept


def _crashed(note: Examined) -> bool:
    """Whether a rule failed over a note: it may not the next time, where memory was short, say."""
    return any(found.rule == RULE_CRASHED for found in note.found)
