"""`vaultlint undo`: bring back what a run changed; tell and forget what is kept for that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.places import Vault
from vaultlint.config.roots import find_root
from vaultlint.engine.journal import Journal, Plan, Run, find_run, kept_vaults
from vaultlint.engine.reader import human_size
from vaultlint.engine.transaction import clear_up, recover
from vaultlint.engine.undo import Undone, latest, no_such_run, standing, undo
from vaultlint.report.escape import shown_path, visible, visible_lines
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError
from vaultlint.vault.names import is_note_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.cli.asked import UndoArguments
    from vaultlint.cli.output import Output

_KINDS = {"fix": "--fix", "format": "`vaultlint format`", "suppressions": "--add-suppressions"}
"""What the journal calls a run -> what people do."""


def undo_command(arguments: UndoArguments, output: Output) -> int:
    """Effect: does what `vaultlint undo` was asked to. The exit status."""
    call = _Call(arguments)
    if arguments.list:
        output.write(_listed(call.journal))
        return status.CLEAN
    if arguments.forget:
        output.write(_forgotten(call.journal, call.run))
        return status.CLEAN
    if not arguments.diff:
        clear_up(call.vault.root)
    run = call.run or latest(call.journal.runs(), call.wants)
    if run is None:
        output.write(f"Nothing to take back in {shown_path(call.journal.root)}.\n")
        return status.CLEAN
    call.refuse_strangers(run)
    done = undo(call.journal, run, call.wants, force=arguments.force, write=not arguments.diff)
    if arguments.diff:
        _show(done, call, output)
        return status.FOUND if done.changes else status.CLEAN
    output.write(_told(done, call))
    return status.FOUND if done.left else status.CLEAN


class _Call:
    """Which vault, which run and which notes the words mean."""

    def __init__(self, arguments: UndoArguments) -> None:
        words = list(arguments.words)
        self.run = find_run(words[0]) if words else None
        """Where a note has the name of a run, `./` before it says that the note is meant."""
        if self.run is not None:
            del words[0]
        elif words and not _is_path(words[0]):
            raise no_such_run(words[0], Journal.of(arguments.vault or find_root(".")).runs())
        paths = [os.path.abspath(word) for word in words]  # noqa: PTH100 - as people read it; no link is followed
        self.vault = Vault(self._root(arguments.vault, paths), None)
        self.journal = Journal.of(self.vault.root)
        self._named = [os.path.relpath(path, self.vault.root).replace(os.sep, "/") for path in paths]

    def wants(self, path: str) -> bool:
        """Whether a note was named, or a folder that it is in; without names, all are wanted."""
        return not self._named or any(_is_below(path, name) for name in self._named)

    def refuse_strangers(self, run: Run) -> None:
        """Raises `UserError` where a path was named of which the run changed nothing, or the vault is gone."""
        if not self.vault.root.is_dir():
            raise UserError(f"the vault '{self.vault.root}' is not there: say --vault and where it is now")
        for name in self._named:
            if not any(_is_below(entry.path, name) for entry in run.plan.entries):
                raise UserError(f"the run '{run.plan.id}' changed no note '{name}' in '{self.vault.root}'")

    def _root(self, vault: str | None, paths: list[str]) -> Path:
        if vault is not None:
            if not Path(vault).is_dir():
                raise UserError(f"there is no folder '{vault}'")
            return Path(os.path.abspath(vault))  # noqa: PTH100
        if paths:
            path = Path(paths[0])  # of a note that may be gone
            return find_root(next(place for place in (path, *path.parents) if place.exists()))
        return Path(self.run.root) if self.run is not None else find_root(".")


def _is_path(word: str) -> bool:
    return os.path.exists(word) or word.endswith(".md") or "/" in word or os.sep in word  # noqa: PTH110


def _is_below(path: str, name: str) -> bool:
    return name == "." or path == name or path.startswith(f"{name}/")


def _show(done: Undone, call: _Call, output: Output) -> None:
    """Effect: prints what would change as a patch, and on standard error what would be left."""
    from vaultlint.report.diff import unified_diff

    prefix = call.vault.prefix()
    below = "" if prefix.startswith("../") or Path(prefix).is_absolute() else prefix
    patch = "".join(
        [unified_diff(below + change.path, _text(change.old), _text(change.new)) for change in done.changes]
    )
    if output.is_terminal:
        output.write(visible_lines(patch))
    else:
        output.write_bytes(patch.encode("utf-8", "surrogateescape"))
    output.tell_shown(_left(done) + f"Would bring back {_counted(one.path for one in done.changes)}.\n")


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "surrogateescape")


def _told(done: Undone, call: _Call) -> str:
    """What an undo did, for people."""
    run, root = done.run, shown_path(call.journal.root)
    before = f"before {_kind(run.plan)} of {run.when}"
    if done.by is None:
        as_then = "" if done.left else f": all is as it was {before}; `vaultlint undo --list` tells earlier runs"
        return _left(done) + f"Brought back nothing in {root}{as_then}.\n"
    changed = _counted(one.path for one in done.changes)
    return (
        f"{_left(done)}Brought back {changed} in {root}, as {_were(done)} {before}.\n"
        f"`vaultlint undo {done.by}` takes this back.\n"
    )


def _were(done: Undone) -> str:
    return "it was" if len(done.changes) == 1 else "they were"


def _left(done: Undone) -> str:
    lines = [f"{shown_path(left.path)}: left as it is: {visible(left.message)}\n" for left in done.left]
    if lines:
        lines.append(f"`vaultlint undo {done.run.plan.id} --force` brings back what was there before all the same.\n")
    return "".join(lines)


def _kind(plan: Plan) -> str:
    if plan.kind == "undo":
        return f"the undo of {plan.of}"
    return _KINDS.get(plan.kind, f"`schema export --to {plan.kind}`")


def _counted(paths: Iterable[str]) -> str:
    """How many notes, or files where not all of them are notes."""
    listed = list(paths)
    return counted(len(listed), "note" if all(map(is_note_path, listed)) else "file")


def _listed(journal: Journal) -> str:
    """The runs that are kept of a vault, for people."""
    runs = journal.runs()
    if not runs:
        vaults = "".join(f"{counted(count, 'run'):>8} of {shown_path(root)}\n" for root, count in kept_vaults().items())
        others = f"Kept of other vaults (`vaultlint undo --list --vault FOLDER`):\n{vaults}" if vaults else ""
        return f"No run is kept of {shown_path(journal.root)}.\n{others}"
    left = standing(runs)
    lines = []
    for run in reversed(runs):
        state = "" if left[run.plan.id] else ", taken back"
        if run.end is None or run.end.cut:
            state += ", cut off" if run.end is not None else ", cut off or going on"
        notes = _counted(run.plan.entries[at].path for at in run.written)
        lines.append(f"{run.plan.id}  {run.when}  {notes:>11}  {_kind(run.plan)}{state}\n")
    lines += [f"{shown_path(file)} is damaged\n" for file in journal.damaged()]
    return f"Runs that changed {shown_path(journal.root)}, the newest first:\n{''.join(lines)}"


def _forgotten(journal: Journal, run: Run | None) -> str:
    """Effect: forgets a run, or all of a vault. What was forgotten, for people."""
    runs, size = [], 0
    if journal.exists:
        with journal.locked():
            recover(journal)  # what a run that was cut off left in the vault is known by its plan alone
            runs = [one for one in journal.runs() if run is None or one.plan.id == run.plan.id]
            size = sum(map(journal.forget, runs))
    return f"Forgot {counted(len(runs), 'run')} of {shown_path(journal.root)} ({human_size(size)}).\n"
