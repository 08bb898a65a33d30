"""One run over many notes: what it is going to do is kept first, then the notes are replaced one after another."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.config.user import journal_limits
from vaultlint.engine.journal import Entry, Journal, Run, digest
from vaultlint.engine.reader import full_path
from vaultlint.engine.write import NoteWriteError, NoteWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


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


class Transaction:
    """A run that is kept in the journal, while it replaces notes."""

    def __init__(self, run: Run, changes: Iterable[Change], writer: NoteWriter) -> None:
        self.run = run
        self.left: set[str] = set()
        """The notes that stayed as they were."""
        self._changes = {change.path: change for change in changes}
        self._writer = writer

    def replace_together(self, paths: Sequence[str]) -> list[Trouble]:
        """Effect: changes files. Replace these notes, or none of them; what went wrong, empty if nothing did."""
        written: list[Change] = []
        try:
            for path in paths:
                change = self._changes[path]
                self._writer.replace(path, change.old, change.new, change.mode)
                written.append(change)
        except BaseException as error:
            troubles = self._put_back(written)
            if not isinstance(error, NoteWriteError):
                raise
            self.left.update(set(paths) - {trouble.path for trouble in troubles})
            return [Trouble(path, error.message), *troubles]
        return []

    def _put_back(self, changes: Iterable[Change]) -> list[Trouble]:
        troubles = []
        for change in changes:
            try:
                self._writer.replace(change.path, change.new, change.old, change.mode)
            except NoteWriteError as error:
                troubles.append(Trouble(change.path, error.message, put_back=True))
        return troubles


@contextmanager
def transaction(
    journal: Journal, changes: Sequence[Change], originals: Mapping[str, str], *, kind: str, of: str = ""
) -> Iterator[Transaction]:
    """Effect: keeps the changes in the journal, which is locked; what is done in the block is one run.

    Raises `JournalError` (and `ConfigError` for the user's own settings) before any note is touched. Where the block
    raises, the run counts as cut off.
    """
    limits = journal_limits()
    entries = tuple(_entry(journal.root, change, originals) for change in changes)
    run = journal.begin(kind, of, entries, (change.old or b"" for change in changes))
    with _writing(run, originals) as writer:
        work = Transaction(run, changes, writer)
        yield work
        writer.finish()
    journal.end(run, [at for at, entry in enumerate(entries) if entry.path in work.left])
    journal.trim(limits)


def recover(journal: Journal) -> None:
    """Effect: clears up behind runs that were cut off; the journal is locked, so none of them goes on.

    Their temporary files are removed from the vault; what they wrote stays, and so does what takes it back.
    """
    journal.tidy()
    for run in journal.unfinished():
        originals = {entry.path: os.fsdecode(entry.file) for entry in run.plan.entries}
        with _writing(run, originals) as writer:
            beside = {os.fsdecode(entry.file).rpartition("/")[0]: entry.path for entry in run.plan.entries}
            for path in beside.values():
                writer.sweep(path)
            left = [at for at, entry in enumerate(run.plan.entries) if _is_old(writer, entry)]
        if len(left) < len(run.plan.entries):
            journal.end(run, left, cut=True)
        else:
            journal.forget(run)  # nothing was written


def clear_up(root: str | os.PathLike[str]) -> None:
    """Effect: as `recover`, where the vault has a journal; raises `LockedError` where another vaultlint writes."""
    journal = Journal.of(root)
    if journal.exists:
        with journal.locked():
            recover(journal)


@contextmanager
def _writing(run: Run, originals: Mapping[str, str]) -> Iterator[NoteWriter]:
    writer = NoteWriter(run.root, originals, run.plan.temporary)
    try:
        yield writer
    finally:
        writer.close()


def _is_old(writer: NoteWriter, entry: Entry) -> bool:
    """Whether a note is what it was before a run, so that there is nothing to take back."""
    try:
        data = writer.read(entry.path, max(entry.size, 1))
    except NoteWriteError:
        return False
    return (None if data is None else digest(data)) == entry.old


def _entry(root: str, change: Change, originals: Mapping[str, str]) -> Entry:
    file = originals.get(change.path, change.path)
    mode = change.mode
    if mode is None:
        with suppress(OSError):
            mode = stat.S_IMODE(os.lstat(full_path(root, file)).st_mode)
    old, new = (None if data is None else digest(data) for data in (change.old, change.new))
    return Entry(change.path, os.fsencode(file), old, new, mode, len(change.old or b""))
