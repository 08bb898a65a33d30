"""The vault of a path, and the config files at its root."""

from __future__ import annotations

import os.path
from pathlib import Path

from vaultlint.config.toml import Document, read_text
from vaultlint.rule.errors import UserError
from vaultlint.vault.url import masked

CONFIG = "vaultlint.toml"
PROJECT = "pyproject.toml"
TABLE = ("tool", "vaultlint")
"""Where a project's file keeps the config."""


def find_root(path: Path | str) -> Path:
    """The root of the vault that a note or folder belongs to, absolute.

    The nearest parent with `.obsidian`; else the nearest with a config; else, for a folder, itself; for a
    note, the top of its git work tree, else the current folder where it is in that, else its own folder.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would leave the vault through a link
    if not path.exists():
        raise UserError(f"no file or folder named '{masked(str(path))}'")
    folder = path if path.is_dir() else path.parent
    folders = (folder, *folder.parents)
    for parent in folders:
        if (parent / ".obsidian").is_dir():
            return parent
    for parent in folders:
        if find_config(parent) is not None:
            return parent
    if path.is_dir():
        return path
    for parent in folders:
        if (parent / ".git").exists():
            return parent
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder


def find_config(root: Path) -> Path | None:
    """The config at a vault's root: `vaultlint.toml`, else a `pyproject.toml` with `[tool.vaultlint]`."""
    if (root / CONFIG).is_file():
        return root / CONFIG
    project = root / PROJECT
    if not project.is_file():
        return None
    text = read_text(project, PROJECT)
    # most have nothing to do with vaultlint, and need not be valid for it either
    return project if "vaultlint" in text and Document(project, str(project), text, TABLE).data else None
