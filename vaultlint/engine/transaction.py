"""One run over many notes: what it is going to do is kept first, then the notes are replaced."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from threading import Event
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.config.user import journal_limits
from vaultlint.engine.journal import Entry, Journal, JournalError, Run, digest
from vaultlint.engine.reader import full_path
from vaultlint.engine.write import NoteWriteError, NoteWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vaultlint.engine.write import Staged


LARGEST = 1_000_000_000
"""Bytes of a file that stands where a note was; more is not read."""


class Change(Struct, frozen=True):
    """What a run does to one note."""

    path: str
    """Vault-relative, POSIX, as messages name it."""
    old: bytes | None
    """What it holds; `None`: there is no such file."""
    new: bytes | None
    """What it is to hold; `None`: it is removed."""
    mode: int | None = None
    """Of a file that is made."""


class Trouble(Struct, frozen=True):
    """A note that could not be written, or not be put back."""

    path: str
    message: str
    put_back: bool = False
    """Whether it was to be put back what it was, since a note that it belongs to could not be written."""


_LANES = 8
"""A disk that is asked for several notes at once has them sooner than one after another."""
_MOST_GROUPS = 2_000
_MOST_BYTES = 16_000_000
"""Of what a lane stages before it makes the first change; Linux makes files slowly where some were just removed."""
_WORTH_LANES = 100
"""Groups of notes."""
_MOMENT = 0.1
"""Seconds: on Windows Ctrl-C is heard between two waits, and not in one."""


class Transaction:
    """A run that is kept in the journal, while it replaces notes."""

    def __init__(self, run: Run, groups: Sequence[Sequence[Change]], originals: Mapping[str, str]) -> None:
        self.run = run
        self.left: set[str] = set()
        """The notes that stayed as they were."""
        self.troubles: list[Trouble] = []
        self._groups = groups
        self._originals = originals
        self._stopped = Event()

    def replace_all(self) -> None:
        """Effect: changes files. Replace the notes of each group, or none of them."""
        lanes = _LANES if len(self._groups) >= _WORTH_LANES else 1
        if lanes == 1:
            self._work_off(self._groups, 0)
            return
        with ThreadPoolExecutor(lanes) as pool:
            try:
                done = [pool.submit(self._work_off, self._groups[lane::lanes], lane) for lane in range(lanes)]
                while wait(done, _MOMENT).not_done:
                    pass
            finally:
                self._stopped.set()  # where all went well, all are at their end
        for each in done:
            each.result()
        self.troubles.sort(key=lambda trouble: trouble.path)

    def _work_off(self, groups: Sequence[Sequence[Change]], lane: int) -> None:
        try:
            with _writing(self.run, self._originals, lane) as writer:
                for batch in _batches(groups):
                    self._replace([_Group(changes, writer) for changes in batch])
                writer.finish()
        except BaseException:
            self._stopped.set()
            raise

    def _replace(self, groups: Sequence[_Group]) -> None:
        try:
            for step in (_Group.stage, _Group.sync, _Group.make):
                for group in groups:
                    if self._stopped.is_set():
                        return
                    if not group.given_up:
                        self._take(step, group)
        finally:
            for group in groups:
                group.drop()

    def _take(self, step: Callable[[_Group], None], group: _Group) -> None:
        try:
            step(group)
        except BaseException as error:
            stuck = group.give_up()
            if not isinstance(error, NoteWriteError):
                raise
            self.troubles += [Trouble(group.at, error.message), *stuck]
            self.left.update({change.path for change in group.changes} - {trouble.path for trouble in stuck})


class _Group:
    """The changes of one group on their way to the disk."""

    def __init__(self, changes: Sequence[Change], writer: NoteWriter) -> None:
        self.changes = changes
        self.at = ""
        """The note that a step was taken with last."""
        self.given_up = False
        self._writer = writer
        self._staged: list[Staged] = []
        self._made = 0

    def stage(self) -> None:
        """Effect: makes files beside the notes. Raises `NoteWriteError`, as the next steps do."""
        for change in self.changes:
            self.at = change.path
            self._staged.append(self._writer.stage(change.path, change.old, change.new, change.mode))

    def sync(self) -> None:
        """Effect: makes these files last through a crash of the system."""
        for staged in self._staged:
            self.at = staged.path
            self._writer.sync(staged)

    def make(self) -> None:
        """Effect: changes the notes."""
        for staged in self._staged:
            self.at = staged.path
            self._writer.make(staged)
            self._made += 1

    def give_up(self) -> list[Trouble]:
        """Effect: makes the notes again what they were; those with which that failed."""
        self.given_up = True
        troubles = []
        for change in self.changes[: self._made]:
            try:
                self._writer.replace(change.path, change.new, change.old, change.mode)
            except NoteWriteError as error:
                troubles.append(Trouble(change.path, error.message, put_back=True))
        return troubles

    def drop(self) -> None:
        """Effect: removes the files beside notes that were not changed."""
        for staged in self._staged[self._made :]:
            self._writer.drop(staged)


def _batches(groups: Sequence[Sequence[Change]]) -> Iterator[list[Sequence[Change]]]:
    """As many groups at a time as a disk may well have to hold twice."""
    batch: list[Sequence[Change]] = []
    size = 0
    for group in groups:
        batch.append(group)
        size += sum(len(change.new or b"") for change in group)
        if len(batch) == _MOST_GROUPS or size > _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def transact(
    journal: Journal, groups: Sequence[Sequence[Change]], originals: Mapping[str, str], *, kind: str, of: str = ""
) -> Transaction:
    """Effect: changes files. Keep the changes in the journal, which is locked, and then make them: this is one run.

    The notes of a group are written together or not at all. Raises `JournalError` (and `ConfigError` for the user's
    own settings) before any note is touched.
    """
    limits = journal_limits()
    entries = tuple(
        _entry(journal.root, change, originals, number) for number, group in enumerate(groups) for change in group
    )
    old = (change.old or b"" for group in groups for change in group)
    run = journal.begin(kind, of, entries, old)
    work = Transaction(run, groups, originals)
    work.replace_all()
    if not any(trouble.put_back for trouble in work.troubles):  # else it counts as cut off: `recover` tries again
        journal.end(run, [at for at, entry in enumerate(entries) if entry.path in work.left])
    journal.trim(limits)
    return work


def recover(journal: Journal) -> None:
    """Effect: clears up behind runs that were cut off; the journal is locked, so none of them goes on.

    Their temporary files are removed from the vault, and notes of a group that was not finished become again what
    they were. What was finished stays, and so does what takes it back.
    """
    journal.tidy()
    for run in journal.unfinished():
        entries = run.plan.entries
        originals = {entry.path: os.fsdecode(entry.file) for entry in entries}
        with _writing(run, originals) as writer:
            beside = {os.fsdecode(entry.file).rpartition("/")[0]: entry.path for entry in entries}
            stray = [path for path in beside.values() if not writer.sweep(path)]
            try:
                left = {at for at, entry in enumerate(entries) if _digest(writer, entry) == entry.old}
                torn = {entries[at].group for at in left}
                for at, entry in enumerate(entries):
                    if entry.group in torn and at not in left and _put_back_entry(writer, run, at):
                        left.add(at)
            except (NoteWriteError, JournalError):
                continue  # a later run tries again
            finally:
                writer.finish()
        if stray:
            continue
        if len(left) < len(entries):
            journal.end(run, sorted(left), cut=True)
        else:
            journal.forget(run)  # there is nothing to take back


def clear_up(root: str | os.PathLike[str]) -> None:
    """Effect: as `recover`, where the vault has a journal; raises `LockedError` where another vaultlint writes."""
    journal = Journal.of(root)
    if journal.exists:
        with journal.locked():
            recover(journal)


@contextmanager
def _writing(run: Run, originals: Mapping[str, str], lane: int = 0) -> Iterator[NoteWriter]:
    writer = NoteWriter(run.root, originals, run.plan.temporary, lane)
    try:
        yield writer
    finally:
        writer.close()


def _digest(writer: NoteWriter, entry: Entry) -> bytes | None:
    """Effect: reads a note. Its digest; `None` where there is none. Raises `NoteWriteError` where it can't be had."""
    data = writer.read(entry.path, LARGEST)
    return None if data is None else digest(data)


def _put_back_entry(writer: NoteWriter, run: Run, at: int) -> bool:
    """Effect: changes a file. Make a note again what it was, unless it changed since; whether it is."""
    entry = run.plan.entries[at]
    now = writer.read(entry.path, LARGEST)
    if (None if now is None else digest(now)) != entry.new:
        return False
    writer.replace(entry.path, now, run.old_bytes(at), entry.mode)
    return True


def _entry(root: str, change: Change, originals: Mapping[str, str], group: int) -> Entry:
    file = originals.get(change.path, change.path)
    mode = change.mode
    if mode is None:
        with suppress(OSError):
            mode = stat.S_IMODE(os.lstat(full_path(root, file)).st_mode)
    old, new = (None if data is None else digest(data) for data in (change.old, change.new))
    return Entry(change.path, os.fsencode(file), old, new, mode, len(change.old or b""), group)
