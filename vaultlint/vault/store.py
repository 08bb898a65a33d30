"""A vault that lies in a store (S3, a zip file, memory, ...): listing and reading it through fsspec.

A store may be a stranger's: no name is taken for a path before it was looked at, and nothing is read without a bound.
"""

from __future__ import annotations

import stat
from array import array
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from vaultlint.vault.files import FileTable, Problem
from vaultlint.vault.names import is_note_path
from vaultlint.vault.url import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TOGETHER = 64
"""How many files are asked for at once: each answer is a while in coming."""
_MOST_AT_FIRST = 256_000
"""Bytes of each of these; what is larger is read by itself, so that a batch has a bound."""
_LONGEST_NAME = 1024
"""Bytes of a path: as many as S3 allows, and more than the app can sync."""

_LONGEST_ANSWER, _LONGEST_REASON = 5_000, 300
"""Signs of what a store says that are looked at, and that are told."""


class StoreError(OSError):
    """A store that can't be opened or listed; the message is for people, and holds no secret."""


class FileSystem(Protocol):
    """What is used of a file system of fsspec's. Entries have `name`, `type` and `size`, in bytes or `None`."""

    def ls(self, path: str, detail: bool) -> list[dict[str, Any]]:
        """The entries of one folder."""

    def find(self, path: str, *, detail: bool) -> dict[str, dict[str, Any]]:
        """All files below a folder, by name."""

    def info(self, path: str) -> dict[str, Any]:
        """One entry."""

    def cat_ranges(self, paths: list[str], starts: int, ends: int, *, on_error: str) -> list[bytes | Exception]:
        """The bytes of many files."""


class Listing(Struct, frozen=True):
    """All that a store holds of a vault."""

    files: FileTable
    sizes: array[int]
    """The bytes of each of `files.notes`, as far as the store tells; else 0."""
    hidden: tuple[str, ...]
    """The dot folders at the root, which are not in `files`."""


class Store(Struct, frozen=True):
    """One folder of a file system of fsspec's. Travels to workers, with the keys that open it."""

    system: FileSystem
    top: str
    """What the file system's names of the vault's files begin with: empty, or with a slash at its end."""
    shown: str
    """The URL without its secrets, for messages."""
    is_shared: bool = True
    """Whether other processes see the same files: not in `memory://`."""

    def listing(self) -> Listing:
        """Effect: lists the store. Names that lead out of the vault, or that no vault can have, are left out.

        Raises `StoreError`. What hangs below a dot folder is not listed, as on disk.
        """
        table = _Table(self.shown)
        hidden = []
        for entry in self._entries(""):
            path = self._relative(entry)
            if not path:  # the root itself, which S3 may list as an empty object
                if _size(entry) or is_note_path(self.top[:-1]):
                    raise StoreError(f"'{self.shown}' is a file: name its vault with --vault, and then the note")
                continue
            if entry.get("type") != "directory" or not _is_path(path):
                table.add(path, entry)
            elif path.startswith("."):
                hidden.append(path)
            else:
                for below in self._below(path):
                    table.add(self._relative(below), below)
        return table.listing(hidden)

    def find(self, folder: str) -> list[str]:
        """Effect: lists the store. The files below a folder, vault-relative, sorted. Raises `StoreError`."""
        return sorted(path for entry in self._below(folder) if _is_path(path := self._relative(entry)))

    def has(self, path: str) -> bool:
        """Effect: asks the store. Whether there is such a file."""
        return self._size_of(path) is not None

    def read_each(self, paths: Sequence[str], most: int) -> Iterator[tuple[str, bytes | Exception]]:
        """Effect: reads files, in order, some at once and ahead of their turn.

        Of each file come at most `most` + 1 bytes, or what went wrong.
        """
        batches = [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)]
        with ThreadPoolExecutor(1) as ahead:
            coming = deque(ahead.submit(self._read_together, batch, most) for batch in batches[:1])
            for at, batch in enumerate(batches, start=1):
                coming.extend(ahead.submit(self._read_together, following, most) for following in batches[at : at + 1])
                yield from zip(batch, coming.popleft().result(), strict=True)

    def read(self, path: str, most: int) -> bytes:
        """Effect: reads a file, at most `most` + 1 bytes of it; raises whatever the store raises."""
        (content,) = self._read_together([path], most)
        if isinstance(content, Exception):
            raise content
        return content

    def _read_together(self, paths: Sequence[str], most: int) -> list[bytes | Exception]:
        first = min(_MOST_AT_FIRST, most + 1)
        contents = self.system.cat_ranges([self._full(path) for path in paths], 0, first, on_error="return")
        return [self._whole(path, content, first, most) for path, content in zip(paths, contents, strict=True)]

    def _whole(self, path: str, content: bytes | Exception, first: int, most: int) -> bytes | Exception:
        """What a file holds, of which the first bytes were asked for."""
        if isinstance(content, Exception):
            return b"" if self._size_of(path) == 0 else content  # S3 has no range of what is empty
        if len(content) < first or first > most:
            return content
        return self.system.cat_ranges([self._full(path)], 0, most + 1, on_error="return")[0]

    def _size_of(self, path: str) -> int | None:
        """Bytes; `None` where there is no such file, or the store does not say."""
        try:
            entry = self.system.info(self._full(path))
        except Exception:  # noqa: BLE001  each store has errors of its own
            return None
        return entry.get("size") if entry.get("type") == "file" else None

    def _full(self, path: str) -> str:
        return self.top + path

    def _relative(self, entry: dict[str, Any]) -> str:
        """The path of an entry in the vault; of the root itself it is empty."""
        name: str = entry["name"]
        return "" if name == self.top[:-1] else name.removeprefix(self.top)

    def _entries(self, path: str) -> Iterable[dict[str, Any]]:
        try:
            return self.system.ls(self._full(path), detail=True)
        except Exception as error:
            raise _unlisted(self.shown, error) from error

    def _below(self, path: str) -> Iterable[dict[str, Any]]:
        try:
            return self.system.find(self._full(path), detail=True).values()
        except Exception as error:
            raise _unlisted(self.shown, error) from error


