"""What runs did to the notes of a vault: the old bytes and the plan, kept before the first note is touched.

One run is one file, which appears whole or not at all (written aside, fsync, rename), and one more small file when
the run is complete. So a run is in one of three states that need no repair: not begun, begun (cut off, unless its
lock is held), complete. SQLite was weighed: it brings the same by a log of its own, but with more calls to the disk
that can fail between, locks that not every network disk has, and a file that keeps what was deleted from it, where
forgetting private text should be one unlink. Folders are the user's alone (0700), files too (0600).

```
<state>/journal/<hash of the vault's real path>/
    lock                   who is changing the vault
    <time>-<id>.run        magic, size and SHA-256 of the plan, the plan, the old bytes of each note
    <time>-<id>.end        which notes were left alone; it is there when the run is complete
```
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.folders import real_root
from vaultlint.engine.lock import is_locked, locked
from vaultlint.engine.private import UNFINISHED, is_own, make_private, put_private
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vaultlint.config.user import JournalLimits

_MAGIC = b"vaultlint journal 1\n"
_ID = "23456789bcdfghjkmnpqrstvwxz"
"""Signs that are not taken for one another, and that make no words."""
_YOUNG = 24 * 3600
"""Seconds: a run younger than that is never dropped, whatever the limits."""


class JournalError(UserError):
    """The journal can't be written, and then nothing was; or it can't be read."""


class Entry(Struct, frozen=True, array_like=True):
    """One note that a run changes."""

    path: str
    """As messages name it: vault-relative, POSIX."""
    file: bytes
    """The same as it is on disk."""
    old: bytes | None
    """SHA-256 of what it held; `None`: there was no file."""
    new: bytes | None
    """SHA-256 of what the run makes of it; `None`: it is removed."""
    mode: int | None
    size: int
    """Of the old bytes."""
    group: int
    """Entries of one number are written together or not at all."""


class Plan(Struct, frozen=True, array_like=True):
    """All that a run is going to do."""

    id: str
    root: bytes
    """The vault's real path."""
    kind: str
    """`fix`, `format`, `suppressions`, `undo`, or `types-json` for a change of the app's settings."""
    of: str
    """For an undo: the run that it takes back."""
    started: float
    temporary: str
    """The files in which new bytes wait beside notes are named after it: a number stands before the ending."""
    entries: tuple[Entry, ...]


class End(Struct, frozen=True, array_like=True):
    """How a run ended."""

    left: tuple[int, ...]
    """Which entries were left as they were."""
    cut: bool
    """Whether the run was cut off, and this written by a later one."""


class Run:
    """One run that the journal keeps."""

    def __init__(self, file: Path, plan: Plan, end: End | None, start: int) -> None:
        self.file = file
        self.plan = plan
        self.end = end
        """`None`: it was cut off, or is going on."""
        self._starts = list(accumulate((entry.size for entry in plan.entries), initial=start))

    @property
    def written(self) -> tuple[int, ...]:
        """The entries that may have been written."""
        left = set(() if self.end is None else self.end.left)
        return tuple(at for at in range(len(self.plan.entries)) if at not in left)

    @property
    def when(self) -> str:
        """When it began, in local time."""
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.plan.started))

    @property
    def root(self) -> str:
        """The vault's real path."""
        return os.fsdecode(self.plan.root)

    def old_bytes(self, entry: int) -> bytes | None:
        """Effect: reads a file. What a note held; `None`: there was none. Raises `JournalError`."""
        entries = self.plan.entries
        if entries[entry].old is None:
            return None
        try:
            with self.file.open("rb") as stream:
                stream.seek(self._starts[entry])
                data = stream.read(entries[entry].size)
        except OSError as error:
            raise _unreadable(self.file, error) from error
        if digest(data) != entries[entry].old:
            raise JournalError(f"'{self.file}', which keeps the old bytes, is damaged")
        return data


