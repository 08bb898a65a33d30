"""One note: its text and, each made at first use, everything that stands in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.note.blocks import find_block_ids, find_headings, find_sections
from vaultlint.note.links import fold_label, read_definitions, read_link, split_link
from vaultlint.note.markdown import CELL, TABLE
from vaultlint.note.model import Span, Tag
from vaultlint.note.obsidian import Cover, Reading
from vaultlint.note.source import BOM, Source, flatten
from vaultlint.note.tags import find_tags
from vaultlint.note.wikilinks import find_wikilinks, read_wikilink

if TYPE_CHECKING:
    from vaultlint.note.frontmatter import Frontmatter
    from vaultlint.note.markdown import RawLink
    from vaultlint.note.model import BlockId, Definition, Heading, Link, Property, Section, Wikilink
    from vaultlint.note.obsidian import Pair


def parse_note(text: str, path: str = "") -> Note:
    """Read one note; never raises, whatever the text. `path` is vault-relative and only a label."""
    return Note(text, path)


class Note:
    """One note. Every attribute but `path` and `text` is read from the text when it is first asked for.

    Tuples are in text order. Spans are in code points of `text`.
    """

    def __init__(self, text: str, path: str = "") -> None:
        self.path = path
        self.text = text

    @cached_property
    def source(self) -> Source:
        """Lines and columns."""
        return Source(self.text)

    @cached_property
    def frontmatter(self) -> Frontmatter:
        """The block of properties at the top, as it stands."""
        from vaultlint.note.frontmatter import read_frontmatter

        return read_frontmatter(self.text)

    @property
    def properties(self) -> tuple[Property, ...]:
        """The properties; empty where the app cannot read the frontmatter."""
        return self.frontmatter.properties

    def property(self, name: str) -> Property | None:
        """The property of that name, without regard to case (semantics 6.12)."""
        folded = name.casefold()
        return next((each for each in self.properties if each.key.casefold() == folded), None)

    @cached_property
    def body_start(self) -> int:
        """Where the text behind the frontmatter begins; 0, or 1 behind a byte order mark, where there is none."""
        text = self.text
        mark = 1 if text.startswith(BOM) else 0
        if not text.startswith("---", mark) or (span := self.frontmatter.span) is None:
            return mark
        end = span.end
        if text.startswith("\r\n", end):
            return end + 2
        return end + 1 if end < len(text) else end

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings at the root of the note."""
        return find_headings(self._reading)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The blocks at the root of the note."""
        return find_sections(self._reading)

    @cached_property
    def wikilinks(self) -> tuple[Wikilink, ...]:
        """`[[links]]` and `![[embeds]]` of the body."""
        return tuple(
            read_wikilink(
                self.text, start, end, in_table=self._in_table(start), in_comment=self._in_comment(start)
            )
            for start, end in self._raw_links[0]
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Markdown links and images, to places inside the vault and outside."""
        raw = self._raw_links[1]
        if not raw:
            return ()
        definitions: dict[str, Definition] = {}
        if any(link.detail["link_type"] not in ("Inline", "Autolink", "Email") for link in raw):
            definitions = {fold_label(each.label): each for each in reversed(self.definitions)}
        found = (
            read_link(
                self.text,
                link,
                definitions,
                in_table=self._in_table(link.start),
                in_comment=self._in_comment(link.start),
            )
            for link in raw
        )
        return tuple(link for link in found if link)

    @cached_property
    def embeds(self) -> tuple[Wikilink | Link, ...]:
        """Embeds and images."""
        shown: list[Wikilink | Link] = [*self.wikilinks, *self.links]
        return tuple(sorted((each for each in shown if each.embed), key=lambda each: each.span))

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Reference definitions; of equal labels all."""
        return read_definitions(self._reading) if "]:" in self.text else ()

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """`#tags` of the body."""
        if "#" not in self.text:
            return ()
        return tuple(
            Tag(Span(start, end), self.text[start + 1 : end], in_comment=self._in_comment(start))
            for start, end in find_tags(
                self._flat, self.body_start, lambda: self._tags_cover, lambda: self._run_starts
            )
        )

    @cached_property
    def block_ids(self) -> tuple[BlockId, ...]:
        """`^ids` with what they name."""
        return find_block_ids(self._reading) if "^" in self.text else ()

    @cached_property
    def opaque(self) -> tuple[Span, ...]:
        """Frontmatter, code, math, HTML blocks and HTML comments: sorted, disjoint."""
        return tuple(map(Span, self._opaque.starts, self._opaque.ends))

    def hidden(self, span: Span) -> bool:
        """Whether a range touches opaque text."""
        return self._opaque.touched(span.start, span.end) >= 0

    # What several attributes share.

    @cached_property
    def _flat(self) -> str:
        return flatten(self.text)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self._flat, 1 if self.text.startswith(BOM) else 0, self.body_start)

    @cached_property
    def _opaque(self) -> Cover:
        return self._reading.cover("all")

    @cached_property
    def _raw_links(self) -> tuple[list[Pair], list[RawLink]]:
        """Wikilinks and Markdown links, told apart where they meet."""
        raw = self._reading.links
        if "[[" not in self.text:
            return [], raw
        wikilinks = find_wikilinks(self._flat, self.body_start, self._reading.cover("links"))
        if self._cells and wikilinks:
            wikilinks = [pair for pair in wikilinks if not self._crosses_cell(*pair)]
        if not raw or not wikilinks:
            return wikilinks, raw
        return _told_apart(self._flat, wikilinks, raw)

    @cached_property
    def _cells(self) -> tuple[list[int], list[int]] | None:
        """The starts and ends of tables and of their cells, or nothing where there is no table."""
        blocks = self._reading.structure.blocks
        if TABLE not in blocks.kinds:
            return None
        cells = [(start, end) for kind, start, end, _ in zip(*blocks, strict=True) if kind == CELL]
        return [start for start, _ in cells], [end for _, end in cells]

    @cached_property
    def _tables_cover(self) -> Cover:
        blocks = self._reading.structure.blocks
        if TABLE not in blocks.kinds:
            return Cover(())
        return Cover((start, end) for kind, start, end, _ in zip(*blocks, strict=True) if kind == TABLE)

    def _in_table(self, place: int) -> bool:
        cover = self._tables_cover
        return bool(cover) and cover.touched(place, place + 1) >= 0

    def _crosses_cell(self, start: int, end: int) -> bool:
        """Whether a bare bar of a table cuts the link in two (observed 5)."""
        if not self._in_table(start) or self._cells is None:
            return False
        starts, ends = self._cells
        place = bisect_right(starts, start) - 1
        return place < 0 or ends[place] < end

    @cached_property
    def _comments_cover(self) -> Cover:
        return Cover(self._reading.comments) if "%%" in self.text else Cover(())

    def _in_comment(self, place: int) -> bool:
        cover = self._comments_cover
        return bool(cover) and cover.touched(place, place + 1) >= 0

    @cached_property
    def _tags_cover(self) -> Cover:
        wikilinks, links = self._raw_links
        pairs = self._reading.pairs("tags")
        pairs += wikilinks
        for link in links:
            behind = link.start if link.image else split_link(self._flat, link).text[1]
            pairs.append((behind, link.end))
        return Cover(pairs)

    @cached_property
    def _run_starts(self) -> set[int]:
        reading = self._reading
        wikilinks, links = self._raw_links
        places = {end for _, end in wikilinks}
        for link in links:
            places.add(link.end)
            places.add(split_link(self._flat, link).text[0])
        for structure in (reading.structure, *reading.insides):
            places.update(end for _, end in structure.code)
            places.update(end for _, end in structure.html)
        places.update(end for _, end in reading.math)
        for start, end in reading.comments:
            places.add(start + 2)
            places.add(end)
        if self._cells:
            places.update(self._cells[0])
        return places


def _told_apart(text: str, wikilinks: list[Pair], links: list[RawLink]) -> tuple[list[Pair], list[RawLink]]:
    """Where both readings claim the same text: the wikilink wins unless it stands inside a destination.

    `[[a]](b)` is the wikilink `a` (observed 8), `[a]([[b]])` a link to `[[b]]`, and a wikilink in the text of a
    link leaves both.
    """
    kept: list[Pair] = []
    lost: set[int] = set()
    around: list[RawLink] = []  # the links that are open at a place, the innermost last
    place = 0
    for start, end in wikilinks:
        while place < len(links) and links[place].start < end:
            link = links[place]
            if link.start >= start - 1:
                lost.add(place)
            elif link.end > start:
                while around and around[-1].end <= link.start:
                    around.pop()
                around.append(link)
            place += 1
        while around and around[-1].end <= start:
            around.pop()
        if not around or start < split_link(text, around[-1]).text[1]:
            kept.append((start, end))
    if lost:
        links = [link for at, link in enumerate(links) if at not in lost]
    return kept, links
