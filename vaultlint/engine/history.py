"""What git knows of a vault's past, asked once somebody needs it and never before."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.vault.headings import heading_key
from vaultlint.vault.history import Past
from vaultlint.vault.names import is_note_path, path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from vaultlint.git.door import Git
    from vaultlint.git.headings import Replaced
    from vaultlint.git.renames import Ended
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.history import Went

_EXACT = 100
_LEAST_OWN = 20
"""How many letters of its own a renamed note must have kept, if it was changed in the same commit."""
_MOST_NOTES = 200
"""With broken links to headings of more notes than these, it is no renaming of headings that broke them."""


class GitHistory:
    """The past of one vault, as its git repository has it. Without one, nobody knows anything."""

    def __init__(self, root: Path, files: FileTable) -> None:
        self._root = root
        self._files = files

    @property
    def partial(self) -> bool:
        """Effect: asks git. Whether the history was cut off by a shallow clone, and may know too little."""
        return self._read is not None and self._read.shallow

    def went(self, path: str, source: str) -> Went | None:
        """Effect: asks git at the first call; see `History`."""
        return self._past.went(path, source) if self._past is not None else None

    def heading(self, path: str, text: str, notes: Callable[[], Collection[str]]) -> str | None:
        """Effect: asks git at the first call; see `History`. It is the text now, or a line that was."""
        if self._headings is None:
            self._headings = self._read_headings(notes())
        return self._headings.get(path, _NO_HEADINGS).became(text)

    _headings: dict[str, _Headings] | None = None

    def _read_headings(self, notes: Collection[str]) -> dict[str, _Headings]:
        from vaultlint.git.door import GitError
        from vaultlint.git.headings import replaced

        if self._read is None or len(notes) > _MOST_NOTES:
            return {}
        found: dict[str, list[Replaced]] = {}
        try:
            for one in replaced(self._read.git, self._read.head, sorted(notes)):
                found.setdefault(one.path, []).append(one)
        except GitError:
            return {}
        return {path: _Headings(changes) for path, changes in found.items()}

    @cached_property
    def _past(self) -> Past | None:
        if self._read is None:
            return None
        ends = self._read.ends
        return Past(self._files, [(end.path, end.to or None) for end in ends], _Proof(self._read).doubt)

    @cached_property
    def _read(self) -> _Read | None:
        from vaultlint.git.door import Git, GitError

        try:
            git = Git.of(self._root)
            return _read(git) if git is not None else None
        except GitError:  # a run is not to fail for want of a hint
            return None


class _Read:
    """What was read of a history."""

    def __init__(self, git: Git, head: str, ends: Sequence[Ended], *, shallow: bool) -> None:
        self.git = git
        self.head = head
        self.ends = ends
        self.shallow = shallow


def _read(git: Git) -> _Read | None:
    """Effect: asks git; reads and writes the cache. Only what is new since the cached commit is read."""
    from vaultlint.engine import history_cache
    from vaultlint.git import renames, trees

    head = renames.head(git)
    if head is None:
        return None
    if trees.is_shallow(git):  # may become deeper, and the same commit have more of a past
        return _Read(git, head, renames.ends(git, head), shallow=True)
    place = history_cache.place_of(git.top, git.prefix)
    kept = history_cache.load(place)
    if kept is not None and kept.head == head:
        return _Read(git, head, kept.ends, shallow=False)
    if kept is not None and trees.is_id(kept.head) and renames.comes_from(git, head, kept.head):
        ends = (*kept.ends, *renames.ends(git, head, kept.head))
    else:
        ends = renames.ends(git, head)
    history_cache.keep(place, head, ends)
    return _Read(git, head, ends, shallow=False)


class _Proof:
    """Tells whether the two files of a rename are one, for git only compares what came and went in a commit.

    Notes made from one template look alike: one that is deleted and another that is made meanwhile are a rename
    to git. So a file counts as the same if it is so byte for byte and no other file has that content, or if
    it is a note that kept at least half of what no other note has.
    """

    def __init__(self, read: _Read) -> None:
        self._git, self._head, self._ends = read.git, read.head, read.ends

    def doubt(self, place: int, path: str) -> str:
        """Why the files of a rename that leads to `path` may not be one; empty where they are."""
        end = self._ends[place]
        if end.score < _EXACT:
            alike = f"it was changed when it was renamed: git found the two {end.score} % alike"
            return "" if self._kept_its_own(place, path) else alike
        others = self._paths.get(end.new, set()) - {path_key(path)}
        return "git knows several files of this very content" if others or not end.only else ""

    def _kept_its_own(self, place: int, path: str) -> bool:
        if place not in self._changed:
            return False
        before, after = self._changed[place]
        own = {line for line in before if self._holders.get(line, set()) <= {path_key(path)}}
        whole, left = (sum(map(len, lines)) for lines in (own, own & after))
        return left >= _LEAST_OWN and 2 * left >= whole

    @cached_property
    def _paths(self) -> dict[str, set[str]]:
        """Blob -> the keys of the paths where it is checked out."""
        from vaultlint.git.trees import tree

        paths: dict[str, set[str]] = {}
        for entry in tree(self._git, self._head, self._git.prefix):
            paths.setdefault(entry.id, set()).add(path_key(entry.path))
        return paths

    @cached_property
    def _changed(self) -> dict[int, tuple[frozenset[bytes], frozenset[bytes]]]:
        """The renames of notes that were changed meanwhile: their lines before and after."""
        from vaultlint.git.door import GitError
        from vaultlint.git.trees import blobs

        places = [place for place, end in enumerate(self._ends) if _is_changed_note(end)]
        ids = (blob for place in places for blob in (self._ends[place].old, self._ends[place].new))
        try:
            texts = list(map(_lines, blobs(self._git, ids)))
        except GitError:  # a clone without all of its objects
            return {}
        return dict(zip(places, zip(texts[::2], texts[1::2], strict=True), strict=True))

    @cached_property
    def _holders(self) -> dict[bytes, set[str]]:
        """Those lines -> the keys of the notes that have them where they are checked out."""
        from vaultlint.git.trees import blobs

        wanted = frozenset[bytes]().union(*(before for before, _ in self._changed.values()))
        notes = [(blob, keys) for blob, keys in self._paths.items() if any(map(is_note_path, keys))]
        holders: dict[bytes, set[str]] = {}
        for (_, keys), text in zip(notes, blobs(self._git, (blob for blob, _ in notes)), strict=True):
            for line in _lines(text) & wanted:
                holders.setdefault(line, set()).update(keys)
        return holders


def _is_changed_note(end: Ended) -> bool:
    return bool(end.to) and end.score < _EXACT and is_note_path(end.path) and is_note_path(end.to)


def _lines(text: bytes) -> frozenset[bytes]:
    """The lines of a note, without the space around them."""
    return frozenset(line.strip() for line in text.split(b"\n"))


class _Headings:
    """The headings that went away from one note."""

    def __init__(self, changes: Iterable[Replaced]) -> None:
        self._times = Counter[str]()
        self._new: dict[str, str] = {}
        for one in changes:
            key = heading_key(one.old)
            if key == heading_key(one.new):  # the app sees no difference
                continue
            self._times[key] += 1
            self._new[key] = one.new

    def became(self, text: str) -> str | None:
        """The last text of the heading, if every time it was written anew there was one, and no other way."""
        key, new = heading_key(text), None
        seen: set[str] = set()
        while key in self._times:
            if self._times[key] != 1 or not self._new[key] or key in seen:
                return None
            seen.add(key)
            new = self._new[key]
            key = heading_key(new)
        return new


_NO_HEADINGS = _Headings(())
