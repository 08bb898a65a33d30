"""How names came to an end: every rename and deletion that the history records, in one pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.log import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.git.door import Git
    from vaultlint.git.log import Change

_RENAMES = ("-l1000", "--no-rename-empty", "--diff-filter=ADR")
"""Empty files are all alike, so they are never the same file. Where more than a thousand files came and as many
went in one commit, they are compared by equal content alone, as git does of itself."""

EXACT = 100


class Ended(Struct, frozen=True, array_like=True, gc=False):
    """A file that had this name has it no more: one end of a name in one commit."""

    path: str
    """Relative to `Git.prefix`, spelled as in `trees.Entry`."""
    to: str = ""
    """The name that it got; empty: it was deleted, or left the folder."""
    score: int = 0
    """How alike git found the two, in percent; `EXACT`: they are the same, byte for byte."""
    old: str = ""
    """The id of its blob before, for a rename."""
    new: str = ""
    only: bool = False
    """No other file of this very content came or went in the commit."""


def ends(git: Git, commit: str, since: str | None = None, *, least: int = 50) -> tuple[Ended, ...]:
    """Effect: asks git, once. The ends of names up to `commit`, oldest first; see `log.changes`.

    Two files that are less alike than `least` percent are no rename; with `EXACT`, no content is looked at.
    Renames that merge commits make of themselves are not among them. Raises `GitError`.
    """
    wanted = (f"--find-renames={least}%", *_RENAMES)
    return tuple(end for one in changes(git, wanted, commit, since) for end in _ends(one.changed))


def _ends(changed: list[Change]) -> Iterator[Ended]:
    went = Counter(one.old for one in changed if one.status != "A")
    came = Counter(one.new for one in changed if one.status != "D")
    for one in changed:
        if one.status == "D":
            yield Ended(one.path)
        elif one.status != "A":
            # git says 100 of files that are nearly the same, too
            score = EXACT if one.old == one.new else min(int(one.status[1:]), EXACT - 1)
            yield Ended(one.path, one.to, score, one.old, one.new, went[one.old] == 1 and came[one.new] == 1)
