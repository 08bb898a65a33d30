"""What each commit of a history changed, read the same way whatever anybody's settings say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError
from vaultlint.git.trees import is_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.git.door import Git

READING = (
    "--full-history",
    "--root",
    "--date=raw",
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
_RAW_DATE = re.compile(r"(-?\d{1,12}) ([+-])(\d\d)(\d\d)")
_STRANGE = "git answered in a way that is not understood"


class When(Struct, frozen=True, order=True, gc=False):
    """A moment as git keeps it."""

    seconds: int
    """Since 1970, in Greenwich."""
    offset: int = 0
    """Minutes that the clock of whoever made the commit was ahead of Greenwich."""


class Change(Struct, frozen=True, gc=False):
    """One file in one commit."""

    status: str
    """`A`, `D`, `M`, `T` (another kind of file), or `R` and how alike the two files are, in percent."""
    path: str
    """Relative to `Git.prefix`, spelled as in `trees.Entry`."""
    to: str
    """The path of a renamed file now; else empty."""
    old: str
    """The id of its blob before; zeros for a new file."""
    new: str


class Commit(Struct, gc=False):
    """One commit with what it changed."""

    id: str
    when: When | None
    """When its author made the change: rebasing, picking or amending it later does not change that, as it does the
    date at which it was committed. `None` where what stands there is no date."""
    is_root: bool
    """It has no parents, or its parents are beyond where a shallow clone was cut off."""
    changed: list[Change]


def changes(git: Git, wanted: tuple[str, ...], commit: str, since: str | None) -> Iterator[Commit]:
    """Effect: asks git, once. Each commit up to `commit` that changed something, parents first.

    `since` and what comes before are left out, and so is all that lies outside `Git.prefix`. `wanted` are words
    that say which changes. In a shallow clone, the history that is there. Raises `GitError`.
    """
    words = ("log", "--format=tformat:%x01%H%x01%P%x01%ad", "--raw", "--no-abbrev", *wanted)
    where = ("--", ".") if git.prefix else ()
    order = ("--topo-order", "--reverse", *READING, "--end-of-options")
    said = git.ask(*words, *order, f"{since}..{commit}" if since else commit, *where)
    tokens = iter(said.decode("utf-8", "backslashreplace").split("\0"))
    found: Commit | None = None
    for token in tokens:
        about = token.lstrip("\n")
        if about.startswith(_MARK):
            if found is not None and found.changed:
                yield found
            found = _commit(about)
        elif about and found is not None:
            found.changed.append(_change(about, tokens))
    if found is not None and found.changed:
        yield found


def _commit(about: str) -> Commit:
    words = about.split(_MARK)  # empty, id, parents, date
    if len(words) != 4 or not is_id(words[1]):
        raise GitError(_STRANGE)
    return Commit(words[1], _when(words[3]), not words[2], [])


def _when(raw: str) -> When | None:
    found = _RAW_DATE.fullmatch(raw)
    if found is None:
        return None
    sign = -1 if found[2] == "-" else 1
    return When(int(found[1]), sign * (int(found[3]) * 60 + int(found[4])))


def _change(about: str, rest: Iterator[str]) -> Change:
    words = about.split(" ")  # `:mode mode id id status`
    path = next(rest, "")
    if len(words) != 5 or not words[0].startswith(":") or not (is_id(words[2]) and is_id(words[3]) and path):
        raise GitError(_STRANGE)
    status = words[4]
    return Change(status, path, next(rest, "") if status[0] == "R" else "", words[2], words[3])
