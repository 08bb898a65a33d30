"""What names once meant: where the file went that a link was written for."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from vaultlint.vault.files import FileTable
from vaultlint.vault.links import Resolver
from vaultlint.vault.names import base_name, folder_of, is_note_path, path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime


class Went(Struct, frozen=True):
    """Where a file is now that a link named in the past."""

    path: str
    """The file, which is there."""
    doubt: str = ""
    """Why another may have been meant, in words; empty: it is sure."""

    @property
    def sure(self) -> bool:
        """Whether nothing else can have been meant."""
        return not self.doubt


class Dates(Struct, frozen=True):
    """When a note came to be and when its content last changed, as its history has it: with the author's offset."""

    created: datetime | None
    """`None`: it is not known."""
    modified: datetime | None
    """Never before it was created; `None`: it is not known."""
    created_doubt: str = ""
    """Why another note may have been created then, in words; empty: it is sure."""
    modified_doubt: str = ""


class History(Protocol):
    """What is known of a vault's past."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong when the past was looked at, in words; empty until somebody asks."""

    def went(self, path: str, source: str) -> Went | None:
        """Where the file is that `path`, in a link of the note `source`, once led to; `None`: nobody knows."""

    def heading(self, path: str, text: str, notes: Callable[[], Collection[str]]) -> str | None:
        """What became of the heading that a note once had, if that is sure: its text now.

        `notes` are those that somebody will ask about, so that their past is looked through at one go.
        """

    def dates(self, path: str, left_out: str = "") -> Dates | None:
        """The dates of the note `path`, which is there; `None`: it is in no history.

        `left_out` is a file of the vault such as `.git-blame-ignore-revs`: the changes that it lists change no date.
        """

    def content_dates(
        self, paths: Collection[str], left_out: str, but_for: Callable[[str], bool]
    ) -> Mapping[str, Dates]:
        """The dates of those notes that are in a history, asked at one go.

        A change of properties alone whose names, as they are written, are `but_for`, is no change of a note.
        """

    def is_changed(self, path: str) -> bool:
        """Whether the note `path` is another now than its history has it, or in no history."""


class NoHistory:
    """The past of a vault that none is recorded of."""

    notices: tuple[str, ...] = ()

    def went(self, path: str, source: str) -> Went | None:
        """Nobody knows."""

    def heading(self, path: str, text: str, notes: Callable[[], Collection[str]]) -> str | None:
        """Nobody knows."""

    def dates(self, path: str, left_out: str = "") -> Dates | None:
        """Nobody knows."""

    def content_dates(
        self, paths: Collection[str], left_out: str, but_for: Callable[[str], bool]
    ) -> Mapping[str, Dates]:
        """Nobody knows."""
        return {}

    def is_changed(self, path: str) -> bool:
        """There is nothing that it could be equal to."""
        return True


class Past:
    """The names that came to an end, and a link's path looked up among them as the app would have done.

    An end is a name and the name that its file got then, or `None` for a deletion; oldest first.
    """

    def __init__(
        self,
        files: FileTable,
        ends: Sequence[tuple[str, str | None]],
        doubt: Callable[[int, str], str] = lambda _, __: "",
    ) -> None:
        """`doubt` says of an end, by its place in `ends`, why the file that it leads to now may be another.

        Empty: it is the same.
        """
        self._files = files
        self._ends = ends
        self._doubt = doubt
        self._of_name: dict[str, list[int]] = {}
        for place, (path, _) in enumerate(ends):
            if not _is_hidden(path):
                self._of_name.setdefault(path, []).append(place)
        names = sorted(self._of_name)
        notes = tuple(name for name in names if is_note_path(name))
        self._old = FileTable("", notes=notes, files=tuple(names))
        self._resolver = Resolver(self._old)
        self._known: dict[tuple[str, str], Went | None] = {}

    def went(self, path: str, source: str) -> Went | None:
        """As in `History`."""
        key = (path, folder_of(source))
        if key not in self._known:
            self._known[key] = self._look_up(path, source)
        return self._known[key]

    def _look_up(self, path: str, source: str) -> Went | None:
        first = self._resolver.find(path, source).path if path else None
        if first is None:
            return None
        names = self._all_named(path, first)
        finals: dict[str, set[int]] = {}
        lost = False
        for name in names:
            for place in self._of_name[name]:
                final, trail = self._follow(place)
                lost |= final is None
                if final is not None:
                    finals.setdefault(final, set()).update(trail)
        best = next((final for end in reversed(self._of_name[first]) if (final := self._follow(end)[0])), None)
        if best is None:
            best = next(iter(finals), None)
        if best is None:
            return None
        return Went(best, self._doubts(names, best, finals, lost=lost))

    def _doubts(self, names: Iterable[str], best: str, finals: dict[str, set[int]], *, lost: bool) -> str:
        if len(finals) > 1:
            return f"in git's history, {len(finals)} files had this name"
        if lost:
            return "in git's history, a file of this name was deleted, too"
        if self._was_reused(names, best):
            return "in git's history, names that the file had on its way were those of other files, too"
        return next((said for place in sorted(finals[best]) if (said := self._doubt(place, best))), "")

    def _all_named(self, path: str, first: str) -> tuple[str, ...]:
        """Every old file that answers to a path, whatever others there were at its time."""
        if path.startswith(("/", "./", "../")):
            return self._old.by_path[path_key(first)]
        wanted = path_key(path)
        if is_note_path(first) and not wanted.endswith(".md"):
            wanted = f"{wanted}.md"
        keys = self._old.by_name[base_name(wanted)]
        return tuple(
            name for key in keys if key == wanted or key.endswith(f"/{wanted}") for name in self._old.by_path[key]
        )

    def _follow(self, place: int) -> tuple[str | None, list[int]]:
        """The file that is there now of one that lost its name then, and the ends on its way."""
        trail = [place]
        while (name := self._ends[trail[-1]][1]) is not None:
            later = self._of_name.get(name, [])
            at = bisect_right(later, trail[-1])
            if at == len(later):
                return self._there(name), trail
            trail.append(later[at])
        return None, trail

    def _was_reused(self, names: Iterable[str], best: str) -> bool:
        """Whether some order of the ends leads elsewhere.

        Branches have no order among each other, so the one that git lists is not trusted alone.
        """
        seen: set[str] = set()
        left = list(names)
        while left:
            name = left.pop()
            if name in seen:
                continue
            seen.add(name)
            there = self._there(name)
            if there is not None and there != best:
                return True
            for place in self._of_name.get(name, ()):
                to = self._ends[place][1]
                if to is None:
                    return True
                left.append(to)
        return False

    def _there(self, name: str) -> str | None:
        """The file of this name, if the vault has it."""
        if _is_hidden(name):
            return None
        files = self._files.by_path.get(path_key(name), ())
        return name if name in files else files[0] if len(files) == 1 else None


def _is_hidden(path: str) -> bool:
    """Whether the app does not see a file: a note in `.trash` is gone."""
    return path.startswith(".") or "/." in path
