"""Taking runs back: notes become again what the journal says they were. An undo is itself a run that can be undone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.engine.journal import Journal, Run, digest
from vaultlint.engine.transaction import LARGEST, Change, recover, transact
from vaultlint.engine.write import NoteWriteError, NoteWriter
from vaultlint.rule.errors import UserError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Left(Struct, frozen=True):
    """A note that was left as it is."""

    path: str
    message: str


class Undone(Struct, frozen=True):
    """What an undo did, or would do."""

    run: Run
    """The run that was taken back."""
    changes: tuple[Change, ...]
    """What became of notes, by path."""
    left: tuple[Left, ...]
    """The notes that changed since, or could not be written."""
    by: str | None
    """The id of the undo itself, which takes this back; `None` where nothing was written."""


def undo(
    journal: Journal, run: Run, wanted: Callable[[str], bool], *, force: bool = False, write: bool = True
) -> Undone:
    """Effect: changes notes, unless `write` is false. Bring back the notes of a run that are `wanted`.

    A note that changed since the run stays, unless `force`. Raises `JournalError` and `LockedError`; then nothing
    is written. `journal` is the one of the vault that the notes are in now.
    """
    if not write:
        changes, left = _planned(journal.root, run, wanted, force=force)
        return Undone(run, tuple(changes), tuple(left), None)
    with journal.locked():
        recover(journal)
        changes, left = _planned(journal.root, run, wanted, force=force)
        if not changes:
            return Undone(run, (), tuple(left), None)
        work = transact(journal, _together(run, changes), _originals(run), kind="undo", of=run.plan.id)
        left += [Left(one.path, one.message) for one in work.troubles]
    done = tuple(change for change in changes if change.path not in work.left)
    return Undone(run, done, tuple(left), work.run.plan.id if done else None)


def latest(runs: Sequence[Run], wanted: Callable[[str], bool]) -> Run | None:
    """The newest run, and no undo, of which something `wanted` was not taken back; `None` where there is none."""
    left = standing(runs)
    fixes = (run for run in reversed(runs) if run.plan.kind != "undo")
    return next((run for run in fixes if any(map(wanted, left[run.plan.id]))), None)


def standing(runs: Sequence[Run]) -> dict[str, set[str]]:
    """Run -> the notes that it wrote and no later undo took back, save one that was taken back itself."""
    left = {run.plan.id: {run.plan.entries[at].path for at in run.written} for run in runs}
    for run in reversed(runs):
        if run.plan.kind == "undo" and run.plan.of in left and run.end is not None:
            left[run.plan.of] -= left[run.plan.id]
    return left


def _planned(root: str, run: Run, wanted: Callable[[str], bool], *, force: bool) -> tuple[list[Change], list[Left]]:
    """What there is to do, and what is not done."""
    entries = run.plan.entries
    chosen = [at for at in run.written if wanted(entries[at].path)]
    changes: list[Change] = []
    left: list[Left] = []
    writer = NoteWriter(root, _originals(run), run.plan.temporary)  # which only reads
    try:
        for at in chosen:
            entry = entries[at]
            try:
                now = writer.read(entry.path, LARGEST)
            except NoteWriteError as error:
                left.append(Left(entry.path, error.message))
                continue
            there = None if now is None else digest(now)
            if there == entry.old:
                continue
            if there == entry.new or force:
                changes.append(Change(entry.path, now, run.old_bytes(at), entry.mode))
            else:
                left.append(Left(entry.path, "it is gone" if now is None else "it changed since that run"))
    finally:
        writer.close()
    return changes, left


def _together(run: Run, changes: Iterable[Change]) -> list[list[Change]]:
    """In groups: what was written together goes back together."""
    number = {entry.path: entry.group for entry in run.plan.entries}
    groups: dict[int, list[Change]] = {}
    for change in changes:
        groups.setdefault(number[change.path], []).append(change)
    return list(groups.values())


def _originals(run: Run) -> dict[str, str]:
    return {entry.path: os.fsdecode(entry.file) for entry in run.plan.entries}


def no_such_run(name: str, runs: Sequence[Run]) -> UserError:
    """What is said of an id that no run has."""
    near = did_you_mean(name, [run.plan.id for run in runs])
    return UserError(f"no run and no path '{name}'{near or '; `vaultlint undo --list` tells which there are'}")
