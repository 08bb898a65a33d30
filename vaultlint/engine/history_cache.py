"""What was read of a repository's history, kept in the user's cache folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.cache import folder
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
    packed = folder.load(_file(place))
    if packed is None:
        return None
    try:
        kept = msgspec.msgpack.decode(packed, type=Kept)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return kept if (kept.format, kept.place) == (FORMAT, place) and is_id(kept.head) else None


def keep(kept: Kept) -> None:
    """Effect: writes a file. Keep what was read; where that can't be done, nothing is lost."""
    folder.keep(_file(kept.place), msgspec.msgpack.encode(kept))


def _file(place: str) -> Path:
    return folder.file_of("history", "read", str(FORMAT), place)
