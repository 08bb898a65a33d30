"""One note: its text and, each made at first use, everything that stands in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, TypeVar

from vaultlint.note import marks, opaque
from vaultlint.note.blocks import find_block_ids, find_headings, find_sections
from vaultlint.note.lazy import lazy
from vaultlint.note.links import fold_label, is_external, read_definitions, read_link, split_link, tell_apart
from vaultlint.note.markdown import TABLE, may_define, places_of
from vaultlint.note.model import Span, Tag
from vaultlint.note.obsidian import Cover, Reading
from vaultlint.note.source import BOM, Source, flatten
from vaultlint.note.tags import find_tags
from vaultlint.note.wikilinks import find_property_links, find_wikilinks, read_wikilink

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultlint.note.frontmatter import Frontmatter
    from vaultlint.note.links import Parts
    from vaultlint.note.markdown import RawLink
    from vaultlint.note.model import (
        BlockId,
        Callout,
        Code,
        Comment,
        Definition,
        Emphasis,
        Footnote,
        Heading,
        Highlight,
        Html,
        InlineField,
        LineBreak,
        Link,
        List,
        ListItem,
        Math,
        Property,
        PropertyLink,
        Quote,
        Section,
        Table,
        Templater,
        Timestamp,
        Wikilink,
    )
    from vaultlint.note.obsidian import Pair


T = TypeVar("T")


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

    @lazy
    def source(self) -> Source:
        """Lines and columns."""
        return Source(self.text)

    @lazy
    def frontmatter(self) -> Frontmatter:
        """The block of properties at the top, as it stands."""
        from vaultlint.note.frontmatter import read_frontmatter

        return read_frontmatter(self.text)

    @lazy
    def properties(self) -> tuple[Property, ...]:
        """The properties; empty where the app cannot read the frontmatter."""
        return self.frontmatter.properties

    def property(self, name: str) -> Property | None:
        """The property of that name, without regard to case (semantics 6.12)."""
        folded = name.casefold()
        for each in self.properties:
            if each.key.casefold() == folded:
                return each
        return None

    @lazy
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

    @lazy
    def headings(self) -> tuple[Heading, ...]:
        """The headings at the root of the note."""
        return find_headings(self._reading)

    @lazy
    def sections(self) -> tuple[Section, ...]:
        """The blocks at the root of the note."""
        return find_sections(self._reading)

    @lazy
    def wikilinks(self) -> tuple[Wikilink, ...]:
        """`[[links]]` and `![[embeds]]` of the body."""
        text, in_table, in_comment = self.text, self._in_table, self._in_comment
        return tuple(
            [
                read_wikilink(text, start, end, in_table=in_table(start), in_comment=in_comment(start))
                for start, end in self._link_places[0]
            ]
        )

    @lazy
    def links(self) -> tuple[Link, ...]:
        """Markdown links and images, to places inside the vault and outside."""
        return self._read_links(self._link_places[1], self._link_parts)

    @lazy
    def internal_links(self) -> tuple[Link, ...]:
        """Those of `links` that lead to places inside the vault; the others are not even taken apart."""
        raw = [link for link in self._link_places[1] if not is_external(link)]
        return self._read_links(raw, [split_link(self._flat, link) for link in raw]) if raw else ()

    def _read_links(self, raw: list[RawLink], parts: list[Parts]) -> tuple[Link, ...]:
        definitions: dict[str, Definition] = {}
        if may_define(self.text) and any(each.form == "reference" for each in parts):
            definitions = {fold_label(each.label): each for each in self.definitions}
        text, in_table, in_comment = self.text, self._in_table, self._in_comment
        found = [
            read_link(text, link, each, definitions, in_table=in_table(link.start), in_comment=in_comment(link.start))
            for link, each in zip(raw, parts, strict=True)
        ]
        return tuple(filter(None, found))

    @lazy
    def embeds(self) -> tuple[Wikilink | Link, ...]:
        """Embeds and images."""
        shown: list[Wikilink | Link] = [*self.wikilinks, *self.links]
        return tuple(sorted((each for each in shown if each.embed), key=lambda each: each.span))

    @lazy
    def definitions(self) -> tuple[Definition, ...]:
        """Reference definitions; of equal labels the first, which is the one that counts."""
        return read_definitions(self._reading) if may_define(self.text) else ()

    @lazy
    def tags(self) -> tuple[Tag, ...]:
        """`#tags` of the body."""
        places = find_tags(self._flat, self.body_start, lambda: self._run_starts) if "#" in self.text else []
        return tuple(
            Tag(Span(start, end), self.text[start + 1 : end], self._in_comment(start))
            for start, end in places
            if not self._hides_tag(start, end)
        )

    @lazy
    def block_ids(self) -> tuple[BlockId, ...]:
        """`^ids` with what they name."""
        return find_block_ids(self._reading) if "^" in self.text else ()

    @lazy
    def callouts(self) -> tuple[Callout, ...]:
        """Callouts with nested ones."""
        from vaultlint.note.containers import find_callouts

        return find_callouts(self._reading) if "[!" in self.text else ()

    @lazy
    def quotes(self) -> tuple[Quote, ...]:
        """Block quotes, callouts and nested ones included."""
        from vaultlint.note.containers import find_quotes

        return find_quotes(self._reading) if ">" in self.text else ()

    @lazy
    def tables(self) -> tuple[Table, ...]:
        """Tables with their rows and cells."""
        from vaultlint.note.containers import find_tables

        return find_tables(self._reading) if "|" in self.text else ()

    @lazy
    def lists(self) -> tuple[List, ...]:
        """Lists, in quotes too; `items` says more."""
        return self._lists[0]

    @lazy
    def items(self) -> tuple[ListItem, ...]:
        """The items of all lists."""
        return self._lists[1]

    @lazy
    def code(self) -> tuple[Code, ...]:
        """Fenced, indented and inline code."""
        return opaque.find_code(self._reading)

    @lazy
    def math(self) -> tuple[Math, ...]:
        """Inline and display math."""
        return opaque.find_math(self._reading) if "$" in self.text else ()

    @lazy
    def comments(self) -> tuple[Comment, ...]:
        """`%%` comments and HTML comments."""
        return opaque.find_comments(self._reading) if "%%" in self.text or "<!--" in self.text else ()

    @lazy
    def comments_close(self) -> bool:
        """Whether nothing is left open: each of `comments` is closed, and each `%%` of the body is part of one."""
        return opaque.all_closed(self._reading)

    @lazy
    def html(self) -> tuple[Html, ...]:
        """HTML blocks and inline tags, without comments."""
        return opaque.find_html(self._reading) if "<" in self.text else ()

    @lazy
    def footnotes(self) -> tuple[Footnote, ...]:
        """References, definitions and inline footnotes."""
        text = self.text  # one sign is looked for sooner than two
        return marks.find_footnotes(self._reading) if "^" in text and ("[^" in text or "^[" in text) else ()

    @lazy
    def emphasis(self) -> tuple[Emphasis, ...]:
        """Emphasis and strong emphasis, nested ones behind what holds them; not those in comments."""
        return marks.find_emphasis(self._reading) if "*" in self.text or "_" in self.text else ()

    @lazy
    def highlights(self) -> tuple[Highlight, ...]:
        """`==highlights==`."""
        return marks.find_highlights(self._reading) if "==" in self.text else ()

    @lazy
    def inline_fields(self) -> tuple[InlineField, ...]:
        """Dataview's fields."""
        return marks.find_inline_fields(self._reading) if "::" in self.text else ()

    @lazy
    def templater(self) -> tuple[Templater, ...]:
        """Templater's commands, wherever they stand."""
        return marks.find_templater(self.text) if "<%" in self.text else ()

    @lazy
    def timestamps(self) -> tuple[Timestamp, ...]:
        """Places in recordings."""
        from vaultlint.note.timestamps import find_timestamps

        return find_timestamps(self)

    @lazy
    def property_links(self) -> tuple[PropertyLink, ...]:
        """Wikilinks that are a whole value, or a whole item of a list, in the properties."""
        head = self.text[: self.body_start]
        if "[[" not in head and "\\" not in head:  # an escape of YAML's can be a bracket
            return ()
        return find_property_links(self.text, self.properties)

    @lazy
    def _lists(self) -> tuple[tuple[List, ...], tuple[ListItem, ...]]:
        from vaultlint.note.lists import find_lists

        return find_lists(self._reading)

    @lazy
    def opaque(self) -> tuple[Span, ...]:
        """Frontmatter, code, math, HTML blocks and HTML comments: sorted, disjoint."""
        return tuple(map(Span, self._opaque.starts, self._opaque.ends))

    def hidden(self, span: Span) -> bool:
        """Whether a range touches opaque text."""
        return self._opaque.touched(span.start, span.end) >= 0

    @lazy
    def prose(self) -> tuple[Span, ...]:
        """Runs of plain words, each within one line.

        Without code, math, comments, HTML, links, addresses, tags, block ids, fields, commands and placeholders of
        templates, signs of blocks; with the signs of emphasis and highlights. White space beside what is left out
        belongs to the run, that at the ends of a line does not.
        """
        return tuple(map(Span, *self._prose))

    @lazy
    def line_breaks(self) -> tuple[LineBreak, ...]:
        """Where lines end inside paragraphs and the text of items, quotes and footnotes; not in what hides prose."""
        from vaultlint.note.prose import find_line_breaks

        return find_line_breaks(self)

    def is_prose(self, start: int, end: int) -> bool:
        """Whether a range lies wholly in one run of prose."""
        starts, ends = self._prose
        place = bisect_right(starts, start) - 1
        return place >= 0 and end <= ends[place]

    def in_heading(self, place: int) -> bool:
        """Whether a place is in a heading, be it one in a list or quote that the app does not index."""
        return self._headings_cover.touched(place, place + 1) >= 0

    def guarded(self, span: Span) -> bool:
        """Whether a range touches what no layout is made in: opaque text, comments, HTML, fields, commands."""
        return self._guarded.touched(span.start, span.end) >= 0

    def shared(self, work_out: Callable[[Note], T]) -> T:
        """What `work_out` makes of this note, worked out once: for what several rules need. Nobody changes it."""
        found: T | None = self._shared.get(work_out)
        if found is None:
            found = self._shared[work_out] = work_out(self)
        return found

    # What several attributes share.

    @lazy
    def _shared(self) -> dict[Callable[[Note], Any], Any]:
        return {}

    @lazy
    def _guarded(self) -> Cover:
        spans = [html.span for html in self.html] + [field.span for field in self.inline_fields]
        spans += [command.span for command in self.templater]
        pairs = [(span.start, span.end) for span in spans]
        return Cover((*self._reading.pairs("all"), *self._reading.comments, *pairs))

    @lazy
    def _prose(self) -> tuple[list[int], list[int]]:
        from vaultlint.note.prose import find_prose

        return find_prose(self)

    @lazy
    def _headings_cover(self) -> Cover:
        from vaultlint.note.prose import heading_cover

        return heading_cover(self)

    @lazy
    def _flat(self) -> str:
        return flatten(self.text)

    @lazy
    def _reading(self) -> Reading:
        return Reading(self._flat, self.text, 1 if self.text.startswith(BOM) else 0, self.body_start)

    @lazy
    def _opaque(self) -> Cover:
        return Cover(self._reading.pairs("all"))

    @lazy
    def _link_places(self) -> tuple[list[Pair], list[RawLink]]:
        """Wikilinks and Markdown links, told apart where they meet."""
        raw = self._reading.links
        if raw and "$" in self.text and (math := self._reading.inline_math):  # as it hides wikilinks
            ends = [end for _, end in math]
            within = [math[min(bisect_left(ends, link.end), len(math) - 1)] for link in raw]
            raw = [
                link for link, (start, end) in zip(raw, within, strict=True) if not start < link.start < link.end < end
            ]
        if "[[" not in self.text:
            return [], raw
        wikilinks = find_wikilinks(self._flat, self.body_start, self._reading.text_cover)
        if wikilinks and self._tables_cover.starts:
            wikilinks = [pair for pair in wikilinks if not self._cut_by_bar(*pair)]
        if not raw or not wikilinks:
            return wikilinks, raw
        return tell_apart(self._flat, wikilinks, raw)

    @lazy
    def _link_parts(self) -> list[Parts]:
        text = self._flat
        return [split_link(text, link) for link in self._link_places[1]]

    @lazy
    def _tables_cover(self) -> Cover:
        return Cover(self._blocks_of(TABLE))

    def _blocks_of(self, kind: int) -> list[Pair]:
        blocks = self._reading.structure.blocks
        return [(blocks.starts[at], blocks.ends[at]) for at in places_of(blocks.kinds, kind)]

    def _in_table(self, place: int) -> bool:
        cover = self._tables_cover
        return bool(cover.starts) and cover.touched(place, place + 1) >= 0

    def _cut_by_bar(self, start: int, end: int) -> bool:
        """Whether a bare bar of a table cuts the link in two (observed 5)."""
        return self._in_table(start) and _BARE_BAR.search(self._flat, start, end) is not None

    @lazy
    def _comments_cover(self) -> Cover:
        return Cover(self._reading.comments if "%%" in self.text else ())

    def _in_comment(self, place: int) -> bool:
        cover = self._comments_cover
        return bool(cover.starts) and cover.touched(place, place + 1) >= 0

    @lazy
    def _links_cover(self) -> Cover:
        """All of every wikilink and Markdown link."""
        wikilinks, links = self._link_places
        return Cover([*wikilinks, *((link.start, link.end) for link in links)])

    @lazy
    def _silent_cover(self) -> Cover:
        """Where a link shows no text: wikilinks, images, and of Markdown links all but the text."""
        wikilinks, links = self._link_places
        pairs = [
            (link.start if link.image or parts.form == "autolink" else parts.text[1], link.end)
            for link, parts in zip(links, self._link_parts, strict=True)
        ]
        return Cover(wikilinks + pairs)

    def _hides_tag(self, start: int, end: int) -> bool:
        if self._reading.text_cover.touched(start, end) >= 0:
            return True
        # Taking links apart costs more than seeing that none is near.
        return self._links_cover.touched(start, end) >= 0 and self._silent_cover.touched(start, end) >= 0

    @lazy
    def _run_starts(self) -> set[int]:
        """Where a run of text begins without white space before it: see `find_tags`."""
        reading = self._reading
        wikilinks, links = self._link_places
        places = {end for _, end in wikilinks}
        places.update(link.end for link in links)
        places.update(parts.text[0] for parts in self._link_parts)
        for structure in reading.structures:
            places.update(end for _, end in structure.code)
            places.update(end for _, end in structure.html)
        places.update(end for _, end in reading.math)
        for start, end in reading.comments:
            places.update((start + 2, end))
        for start, end in self._blocks_of(TABLE):
            places.update(bar.end() for bar in _BARE_BAR.finditer(self._flat, start, end))
        return places


_BARE_BAR = re.compile(r"(?<!\\)\|")
