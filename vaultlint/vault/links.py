"""What a link leads to: the lookup of a path, exactly as the app does it (observed 23-38, semantics 2)."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.vault.names import base_name, folder_of, is_note_path, path_key, written_length

if TYPE_CHECKING:
    from vaultlint.vault.facts import BlockFact, HeadingFact
    from vaultlint.vault.files import FileTable


class Target(Struct, frozen=True, gc=False):
    """What one link leads to."""

    source: str
    """The note that the link stands in."""
    path: str | None = None
    """The file found."""
    missing: bool = False
    """No file: what the app calls unresolved."""
    ambiguous: bool = False
    """Several files are of equal rank, and which one the app opens is not stable (semantics 2.3)."""
    candidates: tuple[str, ...] = ()
    """The files of equal rank where there is more than one; the first is `path`."""
    matches: tuple[str, ...] = ()
    """Every file that the path fits where there is more than one, settled or not; shortest path first.

    Empty where the path is exact, from the root or from the note's folder: there is nothing to settle.
    """
    is_note: bool = False
    opaque: bool = False
    """The file is known by name alone: nothing behind a `#` can be judged."""
    beyond_root: bool = False
    """The link climbs out of the vault by `../`: it is not judged."""
    subpath: tuple[str, ...] = ()
    """The segments behind each `#`; a block id begins with `^`."""
    heading_missing: bool = False
    """The note is there and has no such heading, or no such chain of headings."""
    block_missing: bool = False
    """The note is there and has no such block id."""
    heading: HeadingFact | None = None
    block: BlockFact | None = None

    @property
    def is_faulty(self) -> bool:
        """Whether no file, heading or block is there, or several files fit."""
        return self.missing or bool(self.matches) or self.heading_missing or self.block_missing


class Found(Struct, frozen=True, gc=False):
    """What a path leads to from one folder: the part of a verdict that all links of that path share."""

    path: str | None = None
    candidates: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    is_note: bool = False
    opaque: bool = False
    beyond_root: bool = False

    @property
    def missing(self) -> bool:
        """Whether the app calls the link unresolved."""
        return self.path is None and not self.beyond_root

    @property
    def is_plain(self) -> bool:
        """Whether one file answers, and no other."""
        return self.path is not None and not self.matches


_NOTHING = Found()
_BEYOND = Found(beyond_root=True)


class _Matches(Struct, frozen=True, gc=False):
    """The files whose paths are a wanted path, or end in it by whole components."""

    every: tuple[str, ...] = ()
    """Shortest first."""
    shortest: tuple[str, ...] = ()
    """Those of the least length."""


_NO_MATCHES = _Matches()


class Resolver:
    """Looks paths up in one vault. Remembers what it found where it may be asked again from elsewhere.

    So what is remembered grows with what links name, and not with the links: a path that begins at the note's own
    folder is quickly followed, and hardly ever asked for twice.
    """

    def __init__(self, files: FileTable) -> None:
        self._files = files
        self._anywhere: dict[str, Found] = {}
        self._from_folder: dict[tuple[str, str], Found] = {}
        self._matches: dict[str, _Matches] = {}

    def resolve(self, path: str, source: str) -> Target:
        """The file that `path` (decoded, trimmed, without subpath) leads to from the note `source`."""
        return target_of(self.find(path, source), source)

    def find(self, path: str, source: str) -> Found:
        """As `resolve`, the source left out."""
        found = self._anywhere.get(path)
        if found is not None:
            return found
        if not path:  # `[[#heading]]`: the note itself (observed 34)
            return Found(source, is_note=is_note_path(source), opaque=source in self._files.opaque)
        folder = folder_of(source)
        if path[0] == ".":
            return self._look_up(path, folder)
        key = (path, folder)
        found = self._from_folder.get(key)
        if found is None:
            found = self._look_up(path, folder)
            if found.matches:
                self._from_folder[key] = found
            else:  # the folder that asks made no difference
                self._anywhere[path] = found
        return found

    def _look_up(self, path: str, folder: str) -> Found:
        exact = True
        if path.startswith(("./", "../")):
            climbed = _climb(path, folder)
            if climbed is None:
                return _BEYOND
            path = climbed
        elif path.startswith("/"):
            path = path[1:]
        else:
            exact = False
        key = path_key(path)
        by_path, by_name = self._files.by_path, self._files.by_name
        # `.md` first: `[[v1.9]]` is `v1.9.md`, and `[[board]]` is `board.md` even beside a `board.canvas`.
        for wanted in (key,) if key.endswith(".md") else (f"{key}.md", key):
            files = by_path.get(wanted)
            if files is not None:
                return self._settle(files, files)
            if exact:
                continue
            if (keys := by_name.get(wanted)) is not None and len(keys) == 1:  # so nearly all that have a file
                files = by_path[keys[0]]
                return self._settle(files, files)
            if (matches := self._matches_of(wanted)).every:
                own = self._in_own_folder(wanted, folder) if len(matches.every) > 1 else ()
                return self._settle(own or matches.shortest, matches.every)
        return _NOTHING

    def _in_own_folder(self, wanted: str, folder: str) -> tuple[str, ...]:
        """The matches in the folder of the note that asks: they come first (observed 25)."""
        own = f"{path_key(folder)}/{base_name(wanted)}"
        return self._files.by_path.get(own, ()) if own.endswith(f"/{wanted}") else ()

    def _matches_of(self, wanted: str) -> _Matches:
        known = self._matches.get(wanted)
        if known is None:
            known = self._matches[wanted] = self._match(wanted)
        return known

    def _match(self, wanted: str) -> _Matches:
        keys = self._files.by_name.get(base_name(wanted))
        if keys is None:
            return _NO_MATCHES
        by_path = self._files.by_path
        tail = f"/{wanted}"
        ending = [key for key in keys if key.endswith(tail) or key == wanted]
        if not ending:
            return _NO_MATCHES
        shortest = written_length(ending[0])
        tied = takewhile(lambda key: written_length(key) == shortest, ending)
        return _Matches(
            tuple(path for key in ending for path in by_path[key]),
            tuple(path for key in tied for path in by_path[key]),
        )

    def _settle(self, first: tuple[str, ...], every: tuple[str, ...]) -> Found:
        path = first[0]
        return Found(
            path,
            first if len(first) > 1 else (),
            every if len(every) > 1 else (),
            is_note_path(path),
            path in self._files.opaque,
        )


def target_of(found: Found, source: str, subpath: tuple[str, ...] = ()) -> Target:
    """The verdict on one link, nothing said yet of what is behind a `#`."""
    return Target(
        source,
        found.path,
        found.path is None and not found.beyond_root,
        bool(found.candidates),
        found.candidates,
        found.matches,
        found.is_note,
        found.opaque,
        found.beyond_root,
        subpath,
    )


def _climb(path: str, folder: str) -> str | None:
    """The path from the root that a relative path means; `None` if it climbs past the root."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
