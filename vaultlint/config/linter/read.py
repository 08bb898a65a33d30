"""The plug-in's settings, from the vault or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.config.foreign import app_folder, as_json, first_of, read_foreign
from vaultlint.config.linter.taken import Taken, from_obsidian_linter
from vaultlint.config.linter.text import taken_text
from vaultlint.config.toml import LARGEST
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from vaultlint.rule.registry import RuleSet

PROGRAM = "obsidian-linter"
_HOLDS = "settings of Obsidian Linter"


def import_obsidian_linter(root: Path, file: Path | None, ruleset: RuleSet) -> tuple[Taken, str]:
    """Effect: reads the settings in the vault at `root`, or `file`. What was taken, and the config's text.

    Raises `UserError`.
    """
    if file is None:
        shown, data = first_of(root, f"{app_folder(root)}/plugins/{PROGRAM}/data.json", holds=_HOLDS)
    else:
        shown, data = str(file), read_foreign(file, _HOLDS)
    try:
        taken = from_obsidian_linter(as_json(data, shown), ruleset)
    except ValueError as error:
        raise UserError(f"'{shown}' holds no settings of Obsidian Linter: {error}") from None
    text = taken_text(taken)
    if len(text.encode("utf-8")) > LARGEST:
        raise UserError(f"the config for '{shown}' would be over 1 MB: no config is that large")
    return taken, text
