"""Whether links still lead to the headings and blocks that they led to, once the notes with these have changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.vault.headings import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.vault.facts import Facts, LinkFact
    from vaultlint.vault.index import Index


def led_astray(before: Index, after: Index, moved: Iterable[str]) -> Iterator[tuple[str, str, LinkFact]]:
    """The notes that have `moved` and that some link leads into, and leads to nothing in now, or to another heading.

    Each comes once, with the note that the link stands in, and the link.
    """
    for path in moved:
        found = _first_astray(before, after, path)
        if found is not None:
            yield path, *found


def has_moved(before: Index, after: Index, path: str) -> bool:
    """Whether a note has other headings or blocks now; only then may links be led astray."""
    return _outline(before.facts[path]) != _outline(after.facts[path])


def _outline(facts: Facts) -> object:
    return [(head.level, head.text) for head in facts.headings], [block.id.lower() for block in facts.blocks]


def _first_astray(before: Index, after: Index, path: str) -> tuple[str, LinkFact] | None:
    then, now = _Places(before, path), _Places(after, path)
    for source, links in then.links.items():
        new = now.links.get(source, [])
        if len(new) == len(links):
            for link, replaced in zip(links, new, strict=True):
                place = then.of(source, link)
                if place is not None and place != now.of(source, replaced):
                    return source, link
        else:  # some were led elsewhere: of the rest, none may be dead that was not
            dead = Counter(link.target for link in links if then.of(source, link) is None)
            for link in new:
                if now.of(source, link) is None:
                    dead[link.target] -= 1
                    if dead[link.target] < 0:
                        return source, link
    return None


class _Places:
    """The links into one note, and what each leads to there."""

    def __init__(self, index: Index, path: str) -> None:
        self._index = index
        facts = index.facts[path]
        self._named = Counter(heading_key(heading.text) for heading in facts.headings)
        self._blocks = {block.span: number for number, block in enumerate(facts.blocks)}
        self.links: dict[str, list[LinkFact]] = {}
        """Source -> its links to a heading or block of the note."""
        for source, link in index.backlinks(path):
            if link.subpath:
                self.links.setdefault(source, []).append(link)

    def of(self, source: str, link: LinkFact) -> tuple[int, int] | None:
        """What a link leads to, by numbers that stay while it leads there: `None` where that is nothing.

        The app takes the first heading of a name: one more, or one less, may be the one that was meant.
        """
        target = self._index.resolve(link, source)
        if target.heading_missing or target.block_missing:
            return None
        if target.block is not None:
            return len(self._blocks), self._blocks[target.block.span]
        return (self._named[heading_key(target.heading.text)], -1) if target.heading is not None else (-1, -1)
