"""What was read of a repository's history, kept in the user's cache folder."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.private import is_own, make_private
from vaultlint.git.headings import Replaced  # noqa: TC001  msgspec reads the annotations
from vaultlint.git.renames import Ended  # noqa: TC001  msgspec reads the annotations
from vaultlint.git.trees import is_id

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""Raised whenever the same history would be read in another way."""


class Kept(Struct, frozen=True, array_like=True):
    """The ends of names, or of headings in some notes, up to one commit."""

    format: int
    place: str
    """What it is, the top of the work tree, and the prefix: files of one repository may not be taken for another's."""
    head: str
    ends: tuple[Ended, ...] = ()
    notes: tuple[str, ...] = ()
    """Those that headings were looked for in."""
    replaced: tuple[Replaced, ...] = ()


def place_of(top: Path, prefix: str, what: str) -> str:
    """What a part of a history is kept under."""
    return f"{what}\0{top}\0{prefix}".encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def load(place: str) -> Kept | None:
    """Effect: reads a file. What is kept of a place; `None` on any doubt: then the history is read anew."""
    with suppress(OSError, msgspec.MsgspecError, ValueError, RecursionError):
        descriptor = os.open(_file(place), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not is_own(os.fstat(file.fileno())):
                return None
            data = file.read()
        digest, packed = data[:32], data[32:]
        if sha256(packed).digest() == digest:
            kept = msgspec.msgpack.decode(packed, type=Kept)
            return kept if (kept.format, kept.place) == (FORMAT, place) and is_id(kept.head) else None
    return None


def keep(kept: Kept) -> None:
    """Effect: writes a file. Keep what was read; where that can't be done, nothing is lost."""
    packed = msgspec.msgpack.encode(kept)
    file = _file(kept.place)
    written = file.with_name(f"{file.name}.{token_hex(8)}")
    try:
        make_private(file.parent)
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(sha256(packed).digest() + packed)
        written.replace(file)
    except OSError:
        with suppress(OSError):
            written.unlink()


def _file(place: str) -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("vaultlint", appauthor=False) / "history"
    return folder / sha256(f"{FORMAT}\0{place}".encode()).hexdigest()[:32]
