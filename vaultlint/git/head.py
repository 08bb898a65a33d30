"""Where HEAD is, told from a repository's files alone: asking git takes longer than a run in which nothing changed."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Nobody waits for another to write to a pipe: a vault may have come with anything for a repository."""

_MOST_BYTES = 100_000


def state_of(folder: Path) -> str:
    """Effect: reads a few small files. Changes whenever HEAD, or how much of a past it has, may be another.

    It changes more often than that, too: `git gc` packs references. Empty where there is no repository. All folders
    above are looked at: git passes by what only has the name of a repository, and asks the next.
    """
    parts: list[str] = []
    for parent in (folder, *folder.parents):
        place = parent / ".git"
        if os.path.isdir(place):  # noqa: PTH112  raises for no name
            parts += (str(place), *_state(place))
        elif os.path.isfile(place):  # noqa: PTH113  of a work tree or a submodule, whose repository is elsewhere
            named = _text(place).removeprefix("gitdir:").strip()
            parts += (str(place), named, *_state(parent / named))
    return _digest(*parts) if parts else ""


def _state(place: Path) -> list[str]:
    head = _text(place / "HEAD")
    common = place / (_text(place / "commondir").strip() or ".")
    branch = head.removeprefix("ref:").strip()
    parts = [head, _text(place / "shallow"), _text(common / "shallow")]
    if branch and ".." not in branch:
        parts += (_text(place / branch), _text(common / branch))
    stamped = ("packed-refs", "reftable/tables.list", "config")
    return [*parts, *(_stamp(where / name) for where in dict.fromkeys((place, common)) for name in stamped)]


def _text(file: Path) -> str:
    with suppress(OSError, ValueError), open(os.open(file, _FLAGS), "rb") as stream:  # noqa: PTH123  with flags
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return stream.read(_MOST_BYTES).decode("utf-8", "surrogateescape")
    return ""


def _stamp(file: Path) -> str:
    with suppress(OSError, ValueError):
        found = os.stat(file)  # noqa: PTH116  as beside
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
    return ""


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
