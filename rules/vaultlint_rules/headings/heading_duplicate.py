"""Headings of one text in one note: links reach the first of them only (semantics 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.headings import heading_key
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import Facts, HeadingFact, LinkFact
    from vaultlint.vault.index import Index

_MOST_RELATED = 5


@dataclass(frozen=True)
class Options:
    """Which headings are judged."""

    unlinked: Annotated[bool, "Report headings that no link names, too."] = False
    siblings: Annotated[bool, "Of those that no link names, only the ones below the same heading."] = False


class HeadingDuplicate(VaultRule):
    """Two headings of a note have one text, and links can't tell them apart."""

    name = "heading-duplicate"
    group = Group.HEADINGS
    severity = Severity.WARNING
    Options = Options

    def notes(self, index: Index) -> Iterable[str]:
        """Those of which links name headings, or all."""
        return index.facts if self.options.unlinked else index.place_links

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield each heading but the first of its text; by default where a link names the text alone.

        The first one is meant where the others are of lower levels.
        """
        links = index.place_links.get(path, ())
        if path not in index.facts or not (links or self.options.unlinked):
            return
        facts = index.facts[path]
        by_key: dict[str, list[tuple[int, HeadingFact]]] = {}
        for place, heading in enumerate(facts.headings):
            if key := heading_key(heading.text):
                by_key.setdefault(key, []).append((place, heading))
        for key, same in by_key.items():
            naming = _naming(key, links) if len(same) > 1 else []
            if naming:
                level = same[0][1].level
                yield from self._named(path, [one for one in same if one[1].level <= level], naming, index)
            elif len(same) > 1 and self.options.unlinked:
                yield from self._unnamed(path, same, facts)

    def _named(
        self, path: str, same: list[tuple[int, HeadingFact]], links: list[tuple[str, LinkFact]], index: Index
    ) -> Iterator[Finding]:
        _, first = same[0]
        source, link = links[0]
        where = "here" if source == path else f"in '{without_extension(base_name(source))}'"
        more = f" and {len(links) - 1} more" if len(links) > 1 else ""
        related = tuple(
            Related(other, "names it", each.span, index.facts[other].position(each.span.start))
            for other, each in links[:_MOST_RELATED]
        )
        line = index.facts[path].position(first.span.start).line
        told = f"is there before, in line {line}: links such as '{link.target}' {where}{more} lead to that one only"
        for _, heading in same[1:]:
            yield self.find(heading.span, f"the heading '{heading.text}' {told}", related=related)

    def _unnamed(self, path: str, same: list[tuple[int, HeadingFact]], facts: Facts) -> Iterator[Finding]:
        seen: dict[int, int] = {}
        for place, heading in same:
            holder = _holder(place, facts) if self.options.siblings else -1
            if holder in seen:
                line = facts.position(facts.headings[seen[holder]].span.start).line
                yield self.find(heading.span, f"the heading '{heading.text}' is there before, in line {line}")
            seen.setdefault(holder, place)


def _naming(key: str, links: Iterable[tuple[str, LinkFact]]) -> list[tuple[str, LinkFact]]:
    """The links that name a heading alone; a chain can tell one from the other."""
    alone = ((source, link) for source, link in links if len(link.subpath) == 1)
    return [(source, link) for source, link in alone if _names(link.subpath[0], key)]


def _names(segment: str, key: str) -> bool:
    """Whether the segment behind a `#` names the heading of that key, and no block or footnote."""
    return not segment.startswith(("^", "[^")) and heading_key(segment) == key


def _holder(place: int, facts: Facts) -> int:
    """The place of the heading that holds one; -1 at the top."""
    level = facts.headings[place].level
    while place >= 0 and facts.headings[place].level >= level:
        place -= 1
    return place
