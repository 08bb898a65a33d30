"""One file of the app's settings, changed as notes are: kept in the journal first, then replaced in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.engine.journal import Journal
from vaultlint.engine.transaction import Change, recover, transact
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    import os

MODE = 0o644
"""Of a file that is made."""


def put_setting(root: str | os.PathLike[str], path: str, old: bytes | None, new: bytes, kind: str) -> str:
    """Effect: changes a file of the vault at `root` that still holds `old` (`None`: there is none). The run's id.

    `path` is vault-relative; `kind` says what changes it, for `vaultlint undo --list`. Links are not followed. Raises
    `UserError`, and then nothing has changed.
    """
    journal = Journal.of(root)
    with journal.locked():
        recover(journal)
        work = transact(journal, [[Change(path, old, new, None if old is not None else MODE)]], {}, kind=kind)
    for trouble in work.troubles:
        raise UserError(f"'{path}' was not changed: {trouble.message}")
    return work.run.plan.id
