"""When the files of a commit came to be and when their content last changed, for all of them in one pass of the log.

A file's life goes on through renames and where it is deleted and comes back the same. What several branches do to it
counts together: born on the earliest day, changed on the latest. Merges only bring together what was made elsewhere.
"""

from __future__ import annotations

from collections import Counter
from copy import copy
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError
from vaultlint.git.log import When, changes
from vaultlint.git.trees import is_shallow, tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from vaultlint.git.door import Git
    from vaultlint.git.log import Change, Commit

_MOST_COMPARED = 1000
_WANTED = (f"-l{_MOST_COMPARED}", "--no-rename-empty", "--diff-filter=AMDRT")

_BLIND = "this clone does not have the contents that would tell renamed files from new ones"
_TOO_MANY = "more files came and went in one commit than git compares"
_CHANGED = "in git's history it was changed when it was renamed: the two are {} % alike"
_TWINS = "git's history has several files of this very content renamed in one commit"


class Edited(Struct, frozen=True, array_like=True, gc=False):
    """One change of a file's content."""

    when: When | None
    old: str
    """The id of its content before."""
    new: str


class Dated(Struct, frozen=True, gc=False):
    """What the history tells of one file of a commit."""

    blob: str
    """The id of its content."""
    created: When | None
    """The first commit that had it; `None`: not known, for the history is cut off or has it by a merge alone."""
    modified: When | None
    """The last commit that changed its content and is not one to be left out; never before it was created."""
    created_doubt: str = ""
    """Why it may be another file that was created then, in words; empty: it is sure."""
    modified_doubt: str = ""
    edits: tuple[Edited, ...] = ()
    """The changes since it was created, the newest first; none of a commit that was left out, nor of what is hidden
    beyond the end of a history that is cut off."""


def dates(git: Git, commit: str, left_out: Collection[str] = (), until: int | None = None) -> dict[str, Dated]:
    """Effect: asks git, three times whatever the number of files. Path -> the dates of each file of `commit`.

    Paths are relative to `Git.prefix`, spelled as in `trees.Entry`. Commits whose full ids are `left_out` change no
    date, but files may be created by them. Dates after `until`, in seconds since 1970, are slips of a clock: they are
    not known. Raises `GitError`.
    """
    lives = _Lives(frozenset(left_out), until, cut_off=is_shallow(git))
    try:
        lives.follow(changes(git, ("--find-renames=50%", *_WANTED), commit, None))
    except GitError:  # a clone without all contents (`--filter=blob:none`): by their ids alone, then
        lives = _Lives(frozenset(left_out), until, cut_off=is_shallow(git), blind=True)
        lives.follow(changes(git, ("--find-renames=100%", *_WANTED), commit, None))
    return {
        entry.path: life.dated(entry.id)
        for entry in tree(git, commit, git.prefix)
        if (life := lives.of_path.get(entry.path)) is not None
    }


class _Life:
    """One file, under whatever names."""

    __slots__ = ("blob", "born", "born_doubt", "changed", "changed_doubt", "edits", "hidden_until")

    def __init__(self, blob: str, when: When | None, doubt: str = "") -> None:
        self.blob = blob
        self.born = self.changed = when
        self.born_doubt = doubt
        self.changed_doubt = ""
        self.edits: list[Edited] = []
        self.hidden_until: When | None = None
        """Up to here, changes are beyond the end of a history that is cut off."""

    def edit(self, one: Change, when: When | None) -> None:
        self.edits.append(Edited(when, one.old, one.new))
        self.change(when)

    def change(self, when: When | None) -> None:
        if when is None or self.changed is None or when >= self.changed:
            self.changed, self.changed_doubt = when, ""

    def meet(self, other: _Life) -> None:
        """Take in a life that began under the same name on another branch."""
        self.born = min(self.born, other.born) if self.born is not None and other.born is not None else None
        self.change(other.changed)
        self.edits += other.edits
        self.hide(other.hidden_until)
        self.blob = other.blob

    def hide(self, until: When | None) -> None:
        if until is not None and (self.hidden_until is None or self.hidden_until < until):
            self.hidden_until = until

    def dated(self, blob: str) -> Dated:
        if self.changed is None or self._is_hidden(self.changed):
            return Dated(blob, self.born, None, self.born_doubt)
        edits = [one for one in reversed(self.edits) if one.when is None or not self._is_hidden(one.when)]
        edits.sort(key=lambda one: one.when or When(2**62), reverse=True)
        return Dated(blob, self.born, self.changed, self.born_doubt, self.changed_doubt, tuple(edits))

    def _is_hidden(self, when: When) -> bool:
        return self.hidden_until is not None and when <= self.hidden_until


