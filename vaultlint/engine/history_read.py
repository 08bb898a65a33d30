"""What is read of a vault's history in git, and how far it is proof."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from vaultlint.engine.history_cache import FORMAT, Kept, keep, load, place_of
from vaultlint.git.door import GitError
from vaultlint.git.headings import replaced
from vaultlint.git.renames import EXACT, ends
from vaultlint.git.trees import blobs, comes_from, is_shallow, tree
from vaultlint.vault.headings import heading_key
from vaultlint.vault.history import Past
from vaultlint.vault.names import is_note_path, path_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from vaultlint.git.door import Git
    from vaultlint.git.headings import Replaced
    from vaultlint.git.renames import Ended
    from vaultlint.vault.files import FileTable

_LEAST_OWN = 20
"""How many bytes of its own a renamed note must have kept, if it was changed in the same commit."""


class Read:
    """What is read of a history: of what is in the cache, only the commits since."""

    def __init__(self, git: Git, head: str) -> None:
        """Effect: asks git; reads and writes the cache. Raises `GitError`."""
        self.git = git
        self.head = head
        self.shallow = is_shallow(git)
        """Then nothing is kept: it may become deeper, and the same commit have more of a past."""
        self.ends = self._read_ends()

    def _read_ends(self) -> tuple[Ended, ...]:
        kept, since = self._kept("names")
        if since == self.head:
            return kept.ends
        try:
            found = kept.ends + ends(self.git, self.head, since)
        except GitError:  # a clone without all contents (`--filter=blob:none`): by their ids alone, then
            return ends(self.git, self.head, least=EXACT)
        self._keep(structs.replace(kept, head=self.head, ends=found))
        return found

    def past(self, files: FileTable) -> Past:
        """The names of the past, and what became of their files."""
        return Past(files, [(end.path, end.to or None) for end in self.ends], Proof(self).doubt)

    def headings(self, notes: Collection[str]) -> dict[str, HeadingHistory]:
        """Effect: asks git; reads and writes the cache. What became of the headings of `notes`. Raises `GitError`."""
        found: dict[str, list[Replaced]] = {}
        for one in self._replaced(frozenset(notes)):
            found.setdefault(one.path, []).append(one)
        return {path: HeadingHistory(changes) for path, changes in found.items()}

    def _replaced(self, notes: frozenset[str]) -> tuple[Replaced, ...]:
        kept, since = self._kept("headings")
        if not notes.issubset(kept.notes):
            kept, since = structs.replace(kept, notes=tuple(sorted(notes)), replaced=()), None
        if since != self.head:
            found = kept.replaced + replaced(self.git, self.head, kept.notes, since)
            kept = structs.replace(kept, head=self.head, replaced=found)
            self._keep(kept)
        return kept.replaced

    def _kept(self, what: str) -> tuple[Kept, str | None]:
        """What is in the cache, and up to which commit; where that is of no use, nothing, and `None`."""
        place = place_of(self.git.top, self.git.prefix, what)
        kept = None if self.shallow else load(place)
        if kept is None or not (kept.head == self.head or comes_from(self.git, self.head, kept.head)):
            return Kept(FORMAT, place, self.head), None
        return kept, kept.head

    def _keep(self, kept: Kept) -> None:
        if not self.shallow:
            keep(kept)


class Proof:
    """Tells whether the two files of a rename are one, for git only compares what came and went in a commit.

    Notes made from one template look alike: one that is deleted and another that is made meanwhile are a rename
    to git. So a file counts as the same if it is so byte for byte and no other file has that content, or if
    it is a note that kept at least half of what no other note has.
    """

    def __init__(self, read: Read) -> None:
        self._git, self._head, self._ends = read.git, read.head, read.ends
        self._is_blind = False

    def doubt(self, place: int, path: str) -> str:
        """Why the files of a rename that leads to `path` may not be one; empty where they are."""
        if not self._is_blind:
            try:
                return self._seen(place, path)
            except (GitError, OSError):
                self._is_blind = True
        return "this clone does not have the contents that would be proof"

    def _seen(self, place: int, path: str) -> str:
        end = self._ends[place]
        if end.score < EXACT:
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
        paths: dict[str, set[str]] = {}
        for entry in tree(self._git, self._head, self._git.prefix):
            paths.setdefault(entry.id, set()).add(path_key(entry.path))
        return paths

    @cached_property
    def _changed(self) -> dict[int, tuple[frozenset[bytes], frozenset[bytes]]]:
        """The renames of notes that were changed meanwhile: their lines before and after."""
        places = [place for place, end in enumerate(self._ends) if _is_changed_note(end)]
        ids = (blob for place in places for blob in (self._ends[place].old, self._ends[place].new))
        texts = list(map(_lines, blobs(self._git, ids)))
        return dict(zip(places, zip(texts[::2], texts[1::2], strict=True), strict=True))

    @cached_property
    def _holders(self) -> dict[bytes, set[str]]:
        """Those lines -> the keys of the notes that have them where they are checked out."""
        wanted = frozenset[bytes]().union(*(before for before, _ in self._changed.values()))
        notes = [(blob, keys) for blob, keys in self._paths.items() if any(map(is_note_path, keys))]
        holders: dict[bytes, set[str]] = {}
        for (_, keys), text in zip(notes, blobs(self._git, (blob for blob, _ in notes)), strict=True):
            for line in _lines(text) & wanted:
                holders.setdefault(line, set()).update(keys)
        return holders


def _is_changed_note(end: Ended) -> bool:
    return bool(end.to) and end.score < EXACT and is_note_path(end.path) and is_note_path(end.to)


def _lines(text: bytes) -> frozenset[bytes]:
    """The lines of a note, without the space around them."""
    return frozenset(line.strip() for line in text.split(b"\n"))


class HeadingHistory:
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
