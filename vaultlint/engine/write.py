"""Putting a changed note on disk: whole or not at all, and only over the bytes that were read."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from vaultlint.engine.alike import make_alike
from vaultlint.engine.folders import Folder, Folders
from vaultlint.engine.reader import OPEN_FLAGS, NoteReadError, read_open, shut, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Done = TypeVar("Done")

_TRIES = 5
_WAIT = 0.1
"""Seconds: on Windows another program (a virus scanner, the app) may hold a file for a moment."""

_PERMISSIONS = 0o777

CHANGED = "it was changed by another program meanwhile"


class NoteWriteError(Exception):
    """A note that was not written; its old bytes are still there."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Staged(Struct, frozen=True):
    """A change of one note that is ready to be made."""

    path: str
    old: bytes | None
    new: bytes | None
    beside: str | None
    """The name of the file beside it in which the new bytes wait; `None` where the note is to be removed."""


class NoteWriter:
    """Replaces notes of one vault; to be closed.

    A change is staged (the new bytes wait in a file beside the note), synced and made. Many are best staged before the
    first is synced, and all synced before the first is made: a disk is quicker at many of a kind.
    """

    def __init__(self, root: str, originals: Mapping[str, str], temporary: str, lane: int = 0) -> None:
        """`temporary`: what the files in which new bytes wait are named after; nobody but this run has such names.

        Of the writers of a run that work side by side each has a lane.
        """
        self._folders = Folders(root)
        self._originals = originals
        self._stem, self._end = os.path.splitext(temporary)  # noqa: PTH122  it is no path
        self._lane = lane
        self._staged = 0
        self._unsynced: set[str] = set()
        self._stray: list[Staged] = []

    def read(self, path: str, limit: int) -> bytes | None:
        """Effect: reads a note, with no link followed on the way. `None` where there is none.

        Raises `NoteWriteError`: what is there can't be had, or is over the limit of bytes.
        """
        try:
            folder, name = self._at(path)
            with _opened(folder, name) as descriptor:
                return read_open(descriptor, limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NoteWriteError(unreadable(error).message) from error
        except NoteReadError as error:
            raise NoteWriteError(error.message) from error

    def replace(self, path: str, old: bytes | None, new: bytes | None, mode: int | None = None) -> None:
        """Effect: changes a file in one step. Raises `NoteWriteError`, and then nothing has changed.

        Only where the file still holds `old`; `None`: where there is none, and it is made, with `mode`. With `None`
        for `new` it is removed. Mode, owner, attributes and access lists are kept as `make_alike` says. Symbolic
        links, on the way too, are refused, and so are files that are read-only or have several names.
        """
        staged = self.stage(path, old, new, mode)
        try:
            self.sync(staged)
            self.make(staged)
        except BaseException:
            self.drop(staged)
            raise

    def stage(self, path: str, old: bytes | None, new: bytes | None, mode: int | None = None) -> Staged:
        """Effect: makes a file beside a note. The change, as `replace` has it, ready to be synced and made.

        It is to be dropped if it is not made. Raises `NoteWriteError`, and then no file was made.
        """
        if new is None:
            return Staged(path, old, None, None)
        self._staged += 1
        staged = Staged(path, old, new, f"{self._stem}-{self._lane}-{self._staged}{self._end}")
        try:
            self._fill(staged, new, mode)
        except BaseException as error:
            self.drop(staged)
            if isinstance(error, OSError):
                raise NoteWriteError(_reason(error)) from error
            raise
        return staged

    def sync(self, staged: Staged) -> None:
        """Effect: makes the new bytes last through a crash of the system. Raises `NoteWriteError`."""
        if staged.beside is None:
            return
        try:
            folder, _ = self._at(staged.path)
            _sync(folder.name(staged.beside), folder.handle)
        except OSError as error:
            raise NoteWriteError(_reason(error)) from error

    def make(self, staged: Staged) -> None:
        """Effect: changes a file in one step. Raises `NoteWriteError`, and then nothing has changed."""
        path, beside = staged.path, staged.beside
        try:
            folder, name = self._at(path)
            _check(folder, name, staged)  # as late as can be
            if beside is None:
                _patiently(lambda: os.unlink(folder.name(name), dir_fd=folder.handle))
            else:
                _move(folder.name(beside), folder.name(name), folder.handle)
        except OSError as error:
            raise NoteWriteError(_reason(error)) from error
        self._unsynced.add(self._originals.get(path, path).rpartition("/")[0])

    def drop(self, staged: Staged) -> None:
        """Effect: removes the file beside a note, if there is one; where that fails, `finish` tries again."""
        if staged.beside is not None and not self._dropped(staged):
            self._stray.append(staged)

    def _dropped(self, staged: Staged) -> bool:
        try:
            return _removed(self._at(staged.path)[0], staged.beside or "")
        except FileNotFoundError:  # the folder has gone, or never was
            return True
        except OSError:
            return False

    def sweep(self, path: str) -> bool:
        """Effect: removes the files that a run left beside a note, if it left any. Whether none is there."""
        try:
            folder, _ = self._at(path)
            left = [name for name in folder.names() if name.startswith(self._stem) and name.endswith(self._end)]
            stray = [name for name in left if not _removed(folder, name)]
            return not stray
        except FileNotFoundError:
            return True
        except OSError:
            return False

    def finish(self) -> None:
        """Effect: makes the new names last through a crash of the system; once a folder, for it is slow."""
        for path in sorted(self._unsynced):
            with suppress(OSError):
                self._folders.open(path).sync()
        self._unsynced.clear()
        for staged in self._stray:
            self._dropped(staged)
        self._stray.clear()

    def close(self) -> None:
        """Effect: lets go of what is open."""
        self._folders.close()

    def _at(self, path: str, *, make: bool = False) -> tuple[Folder, str]:
        folder, _, name = self._originals.get(path, path).rpartition("/")
        return self._folders.open(folder, make=make), name

    def _fill(self, staged: Staged, new: bytes, mode: int | None) -> None:
        folder, name = self._at(staged.path, make=staged.old is None)
        beside = folder.name(staged.beside or "")
        if staged.old is None:
            _fill(beside, folder.handle, new, None, mode)
            return
        with _opened(folder, name) as descriptor:
            _compare(descriptor, staged.old)  # before anything is written
            _writable(folder, name, os.fstat(descriptor))
            _fill(beside, folder.handle, new, descriptor, mode)


def put_file(file: str, data: bytes) -> None:
    """Effect: writes a file in one step, over what was there: mode and the like are kept as `make_alike` says.

    For files that are no notes. `file` is absolute, with no link at its end. Raises OSError.
    """
    folder = os.path.dirname(file)  # noqa: PTH120
    beside = os.path.join(folder, f".vaultlint-{os.urandom(6).hex()}.tmp")  # noqa: PTH118  bytes that are no Unicode
    try:
        descriptor = os.open(file, OPEN_FLAGS)
    except FileNotFoundError:
        _fill(beside, None, data, None, 0o666)
    else:
        try:
            if not os.access(file, os.W_OK):
                raise PermissionError(errno.EACCES, "it is read-only")
            _fill(beside, None, data, descriptor, None)
        finally:
            shut(descriptor)
    try:
        _sync(beside, None)
        _move(beside, file, None)
    finally:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108  gone if all went well
    _sync_folder(folder)


@contextmanager
def _opened(folder: Folder, name: str) -> Iterator[int]:
    descriptor = _patiently(lambda: os.open(folder.name(name), OPEN_FLAGS, dir_fd=folder.handle))
    try:
        yield descriptor
    finally:
        shut(descriptor)


def _removed(folder: Folder, temporary: str) -> bool:
    """Effect: removes a temporary file if there is one, and if it is a file. Whether it is gone."""
    name = folder.name(temporary)
    try:
        if stat.S_ISREG(os.stat(name, dir_fd=folder.handle, follow_symlinks=False).st_mode):
            os.unlink(name, dir_fd=folder.handle)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _check(folder: Folder, name: str, staged: Staged) -> None:
    """Raises `NoteWriteError` where a file is not the one that a change was staged for; where there is none, if one is.

    The new bytes may have waited for a while: what forbids to replace it may have come since.
    """
    if staged.old is not None:
        with _opened(folder, name) as descriptor:
            _compare(descriptor, staged.old)
            if staged.beside is not None:
                status = os.fstat(descriptor)
                _writable(folder, name, status)
                _compare_modes(folder, staged.beside, status)
        return
    with suppress(FileNotFoundError):
        os.stat(folder.name(name), dir_fd=folder.handle, follow_symlinks=False)
        raise NoteWriteError("there is a file of that name now")


def _compare_modes(folder: Folder, beside: str, status: os.stat_result) -> None:
    waiting = os.stat(folder.name(beside), dir_fd=folder.handle, follow_symlinks=False)
    if (waiting.st_mode ^ status.st_mode) & _PERMISSIONS:
        raise NoteWriteError("its permissions were changed by another program meanwhile")


def _compare(descriptor: int, old: bytes) -> None:
    try:
        same = read_open(descriptor, max(len(old), 1)) == old
    except NoteReadError as error:
        if error.rule != "note-too-large":
            raise NoteWriteError(error.message) from error
        same = False
    if not same:
        raise NoteWriteError(CHANGED)


def _writable(folder: Folder, name: str, status: os.stat_result) -> None:
    """Replacing needs no permission on the file itself: a file made read-only is left alone all the same."""
    if not status.st_mode & stat.S_IWUSR or not os.access(folder.name(name), os.W_OK, dir_fd=folder.handle):
        raise NoteWriteError("the note is read-only")
    if status.st_nlink > 1:
        raise NoteWriteError("the file has several names (hard links), and replacing it would part them")


def _fill(file: str, folder: int | None, data: bytes, like: int | None, mode: int | None) -> None:
    """Make a finished file that was not there, like the open file `like`, or else with a mode; it is not synced."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags, 0o600 if mode is None else mode, dir_fd=folder)
    except FileExistsError:  # this run's own, which could not be removed before
        os.unlink(file, dir_fd=folder)
        descriptor = os.open(file, flags, 0o600 if mode is None else mode, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            if like is not None:
                make_alike(stream.fileno(), like)
    except BaseException:
        with suppress(OSError):
            os.unlink(file, dir_fd=folder)
        raise


def _sync(file: str, folder: int | None) -> None:
    # Windows syncs only what is open for writing; elsewhere a file may be one that not even its owner may write.
    flags = (os.O_RDWR if os.name == "nt" else os.O_RDONLY) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(file, flags, dir_fd=folder)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move(beside: str, file: str, folder: int | None) -> None:
    _patiently(lambda: os.replace(beside, file, src_dir_fd=folder, dst_dir_fd=folder))


def _patiently(call: Callable[[], Done]) -> Done:
    """What a call gives; tried again where another program may hold the file."""
    for _ in range(_TRIES - 1):
        try:
            return call()
        except PermissionError:
            time.sleep(_WAIT)
    return call()


def _reason(error: OSError) -> str:
    if os.name == "nt" and isinstance(error, PermissionError):
        return "another program holds it, or it may not be written"
    if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENOENT):
        return unreadable(error).message
    return f"the note can't be replaced: {error.strerror or error}"


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
