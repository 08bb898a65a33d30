"""A past for the notes of an example: commits of git on the days that it says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vaultlint.git.door import Git, GitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


def record_history(root: Path, commits: Sequence[str], files: Mapping[str, str]) -> None:
    """Effect: makes a repository of git in the folder `root`. Raises `AssertionError` where that can't be done.

    A commit is a line, `2024-01-05T10:30+01:00 Soup.md`: when, and which note it changed. The last commit of a note
    gave it the text that it has in `files`.
    """
    changes = [_change(line) for line in commits]
    stream = "".join(_stream(changes, files))
    try:
        git = Git.at(root)
        git.ask("init", "--quiet", "--template=", "--initial-branch=main")
        git.ask("fast-import", "--quiet", given=stream.encode())
    except GitError as error:
        raise AssertionError(f"the example's history can't be made: {error}") from error


def _change(line: str) -> tuple[datetime, str]:
    when, _, path = line.partition(" ")
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not path:
        raise AssertionError(f"the example's history has a line that is no time with a zone and a note: '{line}'")
    return moment, path


def _stream(changes: Sequence[tuple[datetime, str]], files: Mapping[str, str]) -> Iterator[str]:
    """The commits in the words of `git fast-import`."""
    last = {path: place for place, (_, path) in enumerate(changes)}
    for place, (moment, path) in enumerate(changes):
        text = files.get(path, "") if last[path] == place else f"as it was, {place}\n"
        who = f"Somebody <somebody@example.com> {int(moment.timestamp())} {moment:%z}"
        yield f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 0\n"
        yield f'M 100644 inline "{path}"\ndata {len(text.encode())}\n{text}\n'
