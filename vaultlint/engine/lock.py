"""One writer at a time for each vault: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from vaultlint.engine.reader import shut
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_FAR = 1 << 30
"""Where Windows locks: what it locks nobody else can read, and others read who holds it."""


class LockedError(UserError):
    """Another vaultlint is changing this vault."""


@contextmanager
def locked(file: Path, root: str) -> Iterator[None]:
    """Effect: holds the lock `file` of the vault at `root`; its folder is there. Never waits.

    Raises `LockedError` where another process, or another run in this one, holds it, and OSError. The file stays:
    were it removed, two could hold locks of one name. No process may be forked meanwhile: it would hold it too.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(file, flags, 0o600)
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno not in _HELD:
                raise
            raise LockedError(_who(descriptor, root)) from None
        with suppress(OSError):  # for people; the lock holds without
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()} {int(time.time())}".encode())
        yield
    finally:
        shut(descriptor)


def is_locked(file: Path) -> bool:
    """Effect: tries a lock. Whether somebody holds it."""
    try:
        with locked(file, ""):
            return False
    except LockedError:
        return True
    except OSError:
        return False


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _who(descriptor: int, root: str) -> str:
    """Who holds a lock, in words; the holder may be writing it just now."""
    with suppress(OSError, ValueError, OverflowError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        process, since = map(int, os.read(descriptor, 64).split())
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(since))
        return f"another vaultlint (process {process}) is changing '{root}' since {when}: try again when it is done"
    return f"another vaultlint is changing '{root}': try again when it is done"
