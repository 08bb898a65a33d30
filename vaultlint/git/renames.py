"""How names came to an end: every rename and deletion that the history records, in one pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.git.door import Git

READING = (
    "--topo-order",
    "--reverse",
    "--full-history",
    "--diff-merges=off",
    "--ignore-submodules=all",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--no-mailmap",
    "--no-show-signature",
    "--relative",
)
"""How a history is read, whatever the settings of a person or a repository: parents before children, and of
merges only what they merge."""

_RENAMES = (
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames=50%",
    "-l1000",
    "--no-rename-empty",
    "--diff-filter=ADR",
)
"""Empty files are all alike, so they are never the same file. More than a thousand files that came and as many
that went in one commit are compared by equal content alone, as git does of itself."""

_MARK = "\1"
_EXACT = 100


class Ended(Struct, frozen=True, array_like=True, gc=False):
    """A file that had this name has it no more: one end of a name in one commit."""

    path: str
    """Relative to `Git.prefix`, spelled as in `trees.Entry`."""
    to: str = ""
    """The name that it got; empty: it was deleted, or left the folder."""
    score: int = 0
    """How alike git found the two, in percent; 100: they are the same, byte for byte."""
    old: str = ""
    """The id of its blob before, for a rename."""
    new: str = ""
    only: bool = False
    """No other file of this very content came or went in the commit."""


def head(git: Git) -> str | None:
    """Effect: asks git. The id of the commit that is checked out; `None` where there is none yet."""
    try:
        return git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode("ascii").strip()
    except GitError as error:
        if error.status == 1:
            return None
        raise


def comes_from(git: Git, commit: str, ancestor: str) -> bool:
    """Effect: asks git. Whether one commit is the other or has it in its history; also not where it is gone."""
    try:
        git.ask("merge-base", "--is-ancestor", "--end-of-options", ancestor, commit)
    except GitError:
        return False
    return True


def ends(git: Git, commit: str, since: str | None = None) -> tuple[Ended, ...]:
    """Effect: asks git, once. The ends of names up to `commit`, oldest first; `since` and before left out.

    Renames that merge commits make of themselves are not among them, nor do files count that lie outside
    `Git.prefix`. In a shallow clone, the history that is there. Raises `GitError`.
    """
    words = ("log", f"--format=tformat:%x{ord(_MARK):02x}", *_RENAMES, *READING)
    where = ("--", ".") if git.prefix else ()
    given = git.ask(*words, "--end-of-options", f"{since}..{commit}" if since else commit, *where)
    tokens = given.decode("utf-8", "backslashreplace").split("\0")
    return tuple(end for changes in _commits(tokens) for end in _ends(changes))


def _commits(tokens: Sequence[str]) -> Iterator[list[tuple[list[str], str, str]]]:
    """What each commit changed: `:mode mode id id status` in words, path and, for a rename, path after."""
    changes: list[tuple[list[str], str, str]] = []
    place = 0
    while place < len(tokens):
        about = tokens[place].lstrip("\n")
        place += 1
        if about == _MARK:
            yield changes
            changes = []
        elif about:
            words = about.split(" ")
            if len(words) != 5 or not words[0].startswith(":"):
                raise GitError("git answered in a way that is not understood")
            renamed = words[4][0] == "R"
            changes.append((words, tokens[place], tokens[place + 1] if renamed else ""))
            place += 2 if renamed else 1
    yield changes


def _ends(changes: list[tuple[list[str], str, str]]) -> Iterator[Ended]:
    went = Counter(words[2] for words, _, _ in changes if words[4] != "A")
    came = Counter(words[3] for words, _, _ in changes if words[4] != "D")
    for (_, _, old, new, status), path, to in changes:
        if status == "D":
            yield Ended(path)
        elif status != "A":
            score = int(status[1:])
            # git says 100 of files that are nearly the same, too
            score = min(score, _EXACT - 1) if old != new else _EXACT
            yield Ended(path, to, score, old, new, went[old] == 1 and came[new] == 1)
