"""Commits and what they hold, straight from the object database: no work tree is made, no filter runs."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git.door import GitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from vaultlint.git.door import Git

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Entry(Struct, frozen=True, gc=False):
    """One file of a commit."""

    path: str
    """Relative to the prefix asked for, as `vault/files.py` spells it: bytes that are no UTF-8 are escapes."""
    mode: str
    """`100644`, `100755`, `120000` (a symbolic link: its blob is where it leads) or `160000` (a submodule)."""
    id: str
    """The id of its blob; of a commit of another repository for a submodule."""


def is_id(word: str) -> bool:
    """Whether a word is the full id of an object, such as git prints."""
    return _ID.fullmatch(word) is not None


def commit(git: Git, ref: str) -> str | None:
    """Effect: asks git. The full id of the commit that a word of a person names; `None` where it names none."""
    if not ref or "\0" in ref:
        return None
    with suppress(GitError):  # a date before the log begins, a tag of no commit: there are many ways to name none
        said = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        found = said.decode("ascii", "replace").removesuffix("\n")
        return found if is_id(found) else None
    return None


def comes_from(git: Git, commit: str, ancestor: str) -> bool:
    """Effect: asks git. Whether one commit is the other or has it in its history; also not where it is gone."""
    try:
        git.ask("merge-base", "--is-ancestor", "--end-of-options", ancestor, commit)
    except GitError:
        return False
    return True


def merge_base(git: Git, one: str, other: str) -> str | None:
    """Effect: asks git. The id of the best commit that both come from; `None` where none is known.

    In a shallow clone it may exist and not be known. Raises `GitError` for what names no commit.
    """
    try:
        said = git.ask("merge-base", "--end-of-options", one, other)
    except GitError as error:
        if error.status == 1:
            return None
        raise
    return said.decode("ascii").strip()


def is_shallow(git: Git) -> bool:
    """Effect: asks git. Whether the history was cut off when the repository was cloned. Raises `GitError`."""
    return git.ask("rev-parse", "--is-shallow-repository").strip() == b"true"


def object_format(git: Git) -> str:
    """Effect: asks git. The hash that ids are made with: `sha1` or `sha256`. Raises `GitError`."""
    return git.ask("rev-parse", "--show-object-format").decode("ascii").strip()


def tree(git: Git, commit: str, prefix: str = "") -> tuple[Entry, ...]:
    """Effect: asks git. The files of a commit below `prefix` (as `Git.prefix`), in git's order.

    Empty where the commit has no such folder. Raises `GitError` for what names no commit.
    """
    where = ("--", prefix) if prefix else ()
    listed = git.ask("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, *where)
    start = len(prefix.encode("utf-8", "surrogateescape"))
    return tuple(_entry(line, start) for line in listed.split(b"\0") if line)


def _entry(line: bytes, start: int) -> Entry:
    about, _, path = line.partition(b"\t")
    mode, _, name = about.decode("ascii").split(" ")
    return Entry(path[start:].decode("utf-8", "backslashreplace"), mode, name)


def blobs(git: Git, ids: Iterable[str]) -> Iterator[bytes]:
    """Effect: asks git, once for all. What the blobs of these ids hold, in order.

    Raises `ValueError` for what is no full id, and `GitError` for an object that the repository does not have.
    """
    wanted = list(ids)
    if not wanted:
        return
    if bad := next((name for name in wanted if not is_id(name)), None):
        raise ValueError(f"'{bad}' is no id of an object")
    with git.reading("cat-file", "--batch", "--buffer", given="".join(f"{name}\n" for name in wanted).encode()) as said:
        for name in wanted:
            yield _blob(said, name)


def _blob(said: IO[bytes], name: str) -> bytes:
    header = said.readline().split()
    if len(header) != 3 or not header[2].isdigit():  # else: id, `missing`
        raise GitError(f"the repository does not have the object {name}")
    size = int(header[2])
    data = said.read(size)
    if len(data) != size or said.read(1) != b"\n":
        raise GitError(f"git broke off in the object {name}")
    return data
