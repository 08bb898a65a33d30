"""Reading a note's bytes: never a device, never behind a link out of the vault, never over the limit."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # opening a FIFO must not wait for somebody to write to it
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)  # the walk lists no note that is a link: this one has become one since
)
"""How a note is opened to be read."""


class NoteReadError(Exception):
    """A note that can't be read; `rule` is the engine's finding that says so."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


class NoteReader:
    """Reads the notes of one vault during one run."""

    def __init__(self, root: str, limit: int, originals: Mapping[str, str]) -> None:
        self._root = os.path.realpath(root)
        self._limit = limit
        self._originals = originals
        # Once a folder and not once a note: following links costs as much as reading a small note.
        self._folders: dict[str, bool] = {}

    def read(self, path: str) -> bytes:
        """Effect: reads a file. The bytes of the note `path` (vault-relative).

        Raises `NoteReadError`: over the limit of bytes, gone, no regular file, a symbolic link, behind one
        that leads out of the vault, or refused by the system.
        """
        try:
            descriptor = self._open(path)
        except OSError as error:
            raise unreadable(error) from error
        try:
            return read_open(descriptor, self._limit)
        finally:
            shut(descriptor)

    def _open(self, path: str) -> int:
        path = self._originals.get(path, path)
        folder = path.rpartition("/")[0]
        allowed = self._folders.get(folder)
        if allowed is None:
            allowed = self._folders[folder] = inside(self._root, full_path(self._root, folder))
        if not allowed:
            message = "a symbolic link leads out of the vault, so it was not followed"
            raise NoteReadError("unreadable-note", message)
        return os.open(full_path(self._root, path), OPEN_FLAGS)


def read_open(descriptor: int, limit: int) -> bytes:
    """Effect: reads an open file. Its bytes; raises `NoteReadError`: no regular file, over the limit, or refused."""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NoteReadError("unreadable-note", NO_REGULAR_FILE)
        if status.st_size > limit:
            raise too_large(status.st_size, limit)
        return _read_all(descriptor, status.st_size, limit)
    except OSError as error:
        raise unreadable(error) from error


def shut(descriptor: int) -> None:
    """Effect: closes what was only read; a disk that then finds fault has nothing to say that matters."""
    with suppress(OSError):
        os.close(descriptor)


def too_large(size: int, limit: int) -> NoteReadError:
    """What is said of a note of so many bytes."""
    return NoteReadError("note-too-large", f"{human_size(size)} is over the limit of {human_size(limit)}")


NO_REGULAR_FILE = "this is no regular file, so it was not opened"


def full_path(root: str, path: str) -> str:
    """The file of a vault-relative POSIX path."""
    return f"{root}/{path}" if os.sep == "/" else os.path.join(root, *path.split("/"))  # noqa: PTH118  hot


def inside(root: str, file: str) -> bool:
    """Effect: reads links. Whether the file or folder, all links followed, lies in the vault at `root`."""
    top, real = os.path.realpath(root), os.path.realpath(file)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def leads_elsewhere(name: str) -> bool:
    """Effect: reads links. Whether there is one on the way to a file or folder of the current folder.

    What lies there may be a stranger's, who must not choose what is read or written in its place. An absolute name
    of another folder is the caller's own word: that one may be behind links.
    """
    here = os.path.realpath(os.curdir)
    path = os.path.normcase(os.path.normpath(os.path.join(here, name)))  # noqa: PTH118  an absolute name stays
    is_here = not os.path.isabs(name) or path.startswith(os.path.normcase(here).rstrip(os.sep) + os.sep)  # noqa: PTH117
    return is_here and os.path.normcase(os.path.realpath(name)) != path


def human_size(count: int) -> str:
    """A number of bytes as people say it."""
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1000:.1f} kB"
    return f"{count / 1_000_000:.1f} MB"


def _read_all(descriptor: int, size: int, limit: int) -> bytes:
    # Asking for one byte more shows the end of the file in one call; a file that grows meanwhile is read on.
    data = os.read(descriptor, size + 1)
    if len(data) == size:
        return data
    parts = [data]
    total = len(data)
    while chunk := os.read(descriptor, 1 << 20):
        parts.append(chunk)
        total += len(chunk)
        if total > limit:
            message = f"it grew over the limit of {human_size(limit)} while it was read"
            raise NoteReadError("note-too-large", message)
    return b"".join(parts)


def unreadable(error: OSError) -> NoteReadError:
    """What is said of a note that the system would not open or read."""
    if isinstance(error, FileNotFoundError):
        return NoteReadError("unreadable-note", "the note has vanished since the vault was listed")
    if error.errno in (errno.ELOOP, errno.EMLINK):
        return NoteReadError("unreadable-note", "a symbolic link is not followed")
    return NoteReadError("unreadable-note", f"the note can't be read: {error.strerror or error}")
