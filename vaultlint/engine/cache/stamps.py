"""What the file system says of notes, and how far it can be trusted that a note is as it was."""

from __future__ import annotations

import os
import time
from array import array
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.engine.digests import digest_of
from vaultlint.engine.reader import NoteReader, NoteReadError, full_path

if TYPE_CHECKING:
    from vaultlint.vault.files import FileTable

DIGEST = "sha1"
"""The algorithm of the digests of notes: git's own name for them, which other parts of a run ask for, too."""

_RACY = 2_000_000_000
"""Nanoseconds: two writes within them may leave one and the same time (FAT has steps of 2 s)."""

_PARTS = 4
_MASK = 2**64 - 1


class Stamps(Struct, frozen=True, array_like=True):
    """What the file system said of the notes of a vault, in their order."""

    at: int
    """When looking began: nanoseconds since 1970, by the system's clock."""
    numbers: bytes
    """Of each note four numbers of 64 bits: size, time of change, number of the file, and, where the system has it,
    when the file's own entry changed. All 0 where the note could not be looked at."""

    def of(self, place: int) -> bytes:
        """What was said of one note."""
        start = place * 8 * _PARTS
        return self.numbers[start : start + 8 * _PARTS]

    def are_of(self, count: int) -> bool:
        """Whether they are of so many notes."""
        return len(self.numbers) == 8 * _PARTS * count

    def other_than(self, before: Stamps) -> list[int]:
        """The places of the notes of which something else was said before; there are as many."""
        numbers, old = memoryview(self.numbers), memoryview(before.numbers)
        size = 8 * _PARTS
        return [at // size for at in range(0, len(numbers), size) if numbers[at : at + size] != old[at : at + size]]

    def doubtful(self) -> list[int]:
        """The places of the notes that may change and look the same: they changed when this was taken, or never were.

        git has this rule as well, for its index.
        """
        numbers = array("Q")
        numbers.frombytes(self.numbers)
        settled = self.at - _RACY
        changed, entered = numbers[1::_PARTS], numbers[3::_PARTS]
        return [place for place, times in enumerate(zip(changed, entered, strict=True)) if not 0 < max(times) < settled]


def stamps_of(files: FileTable) -> Stamps:
    """Effect: asks the file system. The stamps of all notes."""
    at = time.time_ns()
    numbers = array("Q")
    root, originals = files.root, files.originals
    for path in files.notes:
        try:
            found = os.stat(full_path(root, originals.get(path, path)), follow_symlinks=False)  # noqa: PTH116  hot
        except (OSError, ValueError):
            numbers.extend((0, 0, 0, 0))
        else:
            numbers.extend((found.st_size, found.st_mtime_ns & _MASK, found.st_ino & _MASK, found.st_ctime_ns & _MASK))
    return Stamps(at, numbers.tobytes())


def has_content(reader: NoteReader, path: str, digest: bytes) -> bool:
    """Effect: reads a note. Whether it holds what `digest` is of; an empty one is of nothing."""
    try:
        return bool(digest) and digest_of(reader.read(path), DIGEST) == digest
    except NoteReadError:
        return False
