"""Headings written anew, with all links that name them, so that none is led astray."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace
from vaultlint_rules.links._writing import NEEDS_QUOTES, encode, in_linked_heading, is_tangled
from vaultlint_rules.links.unresolved_heading import LEFT_OUT

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations
from vaultlint.note.obsidian import Cover
from vaultlint.rule.fix import Aspect, Edit
from vaultlint.vault.headings import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.note import Note
    from vaultlint.vault.facts import Facts, LinkFact
    from vaultlint.vault.index import Index


_LARGE = 100_000
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+\Z")


class Title(Struct, frozen=True, array_like=True):
    """A heading whose text is to be another one."""

    place: int
    """Which heading of the note it is."""
    span: Span
    """Where its text stands."""
    old: str
    new: str


class Titles(Struct, frozen=True, array_like=True):
    """Those of one note."""

    titles: tuple[Title, ...]


def retitled(path: str, titles: Iterable[Title], index: Index) -> dict[int, tuple[Edit, ...]]:
    """Place of a heading -> the edits that write it anew and lead links along; those that can't be led are left out.

    Links are compared without case and punctuation (semantics 3.1): most headings need no edit but their own.
    """
    edits: dict[int, tuple[Edit, ...]] = {one.place: (Edit(path, one.span, one.new),) for one in titles}
    renamed = {one.place: one for one in titles if heading_key(one.old) != heading_key(one.new)}
    if not renamed:
        return edits
    links = _by_key(path, index)
    keys = Counter(heading_key(heading.text) for heading in index.facts[path].headings)
    keys.update(heading_key(one.new) for one in renamed.values())
    for place, one in renamed.items():
        old, new = heading_key(one.old), heading_key(one.new)
        # Of two headings of one text the first is named: a new twin, or a lost one, may lead links astray.
        alone = keys[old] == 1 and keys[new] == 1
        led = _led(links[old], one, index) if alone or not (links[old] or links[new]) else None
        if led is None:
            del edits[place]
        else:
            edits[place] += led
    return edits


def words_key(text: str) -> str:
    """The letters and digits of a text without its block id, whatever their case: what headings of one meaning share.

    Coarser than `heading_key`, so that no two rules about the signs in a heading fight over it.
    """
    folded = normalize("NFKC", _BLOCK_ID.sub("", text)).casefold()
    return "".join(filter(str.isalnum, folded)) or folded.strip()


def in_templater(note: Note) -> bool:
    """Whether a heading stands in a command of Templater's, or one in it: who knows what the note will be then."""
    if not note.templater or not note.headings:
        return False
    cover = Cover((each.span.start, each.span.end) for each in note.templater)
    return any(cover.touched(heading.span.start, heading.span.end) >= 0 for heading in note.headings)


def _by_key(path: str, index: Index) -> defaultdict[str, list[tuple[str, LinkFact]]]:
    """Key of a heading -> the links into the note that name it, alone or in a chain."""
    found: defaultdict[str, list[tuple[str, LinkFact]]] = defaultdict(list)
    for source, link in index.backlinks(path):
        for key in dict.fromkeys(map(heading_key, link.subpath)):
            found[key].append((source, link))
    return found


def _led(named: list[tuple[str, LinkFact]], one: Title, index: Index) -> tuple[Edit, ...] | None:
    """The edits by which links name the heading's new text; `None` where one of them can't."""
    edits = [_edit(source, link, one, index) for source, link in named]
    found = tuple(edit for edit in edits if edit is not None)
    return found if len(found) == len(edits) else None


def _edit(source: str, link: LinkFact, one: Title, index: Index) -> Edit | None:
    if link.in_comment or not link.span.covers(link.subpath_span) or in_linked_heading(link, source, index):
        return None
    if is_tangled(link):
        return None
    new = " ".join(LEFT_OUT.sub(" ", one.new).split())
    segments = [new if heading_key(part) == heading_key(one.old) else part for part in link.subpath]
    written = [encode(part, link) if link.markdown else part for part in segments]
    if not new or None in written or (link.property_key is not None and NEEDS_QUOTES.search("".join(segments))):
        return None
    return Edit(source, link.subpath_span, "#".join(map(str, written)))


def may_change(edits: Iterable[Edit], path: str, span: Span, index: Index) -> frozenset[Aspect]:
    """What the edits change: the heading, and what links to it say and show."""
    changed = {Aspect.HEADINGS}
    for edit in edits:
        if edit.path != path or edit.span != span:
            changed |= {Aspect.LINKS, Aspect.ALIASES}
            if any(link.subpath_span == edit.span and link.property_key for link in index.facts[edit.path].links):
                changed.add(Aspect.PROPERTIES)
    return frozenset(changed)


def is_large(path: str, index: Index) -> bool:
    """Whether a note is so large that the proof may find that too much would change at once."""
    return int.from_bytes(index.facts[path].lines[-4:], sys.byteorder) > _LARGE


def keeps_places(path: str, facts: Facts, index: Index) -> bool:
    """Whether all links into a note still lead to the same of its headings where its facts are these."""
    chains = [(source, link) for source, link in index.backlinks(path) if len(link.subpath) > 1]
    if not chains:
        return True
    after = index.with_facts({path: facts})
    return all(_place(index, source, link) == _place(after, source, link) for source, link in chains)


def _place(index: Index, source: str, link: LinkFact) -> Any:
    heading = index.resolve(link, source).heading
    return heading.span if heading is not None else None


def with_levels(facts: Facts, levels: dict[int, int]) -> Facts:
    """The facts of a note in which some headings, by place, are of other levels."""
    return facts.with_headings(
        [replace(heading, level=levels.get(place, heading.level)) for place, heading in enumerate(facts.headings)]
    )