class Journal:
    """The runs over one vault."""

    def __init__(self, folder: Path, root: str) -> None:
        self._folder = folder
        self.root = root
        """The vault's real path."""

    @classmethod
    def of(cls, root: str | os.PathLike[str]) -> Journal:
        """The journal of the vault at `root`; it need not exist."""
        real = real_root(root)
        return cls(_home() / sha256(os.fsencode(real)).hexdigest()[:32], real)

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept of this vault."""
        return bool(self._names())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Effect: makes the folder; holds the vault's lock. Raises `LockedError` and `JournalError`."""
        with ExitStack() as stack:
            try:
                make_private(self._folder)
                stack.enter_context(locked(self._folder / "lock", self.root))
            except OSError as error:
                raise self._unkept(error) from error
            yield

    def runs(self) -> list[Run]:
        """Effect: reads the plans. The runs, the oldest first; what is damaged is left out."""
        found = (_read(file) for file in self._files())
        return [run for run in found if run is not None]

    def damaged(self) -> list[str]:
        """Effect: reads plans. The files that are not what a run wrote."""
        return [str(file) for file in self._files() if _read(file) is None]

    def unfinished(self) -> list[Run]:
        """Effect: reads plans. The runs that are not complete, the oldest first."""
        names = self._names()
        ends = {f"{name[:-4]}.run" for name in names if name.endswith(".end")}
        found = (_read(self._folder / name) for name in sorted(names - ends) if name.endswith(".run"))
        return [run for run in found if run is not None]

    def cut_off(self) -> Run | None:
        """Effect: reads plans. The last run that ended before its time; nobody knows while one goes on."""
        with suppress(JournalError):  # a check need not fail for that
            unfinished = self.unfinished()
            if unfinished and not is_locked(self._folder / "lock"):
                return unfinished[-1]
        return None

    def begin(self, kind: str, of: str, entries: tuple[Entry, ...], old: Iterable[bytes]) -> Run:
        """Effect: keeps a plan and the old bytes of its entries, for good. Raises `JournalError`."""
        from secrets import choice, token_hex  # a check needs none of it

        known = self._files()
        last = int(known[-1].name.partition("-")[0]) if known else 0
        stamp = max(time.time_ns(), last + 1)  # in order, even where the clock was put back
        name = "".join(choice(_ID) for _ in range(5))
        plan = Plan(name, os.fsencode(self.root), kind, of, time.time(), f".vaultlint-{token_hex(6)}.tmp", entries)
        packed = msgspec.msgpack.encode(plan)
        head = _MAGIC + len(packed).to_bytes(8, "big") + digest(packed) + packed
        file = self._folder / f"{stamp:020}-{name}.run"
        try:
            put_private(file, (head, *old))
        except OSError as error:
            with suppress(OSError):  # its name may be there: then it would seem cut off
                file.unlink()
            raise self._unkept(error) from error
        return Run(file, plan, None, len(head))

    def end(self, run: Run, left: Sequence[int], *, cut: bool = False) -> None:
        """Effect: notes down that a run is complete, and which entries it left alone.

        Where that can't be written, the run counts as cut off, and digests tell what it wrote.
        """
        run.end = End(tuple(left), cut)
        with suppress(OSError):
            put_private(run.file.with_suffix(".end"), (msgspec.msgpack.encode(run.end),))

    def forget(self, run: Run) -> int:
        """Effect: removes what is kept of a run; its bytes. Raises `JournalError`."""
        try:
            size = run.file.stat().st_size
            run.file.unlink()
            run.file.with_suffix(".end").unlink(missing_ok=True)
        except OSError as error:
            raise JournalError(f"'{run.file}' can't be removed: {error.strerror or error}") from error
        return size

    def trim(self, limits: JournalLimits) -> None:
        """Effect: forgets the oldest runs over the limits, save those younger than a day."""
        with suppress(OSError, JournalError):
            files = self._files()
            sizes = [file.stat().st_size for file in files]
            for at, file in enumerate(files):
                is_over = len(files) - at > limits.runs or sum(sizes[at:]) > limits.megabytes * 1_000_000
                if not is_over or time.time() - file.stat().st_mtime < _YOUNG:
                    return
                file.unlink()
                file.with_suffix(".end").unlink(missing_ok=True)

    def tidy(self) -> None:
        """Effect: removes what is left of runs that never began, and of runs that were forgotten."""
        names = self._names()
        for name in names:
            if name.endswith(UNFINISHED) or (name.endswith(".end") and f"{name[:-4]}.run" not in names):
                with suppress(OSError):
                    (self._folder / name).unlink(missing_ok=True)

    def _names(self) -> set[str]:
        """What lies in the folder; raises `JournalError` where that can't be known."""
        try:
            return {file.name for file in self._folder.iterdir()}
        except (FileNotFoundError, NotADirectoryError):
            return set()
        except OSError as error:
            raise _unreadable(self._folder, error) from error

    def _files(self) -> list[Path]:
        return [self._folder / name for name in sorted(self._names()) if name.endswith(".run")]

    def _unkept(self, error: OSError) -> JournalError:
        return JournalError(f"the old bytes could not be kept in '{self._folder}': {error.strerror or error}")


def find_run(name: str) -> Run | None:
    """Effect: reads plans. The run of that id, in the journals of all vaults."""
    if not name.isalnum():
        return None
    try:
        found = (_read(file) for file in _home().glob(f"*/*-{name}.run"))
        return next((run for run in found if run is not None), None)
    except OSError as error:
        raise _unreadable(_home(), error) from error


def kept_vaults() -> dict[str, int]:
    """Effect: reads plans. The vaults that the journal keeps runs of, and how many."""
    kept: dict[str, int] = {}
    for folder in sorted(_home().glob("*")):
        runs = Journal(folder, "").runs()
        if runs:
            kept[runs[-1].root] = len(runs)
    return kept


def digest(data: bytes) -> bytes:
    """What tells bytes apart: SHA-256."""
    return sha256(data).digest()


def _home() -> Path:
    from platformdirs import user_state_path

    return user_state_path("vaultlint", appauthor=False) / "journal"


def _read(file: Path) -> Run | None:
    """A run; `None` where its file is not what a run wrote. Raises `JournalError` where it can't be read."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not is_own(os.fstat(stream.fileno())) or stream.read(len(_MAGIC)) != _MAGIC:
                return None
            size, wanted = int.from_bytes(stream.read(8), "big"), stream.read(32)
            packed = stream.read(min(size, os.fstat(stream.fileno()).st_size))
        if digest(packed) != wanted:
            return None
        plan = msgspec.msgpack.decode(packed, type=Plan)
        return Run(file, plan, _read_end(file.with_suffix(".end")), len(_MAGIC) + 8 + 32 + size)
    except msgspec.MsgspecError:
        return None
    except OSError as error:
        raise _unreadable(file, error) from error


def _read_end(file: Path) -> End | None:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=End)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _unreadable(file: Path, error: OSError) -> JournalError:
    return JournalError(f"'{file}', which keeps the old bytes, can't be read: {error.strerror or error}")
