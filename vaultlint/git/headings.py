"""Headings that were written anew, line for line, in the history of some notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError
from vaultlint.git.renames import READING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.git.door import Git

_HEADING = re.compile(rb" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\r?\n?\Z")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_NEW_NAME = b"+++ b/"
_NO_NAME = b"+++ /dev/null"


class Replaced(Struct, frozen=True, gc=False):
    """A line that was a heading and is not any more."""

    path: str
    """As in `trees.Entry`, relative to `Git.prefix`."""
    old: str
    """Its text, without the signs."""
    new: str = ""
    """The text of the heading of the same level that took its place, where that line was all that changed
    there; else empty."""


def replaced(git: Git, commit: str, paths: Iterable[str]) -> tuple[Replaced, ...]:
    """Effect: asks git, once. The headings of the notes `paths` that went away, oldest first.

    Changes that merge commits make of themselves are left out, and so are notes with a line break in the name.
    Raises `GitError`.
    """
    wanted = [path for path in paths if "\n" not in path]
    if not wanted:
        return ()
    words = ("log", "--format=tformat:", "--patch", "--unified=0", "--inter-hunk-context=0", "--text", "--no-renames")
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/", "-z", "--diff-algorithm=myers", "--diff-filter=M")
    given = f"{commit}\n--\n" + "".join(f"{path}\n" for path in wanted)
    with git.reading(*words, *prefixes, *READING, "--stdin", given=given.encode()) as said:
        return tuple(_replaced(said))


def _replaced(lines: Iterable[bytes]) -> Iterator[Replaced]:
    path, rest = "", iter(lines)
    for line in rest:
        if line.startswith(_NEW_NAME):
            path = line[len(_NEW_NAME) :].rstrip(b"\n").removesuffix(b"\t").decode("utf-8", "backslashreplace")
        elif line.startswith(_NO_NAME):
            path = ""
        elif hunk := _HUNK.match(line):
            went, came = (int(count) if count is not None else 1 for count in hunk.groups())
            yield from _in_hunk(path, _taken(rest, went, b"-"), _taken(rest, came, b"+"))


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
