"""Files of vaultlint's own, in the user's folders: for the user alone, and whole or not there."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UNFINISHED = ".part"
"""How the name of a file ends while it is written."""


def make_private(folder: Path) -> None:
    """Effect: makes folders. Make a folder and those above it; what is new is the user's alone (0700)."""
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


def put_private(file: Path, parts: Iterable[bytes]) -> None:
    """Effect: writes a file (0600) that is there, whole, even after the power fails, or not at all.

    Its folder is there. Raises OSError.
    """
    written = file.with_name(file.name + UNFINISHED)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(written, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        written.replace(file)
        sync_folder(file.parent)
    except BaseException:
        with suppress(OSError):
            written.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Effect: makes the names in a folder last through a crash of the system. Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_own(status: os.stat_result) -> bool:
    """Whether nobody else can have written a file."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if os.name == "nt":  # there, the folder is the user's alone
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
