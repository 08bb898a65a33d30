"""From a note to its facts: what the rest of the vault must know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.vault.facts import BlockFact, Facts, HeadingFact, LinkFact, NameFact
from vaultlint.vault.suppressions import find_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Link, Property, Subpath, Wikilink
    from vaultlint.note.note import Note


def facts_of(note: Note) -> Facts:
    """What `note` tells the rest of the vault. Links of properties come first, those of the body in order."""
    body = [_of_wikilink(link) for link in note.wikilinks]
    if internal := [_of_link(link) for link in note.links if not link.external]:
        body = sorted([*body, *internal], key=_start)
    properties = [_of_wikilink(found.link, found.key) for found in note.property_links]
    return Facts(
        path=note.path,
        lines=note.source.line_starts.tobytes(),
        links=(*properties, *body),
        headings=tuple([HeadingFact(found.level, found.text, found.span) for found in note.headings]),
        blocks=tuple([BlockFact(found.id, found.span) for found in note.block_ids]),
        aliases=tuple(_names(note.property("aliases"), "")),
        tags=(
            *_names(note.property("tags"), "#"),
            *[NameFact(found.name, found.span) for found in note.tags],
        ),
        suppressions=find_suppressions(note),
    )


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


def _names(found: Property | None, mark: str) -> Iterator[NameFact]:
    """The names in `aliases` or `tags`: one string, or a list of them.

    Several in one string, joined by commas, are none since Obsidian 1.9 (semantics 6.15).
    """
    if found is None:
        return
    if isinstance(found.value, str):
        values = [(found.value, found.value_span)] if "," not in found.value else []
    else:
        values = [(item.value, item.span) for item in found.items if isinstance(item.value, str)]
    for value, span in values:
        if name := value.strip().removeprefix(mark):
            yield NameFact(name, span, True)
