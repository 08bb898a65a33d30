"""From a note to its facts: what the rest of the vault must know of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.vault.facts import BlockFact, Facts, HeadingFact, LinkFact, NameFact
from vaultlint.vault.suppressions import find_suppressions

if TYPE_CHECKING:
    from vaultlint.note.model import Link, Property, Subpath, Wikilink
    from vaultlint.note.note import Note


def facts_of(note: Note) -> Facts:
    """What `note` tells the rest of the vault."""
    aliases, tags = _names_in(note.properties)
    tags += [NameFact(tag.name, tag.span) for tag in note.tags]
    return Facts.of(
        note.path,
        note.source.line_starts.tobytes(),
        links=links_of(note),
        headings=[HeadingFact(each.level, each.text, each.span) for each in note.headings],
        blocks=[BlockFact(each.id, each.span) for each in note.block_ids],
        doubtful_blocks=_doubtful_blocks(note),
        aliases=aliases,
        tags=tags,
        suppressions=find_suppressions(note),
    )


def links_of(note: Note) -> list[LinkFact]:
    """The links of a note: those of its properties first, those of the body in order."""
    links = [_of_wikilink(link) for link in note.wikilinks]
    if internal := [_of_link(link) for link in note.internal_links]:
        links = sorted([*links, *internal], key=_start)
    if found := note.property_links:
        links = [*(_of_wikilink(each.link, each.key) for each in found), *links]
    return links


def tags_of(note: Note) -> list[NameFact]:
    """The tags of a note without `#`, those of its properties first."""
    return [*_names_in(note.properties)[1], *(NameFact(tag.name, tag.span) for tag in note.tags)]


def _start(link: LinkFact) -> int:
    return link.span.start


def _of_wikilink(link: Wikilink, key: str | None = None) -> LinkFact:
    names, span = _subpath(link.subpath, link.path_span)
    return LinkFact(
        link.span,
        link.path,
        link.path_span,
        names,
        span,
        link.alias,
        link.embed,
        False,
        key,
        link.in_table,
        link.in_comment,
    )


def _of_link(link: Link) -> LinkFact:
    path_span = link.path_span or link.destination_span or link.span
    names, span = _subpath(link.subpath, path_span)
    return LinkFact(
        link.span,
        link.path,
        path_span,
        names,
        span,
        link.text,
        link.image,
        True,
        None,
        link.in_table,
        link.in_comment,
        link.form == "angle",
    )


def _subpath(subpath: tuple[Subpath, ...], path_span: Span) -> tuple[tuple[str, ...], Span]:
    """The segments as the index compares them, and the span from the first to the last."""
    if not subpath:
        return (), Span(path_span.end, path_span.end)
    names = tuple([f"^{segment.text}" if segment.block else segment.text for segment in subpath])
    return names, Span(subpath[0].span.start, subpath[-1].span.end)


_ID_AT_LINE_END = re.compile(r"\^(?<![!-~]\^)([A-Za-z0-9-]++)(?=[ \t]*+(?:[\r\n]|\Z))")
"""Not right behind an ASCII sign: there the manual's space is missing, and such a link is broken.

A literal leads, for that is quick to find."""


def _doubtful_blocks(note: Note) -> tuple[str, ...]:
    """What looks like a block id and by the manual is none (semantics 4.3, 4.4).

    Vaults have links, made by the app's own list of blocks, to ids right behind a CJK full stop and to ids on
    an item's line that another follows. What the app makes of these ids is not known.
    """
    if "^" not in note.text:
        return ()
    known = {each.id.lower() for each in note.block_ids}
    doubtful: set[str] = set()
    for match in _ID_AT_LINE_END.finditer(note.text, note.body_start):
        name = match[1].lower()
        if name not in known and not note.hidden(Span(*match.span())):
            doubtful.add(name)
    return tuple(sorted(doubtful))


def _names_in(properties: tuple[Property, ...]) -> tuple[list[NameFact], list[NameFact]]:
    """Aliases and tags. The case of a key does not matter (6.12); of equal keys the first counts."""
    aliases: list[NameFact] | None = None
    tags: list[NameFact] | None = None
    for each in properties:
        key = each.key.lower()
        if key == "aliases" and aliases is None:
            aliases = _names(each)
        elif key == "tags" and tags is None:
            tags = _names(each, "#")
    return aliases or [], tags or []


def _names(found: Property, mark: str = "") -> list[NameFact]:
    """The names in one string, or in a list of them.

    Several in one string, joined by commas, are none since Obsidian 1.9 (semantics 6.15).
    """
    if isinstance(found.value, str):
        values = [(found.value, found.value_span)] if "," not in found.value else []
    else:
        values = [(item.value, item.span) for item in found.items if isinstance(item.value, str)]
    named = [(value.strip().removeprefix(mark), span) for value, span in values]
    return [NameFact(name, span, True) for name, span in named if name]
