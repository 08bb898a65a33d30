"""What the plug-in leaves alone, as globs of `exclude`."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.schema.evidence import as_glob
from vaultlint.schema.imports.draft import as_table, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 500
"""Entries; more come from no list that a person keeps."""
_LONGEST = 500
_PART = re.compile(
    r"(?P<any>\.\*\??)|(?P<some>\.\+\??)|(?P<one>\.)|\\(?P<sign>[^A-Za-z0-9])|(?P<plain>[^\\^$.|?*+()\[\]{}])"
)


_END = ".md"


class Ignored(Struct, frozen=True):
    """Globs, and what can't be one."""

    globs: tuple[tuple[str, str], ...]
    """Each with a remark that may be empty."""
    left: tuple[str, ...]


def ignored(settings: dict[str, Any]) -> Ignored:
    """The folders and files that the plug-in ignores."""
    globs: dict[str, str] = {}
    left: list[str] = []
    for folder in _entries(settings, "foldersToIgnore"):
        path = as_text(folder).strip("/")
        if path:
            globs[f"{as_glob(path[:_LONGEST])}/**"] = ""
    for entry in map(as_table, _entries(settings, "filesToIgnore")):
        pattern, flags = as_text(entry.get("match")), as_text(entry.get("flags"))
        if not pattern:
            continue
        found = globs_of(pattern)
        if found is None:
            left.append(f"the ignored files '{pattern[:100]}': this regular expression is no glob")
            continue
        folds = "i" in flags and pattern.lower() != pattern.upper()
        remark = f"the plug-in's {pattern}" + ("; here case counts" if folds else "")
        globs |= dict.fromkeys(found, remark)
    return Ignored(tuple(globs.items()), tuple(left))


def globs_of(pattern: str) -> list[str] | None:
    """Globs that match the paths in which a simple regular expression is found; `None` where there are none.

    No path of the vault begins with `./`, which a glob may all the same. What names no note is left out: as a glob it
    would be a folder's.
    """
    pieces = _pieces(pattern) if len(pattern) <= _LONGEST else None
    if pieces is None or len(pieces) > 3:
        return None
    within = [pieces[0]]
    for piece in pieces[1:]:  # what lies between may hold folders, or none
        within = [f"{before}{between}{piece}" for before, between in product(within, ("*", "*/**/*"))]
    if any(glob.startswith("./") for glob in within):
        return None
    return [of_notes for glob in within if (of_notes := _of_notes(glob))]


def _of_notes(glob: str) -> str:
    """The glob with the end that all notes have; empty where it can match none of them."""
    name = glob.rpartition("/")[2]
    end = name.rpartition("*")[2][-len(_END) :]
    wanted = _END[len(_END) - len(end) :]
    if ("*" not in name and len(end) < len(_END)) or any(
        sign not in ("?", note) for sign, note in zip(end.lower(), wanted, strict=True)
    ):
        return ""
    return glob[: len(glob) - len(end)] + "".join(
        note if sign == "?" else sign for sign, note in zip(end, wanted, strict=True)
    )


def _pieces(pattern: str) -> list[str] | None:
    """What stands between the `.*`, with what an end that is not anchored comes to."""
    body = pattern.removeprefix("^").replace("\\/", "/")
    ends = body.endswith("$") and not body.endswith("\\$")
    body = body.removesuffix("$") if ends else body
    pieces, place = [""], 0
    while place < len(body):
        part = _PART.match(body, place)
        if part is None:
            return None
        if part["any"] or part["some"]:
            pieces[-1] += "?" if part["some"] else ""
            pieces.append("")
        else:
            pieces[-1] += "?" if part["one"] else as_glob(part["sign"] or part["plain"])
        place = part.end()
    starts = pattern.startswith("^")
    if "//" in body or (starts and body.startswith("/")) or (ends and ((starts and not body) or body.endswith("/"))):
        return None  # no path is like that, and globs mean other things by it
    starts, ends = starts and bool(pieces[0] or len(pieces) == 1), ends and bool(pieces[-1] or len(pieces) == 1)
    pieces = [piece for piece in pieces if piece] or [""]
    pieces[0] = pieces[0] if starts else f"**/*{pieces[0]}"
    pieces[-1] += "" if ends else "*"
    return pieces


def _entries(settings: dict[str, Any], key: str) -> Iterator[Any]:
    value = settings.get(key)
    yield from value[:_MOST] if isinstance(value, list) else ()
