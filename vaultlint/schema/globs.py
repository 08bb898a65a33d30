"""Globs over vault-relative paths: `*` and `?` stay inside a folder, `**` crosses folders, a folder means all in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

_Part: TypeAlias = Callable[[str], object] | None
"""A test of one component of a path; `None` for `**`."""


_ENDS_IN_SIGNS = re.compile(r"[*?][^/]*\Z|/\Z")


class Globs:
    """Several globs, compiled: does a path match one of them? Case counts, as in the names on disk.

    One that ends in a plain name stands for a folder of that name, too, and for all in it.
    """

    __slots__ = ("_globs", "_prefixes")

    def __init__(self, globs: Sequence[str]) -> None:
        globs = [glob.removeprefix("./").removeprefix("/") for glob in globs]
        globs += [f"{glob}/**" for glob in globs if glob and not _ENDS_IN_SIGNS.search(glob)]
        # `folder/**`, by far the most usual form, is one comparison
        plain = [glob for glob in globs if glob.endswith("/**") and not re.search(r"[*?\[]", glob[:-3])]
        self._prefixes = tuple(glob[:-2] for glob in plain)
        self._globs = tuple(_parts(glob) for glob in globs if glob not in plain)

    def match(self, path: str) -> bool:
        """Whether one of the globs matches the whole of `path`."""
        if path.startswith(self._prefixes):
            return True
        if not self._globs:
            return False
        components = path.split("/")
        return any(_matches(glob, components) for glob in self._globs)


def _parts(glob: str) -> tuple[_Part, ...]:
    names = glob.split("/")
    if names[-1] == "":
        names[-1] = "**"  # `folder/` means what is in it
    return tuple(None if name == "**" else re.compile(_component(name), re.DOTALL).fullmatch for name in names)


def _component(name: str) -> str:
    """A pattern for one component; each `*` takes the shortest fit and never takes it back: linear."""
    pieces = [re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", name)]
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>.*?{piece})" for piece in middle) + ".*" + last


def _matches(parts: tuple[_Part, ...], components: list[str]) -> bool:
    """Greedy with one place to come back to: the last `**` seen."""
    part = component = 0
    back: tuple[int, int] | None = None
    while component < len(components):
        if part < len(parts) and parts[part] is None:
            back = (part + 1, component)
            part += 1
            continue
        test = parts[part] if part < len(parts) else None
        if test is not None and test(components[component]):
            part, component = part + 1, component + 1
        elif back is not None:
            part, component = back[0], back[1] + 1
            back = (part, component)
        else:
            return False
    return all(rest is None for rest in parts[part:])
