"""Which files of a vault changed since they were last looked at."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.vault.files import FileTable

    Sign: TypeAlias = tuple[int, int, int, int] | None
    """Times of change, size and number of a file; `None`: it is not there."""

SETS_SOMETHING = (".toml", ".py", ".json", ".yaml", ".yml")
"""How the names of files end that may be a vault's config or be named in it: rules, schemas, models."""

_LOST = "\ufffd"
"""What stands in a name for bytes that are no text."""


class Listing:
    """The files of a vault, each with a sign that is another when the file was written to."""

    def __init__(self, files: FileTable, configs: Iterable[Path]) -> None:
        """`configs` are the files that the settings came from; they may lie elsewhere, or be hidden."""
        self._configs = frozenset(file.as_posix() for file in configs)
        self._signs: dict[str, Sign] = {}
        self.replace(files)

    def replace(self, files: FileTable) -> None:
        """The vault has these files now."""
        self._files = files
        self._root = Path(files.root).as_posix()
        self._known = frozenset(files.files)
        self._notes = frozenset(files.notes)
        self._folders = frozenset(folder for path in files.files for folder in _folders_of(path))

    def sets_something(self, paths: Iterable[str]) -> bool:
        """Whether one of some files may be a config, or be named in one."""
        return any(self._sets_something(path) for path in paths)

    def notes(self, paths: Iterable[str]) -> set[str] | None:
        """Effect: looks at files. The notes among some paths whose files may have changed.

        `None`: there may be other files than before, or the paths don't tell which notes these are.
        """
        found: set[str] = set()
        for path in paths:
            if is_hidden(path) or os.path.isabs(path):  # noqa: PTH117 - a word, not a path of the disk
                continue
            mode = self._mode(path)
            if path in self._known:
                if mode is None or not stat.S_ISREG(mode):
                    return None
                if path in self._notes:
                    found.add(path)
            elif mode is not None or path in self._folders or _LOST in path:
                return None
        for path in found:
            self._signs[path] = self._sign(path)
        return found

    def changed(self) -> set[str]:
        """Effect: looks at all notes, and at what may be a config. Those with another sign than at the last look."""
        watched = [path for path in self._files.files if path in self._notes or self._sets_something(path)]
        before, self._signs = self._signs, {path: self._sign(path) for path in (*watched, *self._configs)}
        return {path for path in self._signs.keys() | before.keys() if self._signs.get(path) != before.get(path)}

    def _sets_something(self, path: str) -> bool:
        if path in self._configs or f"{self._root}/{path}" in self._configs:
            return True
        return path.endswith(SETS_SOMETHING) and not is_hidden(path)

    def _mode(self, path: str) -> int | None:
        try:
            return os.lstat(self._files.locate(path)).st_mode
        except (OSError, ValueError):
            return None

    def _sign(self, path: str) -> Sign:
        return sign_of(path if path in self._configs else self._files.locate(path))


def sign_of(file: str | Path) -> Sign:
    """Effect: looks at a file. What is another once it was written to; `None` where it is not there."""
    try:
        found = os.lstat(file)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def is_hidden(path: str) -> bool:
    """Whether the app does not see a file: it or a folder around it begins with a dot."""
    return path.startswith(".") or "/." in path


def _folders_of(path: str) -> Iterator[str]:
    while (cut := path.rfind("/")) > 0:
        path = path[:cut]
        yield path
