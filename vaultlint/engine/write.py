"""Putting a changed note on disk: whole or not at all, and only over the bytes that were read."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from vaultlint.engine.reader import NoteReader, NoteReadError, full_path

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRIES = 5
_WAIT = 0.1
"""Seconds: on Windows another program (a virus scanner, the app) may hold a file for a moment."""


class NoteWriteError(Exception):
    """A note that was not written; its old bytes are still there."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NoteWriter:
    """Replaces notes of one vault."""

    def __init__(self, root: str, limit: int, originals: Mapping[str, str]) -> None:
        self._root = os.path.realpath(root)
        self._originals = originals
        self._reader = NoteReader(root, limit, originals)
        self._folders: set[str] = set()

    def replace(self, path: str, old: bytes, new: bytes) -> None:
        """Effect: changes a file in one step. Raises `NoteWriteError`, and then nothing has changed.

        Only where the file still holds `old`. Mode is kept, and ownership where the system permits. Symbolic
        links and files outside the vault are refused.
        """
        file = full_path(self._root, self._originals.get(path, path))
        try:
            status = os.lstat(file)
            self._still(path, old)  # before anything is written: the folder may have become a link out of the vault
            _writable(file, status)
            temporary = _write_beside(file, new, status)
        except OSError as error:
            raise NoteWriteError(f"the note can't be written: {error.strerror or error}") from error
        try:
            self._still(path, old)
            _move(temporary, file)
        except OSError as error:
            raise NoteWriteError(f"the note can't be replaced: {error.strerror or error}") from error
        finally:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108  gone if all went well
        self._folders.add(os.path.dirname(file))  # noqa: PTH120

    def finish(self) -> None:
        """Make the new names last through a crash of the system; once a folder, for it is slow."""
        for folder in self._folders:
            _sync_folder(folder)
        self._folders.clear()

    def _still(self, path: str, old: bytes) -> None:
        try:
            now = self._reader.read(path)
        except NoteReadError as error:
            raise NoteWriteError(error.message) from error
        if now != old:
            raise NoteWriteError("the note was changed by another program meanwhile")


def put_file(file: str, data: bytes) -> None:
    """Effect: writes a file in one step, over what was there: mode and, where it can be, ownership are kept.

    For files that are no notes. `file` is absolute, with no link at its end. Raises OSError.
    """
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        status = None
    if status is not None and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, "it is read-only")
    temporary = _write_beside(file, data, status)
    try:
        _move(temporary, file)
    finally:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108  gone if all went well
    _sync_folder(os.path.dirname(file))  # noqa: PTH120


def _writable(file: str, status: os.stat_result) -> None:
    """Replacing needs no permission on the file itself: a file made read-only is left alone all the same."""
    if not status.st_mode & stat.S_IWUSR or not os.access(file, os.W_OK):
        raise NoteWriteError("the note is read-only")
    if status.st_nlink > 1:
        raise NoteWriteError("the file has several names (hard links), and replacing it would part them")


def _write_beside(file: str, data: bytes, status: os.stat_result | None) -> str:
    """A finished file in the same folder, hidden from the app, with the mode and owner of `status`, if any."""
    folder, name = os.path.split(file)
    temporary = os.path.join(folder, f".{name[:40]}.{secrets.token_hex(6)}.tmp")  # noqa: PTH118  bytes that are no Unicode
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666 if status is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            if status is not None:
                _make_alike(stream.fileno(), temporary, status)
            os.fsync(stream.fileno())
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    return temporary


def _make_alike(descriptor: int, file: str, status: os.stat_result) -> None:
    if hasattr(os, "fchown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.fchown(descriptor, status.st_uid, status.st_gid)
    os.chmod(file, stat.S_IMODE(status.st_mode))  # noqa: PTH101


def _move(temporary: str, file: str) -> None:
    for left in reversed(range(_TRIES)):
        try:
            os.replace(temporary, file)  # noqa: PTH105
        except PermissionError:
            if not left:
                raise
            time.sleep(_WAIT)
        else:
            return


def _sync_folder(folder: str) -> None:
    """Windows has no such call."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
