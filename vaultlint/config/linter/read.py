"""Settings of other linters, from the vault or a file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultlint.config.foreign import app_folder, as_json, as_jsonc, as_yaml, first_of, read_foreign
from vaultlint.config.linter.markdownlint import from_markdownlint
from vaultlint.config.linter.rumdl import from_rumdl
from vaultlint.config.linter.taken import Taken, from_obsidian_linter
from vaultlint.config.linter.text import taken_text
from vaultlint.config.toml import LARGEST
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vaultlint.rule.registry import RuleSet


class _Program(NamedTuple):
    name: str
    files: tuple[str, ...]
    """Where its settings are in a vault, the first that is there; `{app}` is the folder of the app's settings."""
    parse: Callable[[bytes, str], object]
    read: Callable[[object, RuleSet], Taken]


def _toml(data: bytes, shown: str) -> object:
    try:
        found: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise UserError(f"'{shown}' is no valid TOML: it is too deep") from None
    except UnicodeDecodeError:
        raise UserError(f"'{shown}' is no valid TOML: it is not UTF-8") from None
    except ValueError as error:
        raise UserError(f"'{shown}' is no valid TOML: {error}") from None
    return found["tool"].get("rumdl", {}) if isinstance(found.get("tool"), dict) else found


def _jsonc_or_yaml(data: bytes, shown: str) -> object:
    return as_yaml(data, shown) if shown.lower().endswith((".yaml", ".yml")) else as_jsonc(data, shown)


_MARKDOWNLINT = (
    ".markdownlint.jsonc",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".markdownlint.yml",
    ".markdownlint-cli2.jsonc",
    ".markdownlint-cli2.yaml",
)
"""In its own order. What it keeps as a program (`.cjs`, `.mjs`) is none of ours to run."""

_PROGRAMS = {
    "obsidian-linter": _Program(
        "Obsidian Linter", ("{app}/plugins/obsidian-linter/data.json",), as_json, from_obsidian_linter
    ),
    "rumdl": _Program("rumdl", (".rumdl.toml", "rumdl.toml", "pyproject.toml"), _toml, from_rumdl),
    "markdownlint": _Program("markdownlint", _MARKDOWNLINT, _jsonc_or_yaml, from_markdownlint),
}


def import_linter(program: str, root: Path, file: Path | None, ruleset: RuleSet) -> tuple[Taken, str]:
    """Effect: reads the settings in the vault at `root`, or `file`. What was taken, and the config's text.

    `program` is `obsidian-linter`, `rumdl` or `markdownlint`. Raises `UserError`.
    """
    theirs = _PROGRAMS[program]
    holds = f"settings of {theirs.name}"
    if file is None:
        app = app_folder(root)
        shown, data = first_of(root, *(path.format(app=app) for path in theirs.files), holds=holds)
    else:
        shown, data = str(file), read_foreign(file, holds)
    try:
        taken = theirs.read(theirs.parse(data, shown), ruleset)
    except ValueError as error:
        raise UserError(f"'{shown}' holds no {holds}: {error}") from None
    text = taken_text(taken, theirs.name, program)
    if len(text.encode("utf-8")) > LARGEST:
        raise UserError(f"the config for '{shown}' would be over 1 MB: no config is that large")
    return taken, text
