"""Which vaults the paths of a call belong to, and how reports name the notes of each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.config.roots import find_root
from vaultlint.rule.errors import UserError
from vaultlint.vault.url import is_url, masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.engine.cache.look import Look


class Vault:
    """One vault of a call: its root, and what of it is to be judged."""

    __slots__ = ("configs", "look", "paths", "root")

    def __init__(self, root: Path, paths: list[str] | None) -> None:
        self.root = root
        self.paths = paths
        """Vault-relative, POSIX; `None`: every note."""
        self.look: Look | None = None
        """What was seen of it a moment ago, if somebody looked."""
        self.configs: tuple[tuple[str, bytes], ...] | None = None
        """The files that its settings came from, each with its digest as of then, if somebody noted them."""

    def prefix(self, base: Path | None = None) -> str:
        """What leads from `base` (the current folder) to the notes: empty, or with a slash at its end."""
        try:
            relative = os.path.relpath(self.root, base)
        except ValueError:  # another drive of Windows
            relative = str(self.root)
        path = Path(relative).as_posix()
        if path == ".":
            return ""
        return path if path.endswith("/") else path + "/"

    def work_tree(self) -> Path | None:
        """The top of the git work tree that the vault lies in; no git is asked."""
        return next((folder for folder in (self.root, *self.root.parents) if (folder / ".git").exists()), None)


def url_of(paths: Sequence[str], vault: str | None) -> str | None:
    """The URL of the vault of a call, if it has one. Raises `UserError` where there is more beside it."""
    if vault is not None and is_url(vault):
        return vault
    urls = [path for path in paths if is_url(path)]
    if urls and (len(paths) > 1 or vault is not None):
        raise UserError("a vault at a URL is checked alone; `--vault URL` lets name notes and folders of it")
    return urls[0] if urls else None


def vaults_of(paths: Sequence[str], vault: str | None) -> list[Vault]:
    """The vaults of the paths, in the order in which they are first named; raises `UserError`."""
    found: dict[Path, Vault] = {}
    for path in [Path(_absolute(path)) for path in paths or (vault or ".",)]:
        root = root_of(path, vault)
        known = found.setdefault(root, Vault(root, []))
        if path == root:
            known.paths = None
        elif known.paths is not None:
            known.paths.append(path.relative_to(root).as_posix())
    return list(found.values())


def note_of(name: str, vault: str | None) -> tuple[Vault, str]:
    """The vault of a note that need not exist yet, and the note's vault-relative path; raises `UserError`."""
    path = Path(_absolute(name))
    if path.suffix.lower() != ".md":
        raise UserError(f"'{name}' is no name of a note: it does not end in .md")
    there = path if path.is_file() else path.parent
    if not there.exists():
        raise UserError(f"there is no folder '{there}'")
    root = root_of(there, vault)
    return Vault(root, None), path.relative_to(root).as_posix()


def root_of(path: Path, vault: str | None) -> Path:
    """The root of an absolute path's vault: `vault` where it is given, and then the path must be inside."""
    if vault is None:
        return find_root(path)
    root = Path(_absolute(vault))
    if not root.is_dir():
        raise UserError(f"there is no folder '{vault}'")
    if not path.is_relative_to(root):
        raise UserError(f"'{path}' is not in the vault '{root}'")
    if not path.exists():
        raise UserError(f"there is no file or folder '{path}'")
    return root


def _absolute(path: str) -> str:
    if is_url(path):
        raise UserError(
            f"'{masked(path)}' is a URL, and only `vaultlint check` reads a vault there: copy it to a folder"
        )
    return os.path.abspath(path)  # noqa: PTH100 - `..` is resolved as people read it; links are not followed
