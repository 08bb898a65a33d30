"""`vaultlint schema export --to types-json`: the app shows the editor that fits each property."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.engine.setting import put_setting
from vaultlint.report.diff import unified_diff
from vaultlint.report.escape import visible, visible_lines
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError
from vaultlint.schema.exports.app_types import Disagreement, Merged, merge_types, wanted_types
from vaultlint.vault.settings import find_config_folder, read_app_file

if TYPE_CHECKING:
    from pathlib import Path

    from vaultlint.cli.output import Output
    from vaultlint.schema.model import Schema

KIND = "types-json"
"""What the journal calls such a run."""


def export_types(root: Path, schemas: list[tuple[str, Schema]], output: Output, *, write: bool, force: bool) -> int:
    """Effect: shows what would change in the app's `types.json`; with `write`, changes it. Raises `UserError`."""
    folder = find_config_folder(root)
    if folder is None:
        raise UserError(f"'{root}' has no folder of the app's settings (.obsidian): open it in Obsidian first")
    path = f"{folder}/types.json"
    old = _read(root, path)
    wanted, disagreements = wanted_types(schemas)
    try:
        merged = merge_types("" if old is None else old.decode("utf-8"), wanted, force=force)
    except ValueError as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise UserError(f"'{path}' was left as it was: {reason}") from None
    _remark(merged, disagreements, output, force=force)
    if not merged.put:
        output.write(f"Nothing to change in {visible(path)}.\n")
        return status.CLEAN
    if not write:
        return _shown(path, old, merged, output)
    run = put_setting(root, path, old, merged.text.encode("utf-8"), KIND)
    done = counted(len(merged.put), "type")
    output.write(f"Wrote {done} into {visible(path)}.\n`vaultlint undo {run}` takes this back.\n")
    return status.CLEAN


def _read(root: Path, path: str) -> bytes | None:
    try:
        return read_app_file(root, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"'{path}' can't be read: {error.strerror or error}") from None


def _shown(path: str, old: bytes | None, merged: Merged, output: Output) -> int:
    patch = unified_diff(path, "" if old is None else old.decode("utf-8"), merged.text)
    output.write(visible_lines(patch))
    output.tell(f"Would write {counted(len(merged.put), 'type')} into {path}: --yes does")
    return status.FOUND


def _remark(merged: Merged, disagreements: list[Disagreement], output: Output, *, force: bool) -> None:
    """Effect: tells on standard error what is not as the schemas want it."""
    for one in disagreements:
        output.tell(
            f"vaultlint: '{one.name}' is {one.first.type} in the schema '{one.first.schema}' and {one.other.type} in "
            f"'{one.other.schema}', but the app knows one type for a name in all of the vault: {one.first.type} it is"
        )
    for kept in merged.kept:
        way = "it can't be changed in the app" if force else "--force changes it"
        output.tell(f"vaultlint: '{kept.name}' stays {kept.there} in the app, the schema has {kept.wanted}: {way}")
