"""How names are compared: the keys under which two spellings of a path are the same."""

from __future__ import annotations

import re
from unicodedata import normalize

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
"""No-break spaces, which the app takes for a space in paths (semantics 1.6)."""
_LOOSE = str.maketrans({"_": " ", "-": " ", "‘": "'", "’": "'", "“": '"', "”": '"', "–": " ", "—": " "})
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def path_key(path: str) -> str:
    """The key under which the app looks a path up: NFC, no-break spaces as spaces, lower case (observed 24).

    Lower case, not folded: to the app, a sharp s is not `ss`.
    """
    key = path.lower() if path.isascii() else normalize("NFC", path).translate(_SPACES).lower()
    return path if key == path else key  # one string for both: a table of a million names has it but once


def name_key(name: str) -> str:
    """The key under which names and aliases are the same to people: as `path_key`, but case-folded."""
    if name.isascii():
        return name.lower()
    return normalize("NFC", name).translate(_SPACES).casefold()


def spelling_key(path: str) -> str:
    """The key under which paths differ in spelling alone: case, Unicode form, separators, quotes, `%20`."""
    if "%" in path and _PERCENT.search(path):
        from urllib.parse import unquote

        path = unquote(path)
    if path.isascii():
        loose = path.lower().replace("_", " ").replace("-", " ")
    else:
        loose = normalize("NFKC", path).casefold().translate(_LOOSE)
    loose = " ".join(loose.split())
    return loose.replace(" /", "/").replace("/ ", "/") if "/" in loose else loose


def written_length(path: str) -> int:
    """A path's length as the app counts it: in UTF-16 units of the NFC form."""
    if path.isascii():
        return len(path)
    return len(normalize("NFC", path).encode("utf-16-le", "surrogatepass")) // 2


def shortest_first(path: str) -> tuple[int, str]:
    """How paths are ordered where the app takes the shortest."""
    return written_length(path), path


def is_note_path(path: str) -> bool:
    """Whether a path is that of a note: it ends in `.md`, in any case."""
    return path[-3:].lower() == ".md"


def without_extension(path: str) -> str:
    """A note's path without its `.md`; any other path as it is."""
    return path[:-3] if is_note_path(path) else path


def folder_of(path: str) -> str:
    """The folder that a path lies in; empty for the root."""
    return path.rpartition("/")[0]


def base_name(path: str) -> str:
    """The last component of a path."""
    return path.rpartition("/")[2]
