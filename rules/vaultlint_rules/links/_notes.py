"""How messages speak of the note that a link leads to."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.vault.index import Index

_DRAWING_HEADINGS = frozenset({"excalidraw data", "text elements"})


def name_of(path: str, source: str) -> str:
    """The note at `path` in the words of the note `source`."""
    return "this note" if path == source else f"'{PurePosixPath(path).stem}'"


def is_drawing(path: str, index: Index) -> bool:
    """Whether Excalidraw owns the note: it reads places that are no headings or blocks (semantics 10.10)."""
    facts = index.facts.get(path)
    return path.casefold().endswith(".excalidraw.md") or (
        facts is not None and any(heading.text.casefold() in _DRAWING_HEADINGS for heading in facts.headings)
    )
