"""Links to places in notes: which are judged, and how messages speak of the note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace
from vaultlint_rules.links._missing import is_placeholder

from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from vaultlint.rule.context import Context
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

_DRAWING_HEADINGS = ("Excalidraw Data", "Text Elements")


@dataclass(frozen=True)
class Options:
    """What is judged of links to a place in a note."""

    comments: Annotated[bool, "Judge what stands in `%%` comments too."] = False


def is_judged(link: LinkFact, target: Target, index: Index, options: Options, context: Context) -> bool:
    """Whether a missing place is a fault: the app lists no such links, so those in comments harm nobody."""
    return (
        (options.comments or not link.in_comment)
        and not is_placeholder(link, target.source, context)
        and not (target.path is not None and _is_drawing(link, target.path, target.source, index))
    )


def name_of(path: str, source: str) -> str:
    """The note at `path` in the words of the note `source`."""
    return "this note" if path == source else f"'{without_extension(base_name(path))}'"


def _is_drawing(link: LinkFact, path: str, source: str, index: Index) -> bool:
    """Whether Excalidraw owns the link's note: it reads places that are no headings or blocks (semantics 10.10)."""
    # The index is asked, and not each heading: a note may have many, and as many links to them.
    return path.casefold().endswith(".excalidraw.md") or any(
        not index.resolve(replace(link, subpath=(heading,)), source).heading_missing for heading in _DRAWING_HEADINGS
    )
