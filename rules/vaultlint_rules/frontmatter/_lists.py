"""What the rules about list properties share: which lists they look at, and which of them one can take apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.frontmatter._places import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note


@dataclass(frozen=True)
class ListOptions:
    """Which lists a rule looks at."""

    properties: Annotated[tuple[str, ...], "Names of the lists to look at; none: all of them."] = ()
    ignore: Annotated[tuple[str, ...], "Names of lists to leave alone."] = ()


def lists_of(note: Note, options: ListOptions) -> Iterator[Property]:
    """The properties with at least two items that are asked for and that no template fills in."""
    found = [each for each in note.properties if len(each.items) > 1]
    if not found:
        return
    wanted, ignored = lowered(options.properties), lowered(options.ignore)
    for each in found:
        name = each.key.lower()
        if (not wanted or name in wanted) and name not in ignored and not is_placeholder(each.span.of(note.text)):
            yield each


def lowered(names: Sequence[str]) -> frozenset[str]:
    """Names as the app compares them."""
    return frozenset(name.lower() for name in names)


def short(words: str) -> str:
    """The beginning of a text, for a message."""
    return words if len(words) <= 40 else words[:39] + "…"
