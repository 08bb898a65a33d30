"""What a judgement may depend on: which questions an index was asked, and which have another answer since.

A question is named by two words: what kind it is, and about what (a note, an alias; empty where it is about the whole
vault). Whoever keeps a judgement keeps these names beside it, and makes it anew once one of them has changed. They are
plain values, so that they can be kept in a file.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from vaultlint.vault.tables import aliases_in, changed_keys, links_in, place_links_in, tags_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaultlint.vault.facts import Facts
    from vaultlint.vault.tables import Entries, Find

Read: TypeAlias = tuple[str, str]

FILES = "files"
"""The files of a base name, as a key (`tables.names_asked`); of the whole vault: of any name."""
FACTS = "facts"
"""All that a note tells; of the whole vault: of any note."""
NOTES = "notes"
"""Which notes could be read."""
TEXT = "text"
"""The bytes of a note."""
PLACES = "places"
"""The headings and blocks of a note."""
GATHERED = "gathered"
"""What a rule gathered from all notes."""
ALIASES = "aliases"
"""The notes with an alias; of the whole vault: with any."""
TAGS = "tags"
"""The places of a tag, as it is written; of the whole vault: of any."""
TAG_COUNTS = "tag counts"
"""How often each tag is there."""
BACKLINKS = "backlinks"
"""The links to a file."""
PLACE_LINKS = "place links"
"""The links to places in a note; of the whole vault: in any."""
HISTORY = "history"
"""What git knows; it changes with a commit."""
LOST_HEADINGS = "lost headings"
"""The notes of which links name headings that they don't have."""


def changes(before: Mapping[str, Facts | None], after: Mapping[str, Facts | None], find: Find) -> set[Read]:
    """The questions whose answer may differ between the facts of some notes `before` and `after`; `None`: it has none.

    Both are of the same notes. `find` is the look-up of paths (`Resolver.find`), which is the same in both. What links
    name no heading that is there (`LOST_HEADINGS`), and what git knows, only an index can tell.
    """
    changed: set[Read] = set()
    for path, new in after.items():
        changed.add((TEXT, path))
        old = before[path]
        if old != new:
            changed.update(((FACTS, path), (FACTS, "")))
            changed.update(_of_note(old, new, path, find))
    return changed


def _of_note(old: Facts | None, new: Facts | None, path: str, find: Find) -> Iterator[Read]:
    if old is None or new is None:
        yield (NOTES, "")
    if _places(old) != _places(new):
        yield (PLACES, path)
    links = partial(links_in, find=find), partial(place_links_in, find=find)
    for kind, entries in ((ALIASES, aliases_in), (TAGS, tags_in), (BACKLINKS, links[0]), (PLACE_LINKS, links[1])):
        if keys := changed_keys(_entries(old, entries), _entries(new, entries)):
            yield (kind, "")
            yield from ((kind, key) for key in keys)
            if kind is TAGS and _counts(old) != _counts(new):
                yield (TAG_COUNTS, "")
    told, tells = (dict(facts.gathered) if facts is not None else {} for facts in (old, new))
    yield from ((GATHERED, rule) for rule in told.keys() | tells.keys() if told.get(rule) != tells.get(rule))


def _entries(facts: Facts | None, entries: Callable[[Facts], Entries[Any]]) -> Entries[Any]:
    return entries(facts) if facts is not None else ()


def _places(facts: Facts | None) -> tuple[object, ...]:
    return (facts.headings, facts.blocks, facts.doubtful_blocks) if facts is not None else (None,)


def _counts(facts: Facts | None) -> Counter[str]:
    return Counter(tag.text for tag in facts.tags) if facts is not None else Counter()
