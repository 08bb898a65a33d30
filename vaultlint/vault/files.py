"""The files of a vault by name: one walk, before any note is read."""

from __future__ import annotations

import errno
import os
import stat
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from vaultlint.vault.name_table import NameTable
from vaultlint.vault.names import base_name, is_note_path, path_key, shortest_first

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_MOST_BEHIND_A_LINK = 100_000
"""How many names are listed behind one symbolic link: it may lead to a whole disk."""


class Problem(Struct, frozen=True):
    """A folder that could not be listed."""

    path: str
    """Vault-relative, POSIX."""
    reason: str
    """In words, such as `Permission denied`."""


class FileTable(Struct, frozen=True, dict=True):
    """Every file that the vault has, hidden ones left out (semantics 2.16).

    Paths are vault-relative with `/`, spelled as on disk (whatever their Unicode form), and sorted. A name
    that is no valid Unicode is listed with escapes such as `\\xff`; `locate` knows where it really is.
    """

    root: str
    """The vault's folder, absolute."""
    notes: tuple[str, ...] = ()
    """The files that end in `.md`, in any case; opaque ones left out."""
    files: tuple[str, ...] = ()
    """All files that a link can lead to, notes and opaque ones included."""
    opaque: frozenset[str] = frozenset()
    """Files known by name alone: behind a symbolic link, or not yet downloaded. They are never read."""
    irregular: frozenset[str] = frozenset()
    """Notes that are no regular files (pipes, devices, sockets) and must not be opened."""
    problems: tuple[Problem, ...] = ()
    outside: tuple[str, ...] = ()
    """Symbolic links that lead out of the vault."""
    originals: dict[str, str] = field(default_factory=dict)
    """Listed path -> vault-relative path on disk, where they differ."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a run should say once about the walk, in words."""
        unlisted = (f"'{problem.path}' could not be listed: {problem.reason}" for problem in self.problems)
        if not self.outside:
            return tuple(unlisted)
        first, *more = self.outside
        are = f"'{first}' and {len(more)} more are symbolic links" if more else f"'{first}' is a symbolic link"
        linked = f"{are} out of the vault: names there can be linked to, nothing is read"
        return (*unlisted, linked)

    def locate(self, path: str) -> str:
        """Where a listed file is, to open it: an absolute path."""
        return f"{self.root}/{self.originals.get(path, path)}"

    @cached_property
    def by_path(self) -> NameTable:
        """Key of a whole path -> its files: one, save on a disk that tells case or Unicode forms apart."""
        return NameTable(zip(map(path_key, self.files), self.files, strict=True))

    @cached_property
    def by_name(self) -> NameTable:
        """Key of a base name (with extension) -> the keys of all paths that end in it, shortest first."""
        return NameTable(((base_name(key), key) for key in self.by_path), shortest_first)


def walk(root: str | os.PathLike[str]) -> FileTable:
    """List the vault at `root`. Dot files and dot folders are hidden from the app, and from this list.

    Symbolic links (semantics 2.18): a folder link to inside the vault, or to a folder around it, is left out;
    one that leads elsewhere is listed by name, and so is a link to a file. A folder that can't be listed is a
    problem, and the walk goes on. Raises OSError if `root` itself can't be listed.
    """
    listing = _Listing(os.fspath(root))
    listing.folder("")
    while listing.folders:
        listing.folder(listing.folders.pop())
    return listing.table()


def read_regular(path: str, most: int = -1) -> bytes:
    """Effect: reads a file; at most `most` bytes of it. Raises OSError, also for what is no regular file.

    Links are not followed, and nothing waits for somebody to write to a pipe.
    """
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        return file.read(most)


