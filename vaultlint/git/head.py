"""Where HEAD is, told from a repository's files alone: asking git takes longer than a run in which nothing changed."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def state_of(folder: Path) -> str:
    """Effect: reads a few small files. Changes whenever HEAD, or how much of a past it has, may be another.

    It changes more often than that, too: `git gc` packs references. Empty where there is no repository.
    """
    for parent in (folder, *folder.parents):
        place = parent / ".git"
        if place.is_dir():
            return _digest(str(place), *_state(place))
        if place.is_file():  # of a work tree or a submodule, whose repository is elsewhere
            named = _text(place).removeprefix("gitdir:").strip()
            return _digest(str(place), named, *_state(parent / named))
    return ""


def _state(place: Path) -> list[str]:
    head = _text(place / "HEAD")
    common = place / (_text(place / "commondir").strip() or ".")
    branch = head.removeprefix("ref:").strip()
    parts = [head, _text(place / "shallow"), _text(common / "shallow")]
    if branch and ".." not in branch:
        parts += (_text(place / branch), _text(common / branch))
    return [*parts, *(_stamp(common / name) for name in ("packed-refs", "reftable/tables.list", "config"))]


def _text(file: Path) -> str:
    with suppress(OSError):
        return file.read_bytes()[:100_000].decode("utf-8", "surrogateescape")
    return ""


def _stamp(file: Path) -> str:
    with suppress(OSError):
        found = os.stat(file)  # noqa: PTH116  as beside
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"
    return ""


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
