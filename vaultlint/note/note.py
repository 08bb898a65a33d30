"""One note: its text and, each made at first use, everything that stands in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.note import marks, opaque
from vaultlint.note.blocks import find_block_ids, find_headings, find_sections
from vaultlint.note.links import fold_label, read_definitions, read_link, split_link
from vaultlint.note.markdown import CELL, TABLE
from vaultlint.note.model import Span, Tag
from vaultlint.note.obsidian import Cover, Reading
from vaultlint.note.source import BOM, Source, flatten
from vaultlint.note.tags import find_tags
from vaultlint.note.wikilinks import find_property_links, find_wikilinks, read_wikilink

if TYPE_CHECKING:
    from vaultlint.note.frontmatter import Frontmatter
    from vaultlint.note.markdown import RawLink
    from vaultlint.note.model import (
        BlockId,
        Callout,
        Code,
        Comment,
        Definition,
        Footnote,
        Heading,
        Highlight,
        Html,
        InlineField,
        Link,
        List,
        ListItem,
        Math,
        Property,
        PropertyLink,
        Section,
        Table,
        Templater,
        Timestamp,
        Wikilink,
    )
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
            definitions = {fold_label(each.label): each for each in self.definitions}
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
        """Reference definitions; of equal labels the first, which is the one that counts."""
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
    def callouts(self) -> tuple[Callout, ...]:
        """Callouts with nested ones."""
        from vaultlint.note.containers import find_callouts

        return find_callouts(self._reading) if "[!" in self.text else ()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Tables with their rows and cells."""
        from vaultlint.note.containers import find_tables

        return find_tables(self._reading) if "|" in self.text else ()

    @cached_property
    def lists(self) -> tuple[List, ...]:
        """Lists, in quotes too; `items` says more."""
        return self._lists[0]

    @cached_property
    def items(self) -> tuple[ListItem, ...]:
        """The items of all lists."""
        return self._lists[1]

    @cached_property
    def code(self) -> tuple[Code, ...]:
        """Fenced, indented and inline code."""
        return opaque.find_code(self._reading)

    @cached_property
    def math(self) -> tuple[Math, ...]:
        """Inline and display math."""
        return opaque.find_math(self._reading) if "$" in self.text else ()

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """`%%` comments and HTML comments."""
        return opaque.find_comments(self._reading) if "%%" in self.text or "<!--" in self.text else ()

    @cached_property
    def html(self) -> tuple[Html, ...]:
        """HTML blocks and inline tags, without comments."""
        return opaque.find_html(self._reading) if "<" in self.text else ()

    @cached_property
    def footnotes(self) -> tuple[Footnote, ...]:
        """References, definitions and inline footnotes."""
        return marks.find_footnotes(self._reading) if "[^" in self.text or "^[" in self.text else ()

    @cached_property
    def highlights(self) -> tuple[Highlight, ...]:
        """`==highlights==`."""
        return marks.find_highlights(self._reading) if "==" in self.text else ()

    @cached_property
    def inline_fields(self) -> tuple[InlineField, ...]:
        """Dataview's fields."""
        return marks.find_inline_fields(self._reading) if "::" in self.text else ()

    @cached_property
    def templater(self) -> tuple[Templater, ...]:
        """Templater's commands, wherever they stand."""
        return marks.find_templater(self.text) if "<%" in self.text else ()

    @cached_property
    def timestamps(self) -> tuple[Timestamp, ...]:
        """Places in recordings."""
        from vaultlint.note.timestamps import find_timestamps

        return find_timestamps(self)

    @cached_property
    def property_links(self) -> tuple[PropertyLink, ...]:
        """Wikilinks that are a whole value, or a whole item of a list, in the properties."""
        return find_property_links(self.text, self.properties)

    @cached_property
    def _lists(self) -> tuple[tuple[List, ...], tuple[ListItem, ...]]:
        from vaultlint.note.lists import find_lists

        return find_lists(self._reading)

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
        if wikilinks and self._tables_cover:
            wikilinks = [pair for pair in wikilinks if not self._cut_by_bar(*pair)]
        if not raw or not wikilinks:
            return wikilinks, raw
        return _told_apart(self._flat, wikilinks, raw)

    @cached_property
    def _tables_cover(self) -> Cover:
        return Cover(self._blocks_of(TABLE))

    def _blocks_of(self, kind: int) -> list[Pair]:
        blocks = self._reading.structure.blocks
        if kind not in blocks.kinds:
            return []
        return [(start, end) for each, start, end, _ in zip(*blocks, strict=True) if each == kind]

    def _in_table(self, place: int) -> bool:
        cover = self._tables_cover
        return bool(cover) and cover.touched(place, place + 1) >= 0

    def _cut_by_bar(self, start: int, end: int) -> bool:
        """Whether a bare bar of a table cuts the link in two (observed 5)."""
        return self._in_table(start) and _BARE_BAR.search(self._flat, start, end) is not None

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
        for structure in reading.structures:
            places.update(end for _, end in structure.code)
            places.update(end for _, end in structure.html)
        places.update(end for _, end in reading.math)
        for start, end in reading.comments:
            places.add(start + 2)
            places.add(end)
        places.update(start for start, _ in self._blocks_of(CELL))
        return places


_BARE_BAR = re.compile(r"(?<!\\)\|")


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
