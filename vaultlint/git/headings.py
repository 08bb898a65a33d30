"""Headings that were written anew, line for line, in the history of some notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError
from vaultlint.git.log import READING, changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from vaultlint.git.door import Git

_PATCH = (
    "--patch",
    "--unified=0",
    "--inter-hunk-context=0",
    "--diff-algorithm=myers",
    "--text",
    "--no-renames",
    "--diff-filter=M",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)

_HEADING = re.compile(rb" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\r?\n?\Z")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_NEW_NAME = b"+++ b/"
_NEXT_FILE = b"diff --git "
_QUOTED = re.compile(r"[\x00-\x1f\x7f\"\\]")
"""What makes git write a name in quotes, with escapes. Such names are left out: they are no names for a note."""


class Replaced(Struct, frozen=True, array_like=True, gc=False):
    """A line that was a heading and is not any more."""

    path: str
    """As in `trees.Entry`, relative to `Git.prefix`."""
    old: str
    """Its text, without the signs."""
    new: str = ""
    """The text of the heading of the same level that took its place, where that line was all that changed
    there; else empty."""


def replaced(git: Git, commit: str, paths: Collection[str], since: str | None = None) -> tuple[Replaced, ...]:
    """Effect: asks git, twice. The headings of the notes `paths` that went away up to `commit`, oldest first.

    `since` and what comes before are left out, and so are changes that merge commits make of themselves and
    notes with quotes, backslashes or control characters in the name. Raises `GitError`.
    """
    wanted = {path for path in paths if not _QUOTED.search(path)}
    if not wanted:
        return ()
    # To look for some paths in all commits takes git longer than to list what all commits changed.
    commits = [
        one.id
        for one in changes(git, ("--no-renames", "--diff-filter=M"), commit, since)
        if not wanted.isdisjoint(change.path for change in one.changed)
    ]
    if not commits:
        return ()
    given = "".join(f"{line}\n" for line in (*commits, "--", *sorted(wanted)))
    with git.reading(
        "log", "--no-walk=unsorted", "--format=tformat:", *_PATCH, *READING, "--stdin", given=given.encode()
    ) as said:
        return tuple(_replaced(said))


def _replaced(lines: Iterable[bytes]) -> Iterator[Replaced]:
    path, rest = "", iter(lines)
    for line in rest:
        if line.startswith(_NEW_NAME):
            path = line[len(_NEW_NAME) :].rstrip(b"\n").removesuffix(b"\t").decode("utf-8", "backslashreplace")
        elif line.startswith(_NEXT_FILE):
            path = ""
        elif hunk := _HUNK.match(line):
            went, came = (int(count) if count is not None else 1 for count in hunk.groups())
            lines_went, lines_came = _taken(rest, went, b"-"), _taken(rest, came, b"+")
            if path:
                yield from _in_hunk(path, lines_went, lines_came)


def _taken(lines: Iterator[bytes], count: int, sign: bytes) -> list[bytes]:
    """The next `count` lines of a patch; where the last has no line break, git says so behind it."""
    taken: list[bytes] = []
    while len(taken) < count:
        line = next(lines, b"")
        if line.startswith(b"\\"):
            continue
        if not line.startswith(sign):
            raise GitError("git answered in a way that is not understood")
        taken.append(line[1:])
    return taken


def _in_hunk(path: str, went: list[bytes], came: list[bytes]) -> Iterator[Replaced]:
    for line in went:
        if (old := _HEADING.match(line)) is not None:
            new = _HEADING.match(came[0]) if len(went) == len(came) == 1 else None
            same = new is not None and new[1] == old[1]
            yield Replaced(path, _text(old), _text(new) if new is not None and same else "")


def _text(heading: re.Match[bytes]) -> str:
    return heading[2].decode("utf-8", "backslashreplace")
