"""Folders of a vault held open, so that no link put in a path's way meanwhile leads out of it.

Where the system opens files by an open folder (all but Windows), each step of a path is opened from the one before
it, and no step follows a link. On Windows files are opened by their whole path, after a look at where it leads.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from vaultlint.engine.reader import full_path, inside, shut

BY_HANDLE = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")

_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Folder:
    """One folder of a vault, held open until it is closed."""

    def __init__(self, path: str, handle: int | None) -> None:
        self.path = path
        self.handle = handle
        """For `dir_fd`; `None` where names are whole paths."""

    def name(self, name: str) -> str:
        """A file of this folder, for a call that is given `handle` as well."""
        return name if self.handle is not None else os.path.join(self.path, name)  # noqa: PTH118

    def names(self) -> list[str]:
        """Effect: reads the folder. The names of all that lies in it. Raises OSError."""
        return os.listdir(self.path if self.handle is None else self.handle)  # noqa: PTH208  an open folder

    def sync(self) -> None:
        """Effect: makes the names in it last through a crash of the system; Windows has no such call."""
        if self.handle is not None:
            with suppress(OSError):  # a disk that can't: there is no more to be done
                os.fsync(self.handle)

    def close(self) -> None:
        """Effect: lets go of it."""
        handle, self.handle = self.handle, None
        if handle is not None:
            shut(handle)


class Folders:
    """The folders of one vault; the last one used stays open, so that its notes cost one opening."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self._last: tuple[str, Folder] | None = None

    def open(self, path: str, *, make: bool = False) -> Folder:
        """Effect: opens a folder (vault-relative, as on disk; empty: the vault itself); with `make`, makes it.

        Raises OSError: ELOOP where a link is in the way. Good until the next call.
        """
        if self._last is not None and self._last[0] == path:
            return self._last[1]
        self.close()
        folder = self._by_handle(path, make) if BY_HANDLE else self._by_path(path, make)
        self._last = path, folder
        return folder

    def close(self) -> None:
        """Effect: lets go of the folder that is open."""
        last, self._last = self._last, None
        if last is not None:
            last[1].close()

    def _by_handle(self, path: str, make: bool) -> Folder:
        handle = os.open(self._root, _FLAGS)
        for step in path.split("/") if path else ():
            try:
                if step in ("", ".", ".."):
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
                inner = _step(step, handle, make)
            finally:
                shut(handle)
            handle = inner
        return Folder(full_path(self._root, path), handle)

    def _by_path(self, path: str, make: bool) -> Folder:
        folder = full_path(self._root, path) if path else self._root
        if not inside(self._root, folder):
            raise OSError(errno.ELOOP, "a symbolic link leads out of the vault, so it was not followed")
        if make:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        return Folder(folder, None)


def _step(step: str, handle: int, make: bool) -> int:
    if make:
        with suppress(FileExistsError):
            os.mkdir(step, dir_fd=handle)
    try:
        return os.open(step, _FLAGS, dir_fd=handle)
    except NotADirectoryError:
        # Linux says so of a link, too, when a folder is asked for.
        if _is_link(step, handle):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
        raise


def _is_link(step: str, handle: int) -> bool:
    import stat

    return stat.S_ISLNK(os.stat(step, dir_fd=handle, follow_symlinks=False).st_mode)


def real_root(root: str | os.PathLike[str]) -> str:
    """Effect: reads links. A vault's folder by its one real path, in its one spelling where the system tells it."""
    real = os.path.realpath(root)
    if sys.platform == "darwin":  # there, /Users/me/vault may be /Users/me/Vault
        import fcntl

        with suppress(OSError):
            handle = os.open(real, _FLAGS)
            try:
                return os.fsdecode(fcntl.fcntl(handle, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
            finally:
                os.close(handle)
    return real
