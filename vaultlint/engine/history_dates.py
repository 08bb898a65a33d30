"""The dates of a vault's notes, as its git repository has them, and which commits are left out of them."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.engine.content_dates import with_content_dates
from vaultlint.engine.digests import digest_of
from vaultlint.git.dates import dates
from vaultlint.git.door import GitError
from vaultlint.git.ignored_revs import NAME, ignored_revs
from vaultlint.git.trees import blobs, object_format, tree
from vaultlint.vault.files import read_regular
from vaultlint.vault.history import Dates
from vaultlint.vault.names import path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from vaultlint.git.dates import Dated
    from vaultlint.git.door import Git
    from vaultlint.git.log import When
    from vaultlint.vault.files import FileTable

_DAY = 86400
_MOST_BYTES = 4_000_000
_REGULAR = ("100644", "100755")


class DateHistory:
    """The dates up to one commit. Where git can't tell, nobody knows anything."""

    def __init__(self, git: Git, commit: str, files: FileTable) -> None:
        self.notices: list[str] = []
        """What went wrong, in words."""
        self._git = git
        self._commit = commit
        self._files = files
        self._known: dict[str, dict[str, Dated]] = {}
        self._of_ids: dict[frozenset[str], dict[str, Dated]] = {}

    def dates(self, path: str, left_out: str) -> Dates | None:
        """Effect: asks git and reads files at the first call; see `History`."""
        found = self._of(path, left_out)
        return _dates(found) if found is not None else None

    def content_dates(self, paths: Collection[str], left_out: str, but_for: Callable[[str], bool]) -> dict[str, Dates]:
        """Effect: asks git, once for each change that turns out to be none; see `History`."""
        known = {path: found for path in paths if (found := self._of(path, left_out)) is not None}
        with suppress(GitError, OSError):  # a clone without all contents: what the log says is all there is
            known = with_content_dates(self._git, known, but_for)
        return {path: _dates(found) for path, found in known.items()}

    def is_changed(self, path: str) -> bool:
        """Effect: reads the note. Whether its file is another than in the commit, but for its line breaks."""
        found = self._of(path, next(iter(self._known), ""))
        if found is None:
            return True
        try:
            data = read_regular(self._files.locate(path))
        except OSError:
            return True
        if digest_of(data, self._algorithm).hex() == found.blob:
            return False
        # git may write the line breaks of Windows where it checks files out
        return digest_of(data.replace(b"\r\n", b"\n"), self._algorithm).hex() != found.blob

    def _of(self, path: str, left_out: str) -> Dated | None:
        """What git has of the note, spelled another way (in case or Unicode form) if that is the only one."""
        known = self._read(left_out)
        if path in known:
            return known[path]
        alike = self._by_key.get(path_key(path), ())
        return known.get(alike[0]) if len(alike) == 1 else None

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for path in next(iter(self._known.values()), {}):
            table.setdefault(path_key(path), []).append(path)
        return table

    def _read(self, left_out: str) -> dict[str, Dated]:
        if left_out not in self._known:
            ids = self._usual | (self._listed(left_out) if left_out else frozenset())
            if ids not in self._of_ids:
                self._of_ids[ids] = self._asked(ids)
            self._known[left_out] = self._of_ids[ids]
        return self._known[left_out]

    def _asked(self, ids: frozenset[str]) -> dict[str, Dated]:
        try:
            return dates(self._git, self._commit, ids, until=int(time.time()) + _DAY)
        except (GitError, OSError) as error:
            self.notices.append(f"git could not tell the dates of the notes: {error}")
            return {}

    @cached_property
    def _algorithm(self) -> str:
        return object_format(self._git)

    @cached_property
    def _usual(self) -> frozenset[str]:
        """What the file of the usual name lists: of the vault if it is the whole work tree, else of the commit.

        A vault may be a folder of its repository, and nothing outside of it is read.
        """
        if not self._git.prefix:
            return self._listed(NAME, must_be=False)
        try:
            ids = [
                entry.id for entry in tree(self._git, self._commit, NAME) if not entry.path and entry.mode in _REGULAR
            ]
            return self._ids(NAME, next(blobs(self._git, ids), b""))
        except (GitError, OSError):
            return frozenset()

    def _listed(self, name: str, *, must_be: bool = True) -> frozenset[str]:
        """Effect: reads a file of the vault. The commits that it lists."""
        root = os.path.realpath(self._files.root)
        real = os.path.realpath(f"{root}/{name}")
        data = b""
        if not Path(real).is_relative_to(root):
            self.notices.append(f"'{name}', which should list commits, lies outside of the vault and is not read")
            return frozenset()
        try:
            data = read_regular(real, _MOST_BYTES)
        except FileNotFoundError:
            if must_be:
                self.notices.append(f"'{name}', which should list commits, is not there")
        except OSError as error:
            self.notices.append(f"'{name}', which should list commits, can't be read: {error.strerror}")
        return self._ids(name, data)

    def _ids(self, name: str, data: bytes) -> frozenset[str]:
        ids, wrong = ignored_revs(data)
        if wrong:
            more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
            self.notices.append(f"line {wrong[0]}{more} of '{name}' is no full id of a commit")
        return ids


def _dates(found: Dated) -> Dates:
    return Dates(_moment(found.created), _moment(found.modified), found.created_doubt, found.modified_doubt)


def _moment(when: When | None) -> datetime | None:
    """The moment on the author's clock; `None` where no calendar has it."""
    if when is None:
        return None
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(when.seconds, timezone(timedelta(minutes=when.offset)))
    return None
