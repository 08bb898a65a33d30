"""The user's cache folder: whole files or none, nobody else's, and never more than it may hold."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.engine.private import is_own, make_private
from vaultlint.engine.reader import OPEN_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 2_000_000_000
"""How much is kept of all vaults together; what was not used for longest goes first."""

PARTS = ("history", "vaults")
"""The folders in it that are vaultlint's own; what else lies there is somebody's who chose its place for both."""

_MOST_FILES = 5_000
"""Every call over a vault has its own, so that an editor that has one note after the other checked makes many."""

_SEAL = 32


class CacheInfo(Struct, frozen=True):
    """What is kept."""

    folder: Path
    vaults: int
    files: int
    size: int
    """Bytes."""


def cache_folder() -> Path:
    """The folder of everything that is kept; it need not be there."""
    from platformdirs import user_cache_path

    return user_cache_path("vaultlint", appauthor=False)


def file_of(part: str, kind: str, *words: str) -> Path:
    """Where something is kept: `part` is a folder in the cache, the words are what it is kept under."""
    return cache_folder() / part / f"{kind}-{name_of(*words)}"


def name_of(*words: str) -> str:
    """A file name for words of any kind."""
    return sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def load(file: Path) -> bytes | None:
    """Effect: reads a file of the cache. What was kept; `None` on any doubt: then it has to be found out anew."""
    with suppress(OSError):
        descriptor = os.open(file, OPEN_FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            if not is_own(os.fstat(stream.fileno())):
                return None
            data = stream.read()
        kept = memoryview(data)[_SEAL:]
        if sha256(kept).digest() == data[:_SEAL]:
            return bytes(kept)
    return None


def keep(file: Path, data: bytes) -> None:
    """Effect: writes a file of the cache, whole or not at all, and removes what is too much by then.

    Where that can't be done, nothing is lost; nor is what is larger than all that may be kept.
    """
    if len(data) >= MOST_BYTES:
        return
    written = file.with_name(f"{file.name}.{os.urandom(8).hex()}")
    try:
        make_private(file.parent)
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(sha256(data).digest())
            stream.write(data)
        written.replace(file)
    except OSError:
        with suppress(OSError):
            written.unlink()
    else:
        tidy()


def used(file: Path) -> None:
    """Effect: marks a file as used now, so that it stays longer."""
    with suppress(OSError):
        os.utime(file)


def tidy(most: int = MOST_BYTES, files: int = _MOST_FILES) -> None:
    """Effect: removes what was not used for longest, until no more than `most` bytes in so many files are left."""
    found = sorted(_files(), key=lambda pair: pair[1].st_mtime_ns)
    size = sum(status.st_size for _, status in found)
    for left, (file, status) in zip(range(len(found), 0, -1), found, strict=True):
        if size <= most and left <= files:
            return
        size -= status.st_size
        with suppress(OSError):
            file.unlink()


def info() -> CacheInfo:
    """Effect: looks into the cache folder. What is in it."""
    found = list(_files())
    vaults = {file.parent for file, _ in found if file.parent.parent.name == "vaults"}
    return CacheInfo(cache_folder(), len(vaults), len(found), sum(status.st_size for _, status in found))


def clean() -> CacheInfo:
    """Effect: empties the cache folder of what is vaultlint's own. What that was.

    Raises OSError where something can't be removed.
    """
    was = info()
    for place in (was.folder, *_parts()):
        if place.is_symlink():
            raise OSError(f"'{place}' is a symbolic link, so nothing behind it was removed")
    for part in _parts():
        if part.is_dir():
            shutil.rmtree(part)
    with suppress(OSError):  # something else is in it
        was.folder.rmdir()
    return was


def _parts() -> list[Path]:
    return [cache_folder() / part for part in PARTS]


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    for part in _parts():
        if part.is_symlink():
            continue
        for folder, _, names in os.walk(part):
            for name in names:
                file = Path(folder) / name
                with suppress(OSError):
                    yield file, file.stat(follow_symlinks=False)
