"""Reading one note's bytes: never a device, never behind a link out of the vault, never more than the limit."""

from __future__ import annotations

import errno
import os
import stat
from functools import lru_cache

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # opening a FIFO must not wait for somebody to write to it
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class NoteReadError(Exception):
    """A note that can't be read; `rule` is the engine's finding that says so."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


def read_note(root: str, path: str, limit: int) -> bytes:
    """Effect: reads a file. The bytes of the note `path` (vault-relative) of the vault at `root`.

    Raises `NoteReadError`: over `limit` bytes, gone, no regular file, behind a link out of the vault, or refused by
    the system.
    """
    try:
        descriptor = _open(root, path)
    except OSError as error:
        raise _unreadable(error) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NoteReadError("unreadable-note", "this is no regular file, so it was not opened")
        if status.st_size > limit:
            raise NoteReadError("note-too-large", f"{_size(status.st_size)} is over the limit of {_size(limit)}")
        return _read_all(descriptor, status.st_size, limit)
    except OSError as error:
        raise _unreadable(error) from error
    finally:
        os.close(descriptor)


def full_path(root: str, path: str) -> str:
    """The file of a vault-relative POSIX path."""
    return f"{root}/{path}" if os.sep == "/" else os.path.join(root, *path.split("/"))  # noqa: PTH118  hot


def inside(root: str, file: str) -> bool:
    """Effect: reads links. Whether the file or folder, all links followed, lies in the vault at `root`."""
    top, real = os.path.realpath(root), os.path.realpath(file)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _open(root: str, path: str) -> int:
    file = full_path(root, path)
    if not _folder_inside(root, os.path.dirname(file)):  # noqa: PTH120  hot
        raise _outside()
    try:
        return os.open(file, _FLAGS | _NO_FOLLOW)
    except OSError as error:
        if error.errno not in (errno.ELOOP, getattr(errno, "EMLINK", errno.ELOOP)):
            raise
    if not inside(root, file):
        raise _outside()
    return os.open(os.path.realpath(file), _FLAGS | _NO_FOLLOW)


@lru_cache(maxsize=4096)
def _folder_inside(root: str, folder: str) -> bool:
    # Once a folder and not once a note: following links costs as much as reading a small note.
    return inside(root, folder)


def _read_all(descriptor: int, size: int, limit: int) -> bytes:
    # One byte more than expected shows the end of the file in one call; a file that grows meanwhile is read on.
    data = os.read(descriptor, size + 1)
    if len(data) <= size:
        if len(data) == size:
            return data
        more = os.read(descriptor, size + 1)
        if not more:
            return data
        data += more
    parts = [data]
    total = len(data)
    while chunk := os.read(descriptor, 1 << 20):
        parts.append(chunk)
        total += len(chunk)
        if total > limit:
            raise NoteReadError("note-too-large", f"it grew over the limit of {_size(limit)} while it was read")
    return b"".join(parts)


def _outside() -> NoteReadError:
    return NoteReadError("unreadable-note", "a symbolic link leads out of the vault, so it was not followed")


def _unreadable(error: OSError) -> NoteReadError:
    if isinstance(error, FileNotFoundError):
        return NoteReadError("unreadable-note", "the note has vanished since the vault was listed")
    return NoteReadError("unreadable-note", f"the note can't be read: {error.strerror or error}")


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1000:.1f} kB"
    return f"{count / 1_000_000:.1f} MB"