class _Table:
    """A listing under way."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._sizes: dict[str, int] = {}
        self._opaque: set[str] = set()
        self._no_paths: list[str] = []

    def add(self, path: str, entry: dict[str, Any]) -> None:
        """Take in one file, if the app would see it."""
        if not _is_path(path):
            self._no_paths.append(path)
        elif not path.startswith(".") and "/." not in path:
            self._sizes[path] = _size(entry)
            if _is_link(entry):
                self._opaque.add(path)

    def listing(self, hidden: Iterable[str]) -> Listing:
        """What was found, sorted."""
        files = tuple(sorted(self._sizes))
        notes = tuple(path for path in files if is_note_path(path) and path not in self._opaque)
        table = FileTable(
            root=self._root,
            notes=notes,
            files=files,
            opaque=frozenset(self._opaque),
            problems=tuple(self._problems()),
        )
        return Listing(table, array("Q", [self._sizes[path] for path in notes]), tuple(sorted(hidden)))

    def _problems(self) -> Iterator[Problem]:
        """One for all names that are none: there may be as many as the sender likes."""
        if self._no_paths:
            more = len(self._no_paths) - 1
            reason = "no file of a vault can have such a name" + (
                f", nor the {more:,} more that are like it" if more else ""
            )
            yield Problem(min(self._no_paths), reason)


def open_store(url: str) -> Store:
    """Effect: opens the place that `url` names, as fsspec has it (`s3://bucket/vault`, `zip://Notes::s3://b/all.zip`).

    Keys and endpoints are those of fsspec's own config and of each store's. Raises `StoreError`.
    """
    try:
        from fsspec.core import url_to_fs
        from fsspec.implementations.local import LocalFileSystem
    except ImportError:
        message = "a vault at a URL needs fsspec: `pip install 'obsidian-vaultlint[remote]'`"
        raise StoreError(message) from None
    shown = masked(url)
    schemes = {part.partition("://")[0] for part in url.split("::")}
    if "reference" in schemes:
        raise StoreError(f"'{shown}' is a list of references, which could lead anywhere: name the store itself")
    try:
        system, folder = url_to_fs(url, use_listings_cache=False)
    except Exception as error:
        raise StoreError(f"'{shown}' can't be opened: {reason_of(error)}") from error
    if isinstance(system, LocalFileSystem) or isinstance(getattr(system, "fs", None), LocalFileSystem):
        raise StoreError(f"'{shown}' is a folder of this machine: name it by its path, without '://'")
    root = "/" if folder.startswith("/") else system.root_marker
    return Store(system, f"{folder.rstrip('/')}/" if folder.strip("/") else root, shown, "memory" not in schemes)


def reason_of(error: BaseException) -> str:
    """What a store says went wrong, in one line without secrets."""
    said = " ".join(str(getattr(error, "strerror", None) or error)[:_LONGEST_ANSWER].split())
    return masked(said)[:_LONGEST_REASON] or type(error).__name__


def _unlisted(shown: str, error: Exception) -> StoreError:
    if isinstance(error, FileNotFoundError):
        return StoreError(f"there is no vault at '{shown}'")
    return StoreError(f"'{shown}' can't be listed: {reason_of(error)}")


def _is_path(path: str) -> bool:
    """Whether a key is a path that a vault can have: whole names, none of which leads elsewhere on any system."""
    if not path or "\\" in path or "\0" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        return False
    try:
        return len(path.encode()) <= _LONGEST_NAME
    except UnicodeEncodeError:
        return False


def _size(entry: dict[str, Any]) -> int:
    """Bytes; 0 where the store does not tell."""
    size = entry.get("size")
    return size if isinstance(size, int) and 0 <= size < 2**63 else 0


def _is_link(entry: dict[str, Any]) -> bool:
    """Whether this is a symbolic link, of a zip or tar file or of a server: what it leads to is not read."""
    mode = entry.get("external_attr", 0) >> 16
    return stat.S_ISLNK(mode) or bool(entry.get("islink") or entry.get("linkname"))
