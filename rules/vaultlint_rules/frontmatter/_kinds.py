"""Which notes are of which schema, across the vault: for rules about links in properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index


class Kinds(Struct, frozen=True, array_like=True):
    """The schemas that are for one note."""

    names: tuple[str, ...] = ()
    """Of those that have one."""
    places: tuple[int, ...] = ()
    """Of those that the rule looks at, in its own order."""


def property_of(link: LinkFact) -> str | None:
    """The property that a link stands in, whichever item of its list it is."""
    if link.property_key is None:
        return None
    name, dot, number = link.property_key.rpartition(".")
    return name if dot and number.isdecimal() else link.property_key


def property_links(kinds: Mapping[str, Kinds], index: Index) -> Iterator[tuple[str, Kinds, str, LinkFact, str]]:
    """The links in properties that lead to a file: its note and that note's kinds, the property, the link, the file."""
    for path, of in kinds.items():
        facts = index.facts.get(path)
        for link in facts.links if facts is not None else ():
            key = property_of(link)
            if key is None:
                break  # those in properties come first
            target = index.resolve(link, path)
            if target.path is not None and not target.missing:
                yield path, of, key, link, target.path
