"""Links to places in notes: which are judged, and how messages speak of the note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.links._missing import is_placeholder

from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from vaultlint.rule.context import Context
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

_DRAWING_HEADINGS = frozenset({"excalidraw data", "text elements"})


@dataclass(frozen=True)
class Options:
    """What is judged of links to a place in a note."""

    comments: Annotated[bool, "Judge what stands in `%%` comments too."] = False


def is_judged(link: LinkFact, target: Target, index: Index, options: Options, context: Context) -> bool:
    """Whether a missing place is a fault: the app lists no such links, so those in comments harm nobody."""
    return (
        (options.comments or not link.in_comment)
        and not is_placeholder(link, target.source, context)
        and not (target.path is not None and is_drawing(target.path, index))
    )


def name_of(path: str, source: str) -> str:
    """The note at `path` in the words of the note `source`."""
    return "this note" if path == source else f"'{without_extension(base_name(path))}'"


def is_drawing(path: str, index: Index) -> bool:
    """Whether Excalidraw owns the note: it reads places that are no headings or blocks (semantics 10.10)."""
    facts = index.facts.get(path)
    return path.casefold().endswith(".excalidraw.md") or (
        facts is not None and any(heading.text.casefold() in _DRAWING_HEADINGS for heading in facts.headings)
    )
