"""Reading a note's bytes: never a device, never behind a link out of the vault, never over the limit."""

from __future__ import annotations

import errno
import os
import stat

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


class NoteReader:
    """Reads the notes of one vault during one run."""

    def __init__(self, root: str, limit: int) -> None:
        self._root = os.path.realpath(root)
        self._limit = limit
        # Once a folder and not once a note: following links costs as much as reading a small note.
        self._folders: dict[str, bool] = {}

    def read(self, path: str) -> bytes:
        """Effect: reads a file. The bytes of the note `path` (vault-relative).

        Raises `NoteReadError`: over the limit of bytes, gone, no regular file, behind a link out of the vault,
        or refused by the system.
        """
        try:
            descriptor = self._open(path)
        except OSError as error:
            raise _unreadable(error) from error
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise NoteReadError("unreadable-note", "this is no regular file, so it was not opened")
            if status.st_size > self._limit:
                size, limit = human_size(status.st_size), human_size(self._limit)
                raise NoteReadError("note-too-large", f"{size} is over the limit of {limit}")
            return _read_all(descriptor, status.st_size, self._limit)
        except OSError as error:
            raise _unreadable(error) from error
        finally:
            os.close(descriptor)


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
            message = f"it grew over the limit of {human_size(limit)} while it was read"
            raise NoteReadError("note-too-large", message)
    return b"".join(parts)


def _outside() -> NoteReadError:
    return NoteReadError("unreadable-note", "a symbolic link leads out of the vault, so it was not followed")


def _unreadable(error: OSError) -> NoteReadError:
    if isinstance(error, FileNotFoundError):
        return NoteReadError("unreadable-note", "the note has vanished since the vault was listed")
    return NoteReadError("unreadable-note", f"the note can't be read: {error.strerror or error}")
