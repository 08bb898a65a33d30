"""Whether links still lead to the headings and blocks that they led to, once the notes with these have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.vault.facts import Facts, LinkFact
    from vaultlint.vault.index import Index


def led_astray(before: Index, after: Index, changed: Iterable[str]) -> Iterator[tuple[str, str, LinkFact]]:
    """The notes of `changed` that some link leads into, and leads to nothing in now, or to another heading.

    Each comes once, with the note that the link stands in, and the link.
    """
    for path in changed:
        if _outline(before.facts[path]) != _outline(after.facts[path]):
            found = _first_astray(before, after, path)
            if found is not None:
                yield path, *found


def _outline(facts: Facts) -> object:
    return [(head.level, head.text) for head in facts.headings], {block.id.lower() for block in facts.blocks}


def _first_astray(before: Index, after: Index, path: str) -> tuple[str, LinkFact] | None:
    then, now = _links_into(before, path), _links_into(after, path)
    same_headings = len(before.facts[path].headings) == len(after.facts[path].headings)
    for source, links in then.items():
        new = now.get(source, [])
        if len(new) != len(links):  # some were led elsewhere: none of the rest may be dead that was not
            dead = [link for link, place in new if place is None]
            if len(dead) > sum(1 for _, place in links if place is None):
                return source, dead[-1]
            continue
        for (link, old_place), (_, place) in zip(links, new, strict=True):
            if old_place is not None and (place is None or (same_headings and place != old_place)):
                return source, link
    return None


def _links_into(index: Index, path: str) -> dict[str, list[tuple[LinkFact, int | None]]]:
    """Source -> its links to a heading or block of the note, each with its place there.

    That is the number of the heading; -1 is any block or the note itself, `None` nothing.
    """
    numbers = {heading.span: number for number, heading in enumerate(index.facts[path].headings)}
    table: dict[str, list[tuple[LinkFact, int | None]]] = {}
    for source, link in index.backlinks(path):
        if link.subpath:
            target = index.resolve(link, source)
            missing = target.heading_missing or target.block_missing
            place = None if missing else numbers[target.heading.span] if target.heading is not None else -1
            table.setdefault(source, []).append((link, place))
    return table
