"""A vault at a URL: its listing, and a copy of the few files that say how it is to be judged.

Config, the app's settings and the JSON Schemas go into a folder of our own for as long as the run takes, where the same
code reads them, as careful as ever, as those of a vault on disk. Python of the vault is not among them, so none can
run. Notes stay where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import contextmanager
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from vaultlint.config.roots import CONFIG, PROJECT
from vaultlint.config.settings import load_settings
from vaultlint.engine.reader import NoteReadError, too_large
from vaultlint.rule.errors import LocalCodeError, UserError
from vaultlint.vault.settings import CONFIG_FOLDER
from vaultlint.vault.store import Listing, Store, StoreError, open_store
from vaultlint.vault.url import is_url, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from vaultlint.config.settings import Asked, Settings
    from vaultlint.rule.registry import RuleSet

_MOST_BYTES = 4_000_000
"""Of one such file; of a larger one comes the beginning, and who reads it says that it is too large."""
_MOST_FILES = 1_000
_MOST_OF_ALL = 100_000_000
"""Bytes of all of them."""
_SETTINGS = re.compile(r"[^/]+\.json|plugins/[^/]+/data\.json|snippets/[^/]+\.css|themes/[^/]+/theme\.css")
"""The files of the app's settings that are read, in their folder."""
_QUOTED = re.compile(r"""["']([^"'\n]{1,1024}\.(?:toml|json))(?:#[^"'\n]*)?["']""")
"""What may be the name of another such file, in TOML or JSON."""


class RemoteVault(Struct, frozen=True):
    """One vault at a URL."""

    store: Store
    listing: Listing
    copy: Path
    """The folder with its config."""

    def too_large(self, limit: int) -> dict[str, NoteReadError]:
        """The notes that need not be asked for: the store says itself that they are over the limit of bytes."""
        sizes = zip(self.listing.files.notes, self.listing.sizes, strict=True)
        return {path: too_large(size, limit) for path, size in sizes if size > limit}

    def has(self, path: str) -> bool:
        """Whether there is such a file, or a folder with one in it; both vault-relative."""
        files = self.listing.files.files
        at, below = bisect_left(files, path), bisect_left(files, f"{path}/")
        return path == "." or files[at : at + 1] == (path,) or "".join(files[below : below + 1]).startswith(f"{path}/")

    def settings(self, ruleset: RuleSet, **asked: Unpack[Asked]) -> Settings:
        """As `load_settings`, with the vault's config. Raises `UserError`, also where it wants to run Python."""
        try:
            asked["heed_trust"] = False
            return load_settings(self.copy, ruleset, **asked)
        except LocalCodeError as error:
            what = str(error).partition(";")[0]
            raise UserError(f"{what}; a vault at a URL may not: copy it to a folder, or name a --config") from None


def within(url: str, places: Iterable[str]) -> list[str]:
    """Notes and folders of the vault at `url` as vault-relative paths; they may be URLs. Raises `UserError`."""
    top = url.rstrip("/") + "/"
    for place in places:
        if is_url(place) and not f"{place}/".startswith(top):
            raise UserError(f"'{masked(place)}' is not in the vault '{masked(url)}'")
    return [normpath(f"{place}/".removeprefix(top).strip("/") if is_url(place) else place) for place in places]


@contextmanager
def remote_vault(url: str) -> Iterator[RemoteVault]:
    """Effect: lists the vault at `url`, and copies its config to a folder that is gone afterwards.

    Raises `UserError`.
    """
    try:
        store = open_store(url)
        listing = store.listing()
        with TemporaryDirectory(prefix="vaultlint-") as folder:
            copy = Path(folder).resolve()
            _Copy(store, listing, copy).make()
            yield RemoteVault(store, listing, copy)
    except StoreError as error:
        raise UserError(str(error)) from error


class _Copy:
    """A copy under way."""

    def __init__(self, store: Store, listing: Listing, to: Path) -> None:
        self._store = store
        self._listing = listing
        self._to = to
        self._done: set[str] = set()
        self._left = _MOST_OF_ALL

    def make(self) -> None:
        """Effect: reads the store, writes the folder."""
        folder = self._config_folder()
        if folder is not None:
            self._take(path for path in self._store.find(folder) if _SETTINGS.fullmatch(path[len(folder) + 1 :]))
        left = {name for name in (CONFIG, PROJECT) if self._is_file(name)}
        while left:
            left = self._take(left)

    def _config_folder(self) -> str | None:
        """Effect: looks into the store. As `find_config_folder`."""
        hidden = self._listing.hidden
        if CONFIG_FOLDER in hidden:
            return CONFIG_FOLDER
        return next((folder for folder in hidden if self._store.has(f"{folder}/app.json")), None)

    def _take(self, paths: Iterable[str]) -> set[str]:
        """Copy these files. The files that they name, which are not copied yet."""
        wanted = [path for path in sorted(paths) if path not in self._done and ":" not in path]
        named: set[str] = set()
        for path, content in self._store.read_each(wanted[: _MOST_FILES - len(self._done)], _MOST_BYTES):
            if isinstance(content, Exception):
                raise StoreError(f"'{path}' of '{self._store.shown}' can't be read")
            self._done.add(path)
            self._left -= len(content)
            if self._left < 0:
                raise StoreError(f"the config of '{self._store.shown}', with all that it names, is over 100 MB")
            self._write(path, content)
            named |= self._named_in(path, content.decode(errors="replace"))
        return named - self._done

    def _write(self, path: str, content: bytes) -> None:
        file = self._to / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:  # a store may have a file and a folder of one name
            raise StoreError(f"'{path}' of '{self._store.shown}' can't be copied: {error.strerror}") from error

    def _named_in(self, path: str, text: str) -> set[str]:
        """The files of the vault that a config or a schema may mean by what stands in quotes."""
        names = {unquote(name) for name in _QUOTED.findall(text)}
        found = {normpath(join(folder, name)) for name in names for folder in ("", dirname(path))}
        return {each for each in found if self._is_file(each)}

    def _is_file(self, path: str) -> bool:
        files = self._listing.files
        at = bisect_left(files.files, path)
        return files.files[at : at + 1] == (path,) and path not in files.opaque
