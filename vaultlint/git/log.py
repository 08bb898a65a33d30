"""What each commit of a history changed, read the same way whatever anybody's settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError
from vaultlint.git.trees import is_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.git.door import Git

READING = (
    "--full-history",
    "--diff-merges=off",
    "--ignore-submodules=all",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-notes",
    "--no-mailmap",
    "--no-show-signature",
    "--encoding=UTF-8",
    "--relative",
    "-z",
)
"""What would else be for the settings of a person or a repository to say. Of a merge, only what it merges counts."""

_MARK = "\1"


class Change(Struct, frozen=True, gc=False):
    """One file in one commit."""

    status: str
    """`A`, `D`, `M`, or `R` and how alike the two files are, in percent."""
    path: str
    """Relative to `Git.prefix`, spelled as in `trees.Entry`."""
    to: str
    """The path of a renamed file now; else empty."""
    old: str
    """The id of its blob before; zeros for a new file."""
    new: str


def changes(git: Git, wanted: tuple[str, ...], commit: str, since: str | None) -> Iterator[tuple[str, list[Change]]]:
    """Effect: asks git, once. Each commit up to `commit`, parents first, with what it changed.

    `since` and what comes before are left out, and so is all that lies outside `Git.prefix`. `wanted` are words
    that say which changes. In a shallow clone, the history that is there. Raises `GitError`.
    """
    words = ("log", "--format=tformat:%x01%H", "--raw", "--no-abbrev", *wanted, "--topo-order", "--reverse", *READING)
    where = ("--", ".") if git.prefix else ()
    said = git.ask(*words, "--end-of-options", f"{since}..{commit}" if since else commit, *where)
    tokens = iter(said.decode("utf-8", "backslashreplace").split("\0"))
    found, of_commit = "", list[Change]()
    for token in tokens:
        about = token.lstrip("\n")
        if about.startswith(_MARK):
            if of_commit:
                yield found, of_commit
            found, of_commit = about[1:], []
        elif about:
            of_commit.append(_change(about, tokens))
    if of_commit:
        yield found, of_commit


def _change(about: str, rest: Iterator[str]) -> Change:
    words = about.split(" ")  # `:mode mode id id status`
    path = next(rest, "")
    if len(words) != 5 or not words[0].startswith(":") or not (is_id(words[2]) and is_id(words[3]) and path):
        raise GitError("git answered in a way that is not understood")
    status = words[4]
    return Change(status, path, next(rest, "") if status[0] == "R" else "", words[2], words[3])