class _Lives:
    """All files of a history, commit by commit."""

    def __init__(self, left_out: frozenset[str], until: int | None, *, cut_off: bool, blind: bool = False) -> None:
        self.of_path: dict[str, _Life] = {}
        """The files by their last names; those that ended stay, for another branch may have kept them."""
        self._ended: dict[str, str] = {}
        """Name -> `D` or `R`, of what is not there any more."""
        self._left_out = left_out
        self._until = until
        self._cut_off = cut_off
        self._blind = blind

    def follow(self, commits: Iterable[Commit]) -> None:
        for commit in commits:
            when = commit.when
            if when is not None and self._until is not None and when.seconds > self._until:
                when = None
            self._take(commit, when)

    def _take(self, commit: Commit, when: When | None) -> None:
        renamed = [one for one in commit.changed if one.status[0] == "R"]
        sources = [self.of_path.get(one.path) or _Life(one.old, None) for one in renamed]
        for one in commit.changed:
            if one.status[0] in "DR":
                self._ended[one.path] = one.status[0]
        doubt = self._unpaired(commit.changed)
        for one in commit.changed:
            if one.status == "A":
                self._add(one, commit, when, doubt)
            elif one.status in ("M", "T"):
                self._modify(one, commit, when)
        self._rename(renamed, sources, commit, when)

    def _unpaired(self, changed: list[Change]) -> str:
        """Why a file that came in this commit may be one that went in it."""
        came, went = (sum(one.status == status for one in changed) for status in "AD")
        if self._blind and went:
            return _BLIND
        return _TOO_MANY if came * went > _MOST_COMPARED**2 else ""

    def _add(self, one: Change, commit: Commit, when: When | None, doubt: str) -> None:
        before, ended = self.of_path.get(one.path), self._ended.pop(one.path, "")
        if before is not None and ended == "D" and before.blob == one.new:
            self.of_path[one.path] = again = copy(before)  # it came back
            again.edits = before.edits.copy()
            return
        fresh = _Life(one.new, when, doubt)
        if self._cut_off and commit.is_root:
            fresh = _Life(one.new, None)
            fresh.hide(commit.when)
        if before is not None and not ended:
            before.meet(fresh)
        else:
            self.of_path[one.path] = fresh

    def _modify(self, one: Change, commit: Commit, when: When | None) -> None:
        life = self.of_path.get(one.path)
        if life is None:
            life = self.of_path[one.path] = _Life(one.old, None)
        if one.old != one.new:  # else its mode alone
            life.blob = one.new
            if commit.id not in self._left_out:
                life.edit(one, when)

    def _rename(self, renamed: list[Change], sources: list[_Life], commit: Commit, when: When | None) -> None:
        went = Counter(one.old for one in commit.changed if one.status[0] in "DR")
        came = Counter(one.new for one in commit.changed if one.status[0] in "AR")
        for one, life in zip(renamed, sources, strict=True):
            if one.old != one.new:
                life.blob = one.new
                life.born_doubt = life.born_doubt or _CHANGED.format(one.status[1:].lstrip("0"))
                if commit.id not in self._left_out:
                    life.edit(one, when)
            elif went[one.old] > 1 or came[one.new] > 1:
                life.born_doubt = life.born_doubt or _TWINS
                life.changed_doubt = life.changed_doubt or _TWINS
            self._ended.pop(one.to, None)
            self.of_path[one.to] = life
