"""A plain copy of the old bytes of every note that a run changes, in the user's state folder."""

from __future__ import annotations

import os
import time
from secrets import token_hex
from typing import TYPE_CHECKING

from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


class BackupError(UserError):
    """The copy could not be made: nothing was written."""


def backup(notes: dict[str, bytes]) -> Path:
    """Effect: writes files. Copy the bytes of notes (by vault-relative path) to a new folder, and say which.

    Folders are for the user alone (0700), files too (0600). Raises `BackupError`.
    """
    from platformdirs import user_state_path

    run = f"{time.strftime('%Y%m%d-%H%M%S')}-{token_hex(4)}"
    folder = user_state_path("vaultlint", appauthor=False) / "backups" / run
    try:
        make_private(folder)
        for path, data in notes.items():
            file = folder.joinpath(*path.split("/"))
            make_private(file.parent)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as error:
        reason = error.strerror or str(error)
        raise BackupError(f"the old bytes could not be kept in '{folder}': {reason}") from error
    return folder


def make_private(folder: Path) -> None:
    """Effect: makes folders. Make a folder and those above it; what is new is the user's alone."""
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)