class _Listing:
    """A walk under way."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)  # noqa: PTH100  # not resolved: the owner's own name of the place
        self.real_root = os.path.realpath(root)
        self.folders: list[str] = []
        self.files: list[str] = []
        self.opaque: list[str] = []
        self.irregular: list[str] = []
        self.problems: list[Problem] = []
        self.outside: list[str] = []
        self.originals: dict[str, str] = {}

    def folder(self, folder: str) -> None:
        """List one folder of the vault, and remember the folders in it."""
        prefix = f"{folder}/" if folder else ""
        try:
            entries = os.scandir(f"{self.root}/{prefix}")
        except OSError as error:
            if not folder:
                raise
            self._problem(folder, error)
            return
        files, folders = self.files, self.folders
        with entries:
            for entry in entries:
                name = entry.name
                path = prefix + name
                if name[0] == ".":
                    self._placeholder(prefix, name)
                elif entry.is_file(follow_symlinks=False):
                    files.append(path)
                    if sys.platform == "win32" and _recalled(entry):
                        self.opaque.append(path)
                elif entry.is_symlink() or _junction(entry):
                    self._link(path, entry)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif is_note_path(name):
                    files.append(path)
                    self.irregular.append(path)

    def table(self) -> FileTable:
        """What was found, sorted, every name made valid Unicode."""
        opaque = frozenset(map(self._listed, self.opaque))
        files = sorted({self._listed(path) for path in self.files} | opaque)
        return FileTable(
            root=self.root,
            notes=tuple(path for path in files if is_note_path(path) and path not in opaque),
            files=tuple(files),
            opaque=opaque,
            irregular=frozenset(map(self._listed, self.irregular)),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.path)),
            outside=tuple(sorted(map(self._listed, self.outside))),
            originals=self.originals,
        )

    def _listed(self, path: str) -> str:
        """A path as it is listed: as on disk, bytes that are no UTF-8 written as escapes."""
        if path.isascii():
            return path
        try:
            path.encode()
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode("utf-8", "backslashreplace")
            self.originals[shown] = path
            return shown
        return path

    def _problem(self, folder: str, error: OSError) -> None:
        self.problems.append(Problem(self._listed(folder), error.strerror or type(error).__name__))

    def _placeholder(self, prefix: str, name: str) -> None:
        """`.Note.md.icloud` stands for a `Note.md` that iCloud has not downloaded: it can be linked to."""
        if name.endswith(".icloud") and len(name) > len("..icloud"):
            self.opaque.append(prefix + name[1 : -len(".icloud")])

    def _link(self, path: str, entry: os.DirEntry[str]) -> None:
        """A symbolic link: what it leads to is known by name alone."""
        try:
            is_folder = entry.is_dir()
            exists = is_folder or entry.is_file()
        except OSError:  # a loop, or a place that can't be reached
            return
        if not exists:
            return
        target = os.path.realpath(entry.path)
        inside = _lies_in(target, self.real_root)
        if not is_folder:
            self.opaque.append(path)
        elif inside or _lies_in(self.real_root, target):
            return
        if not inside:
            self.outside.append(path)
        if is_folder:
            self.opaque.extend(_names_behind(entry.path, path))


def _names_behind(place: str, path: str) -> Iterator[str]:
    """The names of the files behind a link, as paths of the vault; links to folders left out."""
    left = _MOST_BEHIND_A_LINK
    folders = [(place, path)]
    while folders and left > 0:
        place, path = folders.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries[:left]:
            left -= 1
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{path}/{entry.name}"))
            elif entry.is_file():
                yield f"{path}/{entry.name}"


def _lies_in(place: str, folder: str) -> bool:
    """Whether a real path is `folder` or lies in it."""
    place, folder = os.path.normcase(place), os.path.normcase(folder)
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


def _recalled(entry: os.DirEntry[str]) -> bool:
    """Whether reading this file would download it (OneDrive and the like). Windows only, and free there."""
    if sys.platform != "win32":
        return False
    recall_on_data_access = 0x400000
    attributes = entry.stat(follow_symlinks=False).st_file_attributes
    return bool(attributes & (stat.FILE_ATTRIBUTE_OFFLINE | recall_on_data_access))


def _junction(entry: os.DirEntry[str]) -> bool:
    """Whether this is a junction, which Windows does not count as a symbolic link."""
    if sys.platform != "win32":
        return False
    mount_point = 0xA0000003
    return entry.stat(follow_symlinks=False).st_reparse_tag == mount_point
