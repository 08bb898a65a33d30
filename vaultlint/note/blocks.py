"""Headings, sections and block ids: the blocks that links can point at (observed 39-45, 58, 59; semantics 4)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultlint.note.markdown import (
    CELL,
    CODE,
    FOOTNOTE,
    HEADING,
    HTML,
    ITEM,
    LIST,
    PARAGRAPH,
    QUOTE,
    RULE,
    TABLE,
    places_of,
)
from vaultlint.note.model import BlockId, Heading, Section, Span

if TYPE_CHECKING:
    from vaultlint.note.obsidian import Reading


def find_headings(reading: Reading) -> tuple[Heading, ...]:
    """The headings at the root of the note; setext ones over several lines are none (design, *Reading a note*)."""
    text = reading.text
    found: list[Heading] = []
    kinds, starts, ends, parents = reading.structure.blocks
    for at in places_of(kinds, HEADING):
        if parents[at] < 0 and (heading := _heading(text, starts[at], ends[at])):
            found.append(heading)
    return tuple(found)


def _heading(text: str, start: int, end: int) -> Heading | None:
    raw = text[start:end].rstrip(" \t\n")
    line, _, rest = raw.partition("\n")
    if rest:
        if "\n" in rest:
            return None
        inner = line.rstrip(" \t")
        level = 1 if rest.lstrip(" \t").startswith("=") else 2
        return Heading(Span(start, start + len(raw)), level, inner, Span(start, start + len(inner)), setext=True)
    behind = line.lstrip("#")
    level = len(line) - len(behind)
    inner = behind.lstrip(" \t")
    first = start + len(line) - len(inner)
    if inner.endswith("#"):
        opened = inner.rstrip("#")
        if not opened or opened[-1] in " \t":
            inner = opened.rstrip(" \t")
    return Heading(Span(start, start + len(raw)), level, inner, Span(first, first + len(inner)))


_TYPES = {
    PARAGRAPH: "paragraph",
    HEADING: "heading",
    CODE: "code",
    HTML: "html",
    RULE: "thematicBreak",
    TABLE: "table",
    LIST: "list",
    QUOTE: "blockquote",
    FOOTNOTE: "footnoteDefinition",
}
CALLOUT = re.compile(r">[ \t]*+\[!([^\]\n|]++)(?:\|[^\]\n]*+)?+\]([+-]?+)(?:[ \t]++([^\n]*+))?+(?=\n|\Z)")
"""The first line of a callout: type, fold mark, title (semantics 7.1, 7.3)."""
_OWN_ID = re.compile(r"\^[A-Za-z0-9-]+[ \t]*\n?\Z")


def find_sections(reading: Reading) -> tuple[Section, ...]:
    """The blocks at the root of the note; a line that is only a block id belongs to the block before it."""
    text = reading.text
    signs = {region.start: region.sign for region in reading.regions}
    found: list[Section] = []
    if reading.kinds["frontmatter"]:
        found.append(Section(Span(reading.frontmatter_start, reading.trimmed(0, reading.body_start)), "yaml"))
    for kind, start, end, parent in zip(*reading.structure.blocks, strict=True):
        if parent >= 0:
            continue
        if kind == PARAGRAPH and text[start] == "^" and _OWN_ID.match(text, start, end):
            continue
        name = _TYPES[kind]
        if kind == QUOTE and CALLOUT.match(text, start):
            name = "callout"
        elif kind == HEADING and _heading(text, start, end) is None:
            name = "paragraph"
        elif start in signs and kind in (HTML, RULE):
            name = "comment" if signs[start] == "%%" else "math"
        found.append(Section(Span(start, reading.trimmed(start, end)), name))
    return tuple(found)


_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]++)[ \t]*+(?=\n|\Z)")


def find_block_ids(reading: Reading) -> tuple[BlockId, ...]:
    """`^id` at the end of a paragraph, an item, a heading, or on a line of its own for the block before it."""
    text = reading.text
    found: list[BlockId] = []
    hidden = reading.text_cover
    for match in _BLOCK_ID.finditer(text, reading.body_start):
        at = match.start()
        if at and text[at - 1] not in " \t\n>":
            continue
        if hidden.touched(at, match.end(1)) < 0 and (block := _named(reading, at, match.end())):
            found.append(BlockId(Span(at, match.end(1)), match[1], block))
    return tuple(found)


def _named(reading: Reading, at: int, behind: int) -> Span | None:
    """The block that an id between two places names; `None` where no block ends there."""
    text = reading.text
    kinds, starts, ends, parents = reading.structure.blocks
    place = bisect_right(starts, at) - 1
    following = starts[place + 1] if place + 1 < len(starts) else len(text)
    while place >= 0 and ends[place] <= at:
        place = parents[place]
    if place < 0:
        return None
    kind, start, end = kinds[place], starts[place], min(ends[place], following)
    if kind in (HTML, RULE):
        return _behind_region(reading, start, at)
    if kind not in _NAMED or not _BLANK.match(text, behind, end):
        return None
    if kind == CELL:
        place = parents[parents[place]] if not text[start:at].strip() else -1
        return _span(reading, place) if place >= 0 and kinds[place] == TABLE else None
    own = kind == PARAGRAPH and not text[start:at].strip("> \t\n")
    if own and parents[place] < 0:
        before = place - 1
        while before >= 0 and parents[before] >= 0:
            before = parents[before]
        return _span(reading, before if before >= 0 else place)
    # Inside a list the item, inside a quote the whole of it: the app knows no smaller part (semantics 4.4, 4.6).
    while kinds[place] != ITEM and parents[place] >= 0:
        place = parents[place]
    return _span(reading, place)


_NAMED = frozenset((PARAGRAPH, HEADING, ITEM, CELL))
_BLANK = re.compile(r"[> \t\n]*+\Z")


def _behind_region(reading: Reading, start: int, at: int) -> Span | None:
    """Display math with the id behind its closing signs."""
    for region in reading.regions:
        if region.start == start and region.sign == "$$" and region.end <= at:
            return Span(start, region.end)
    return None


def _span(reading: Reading, place: int) -> Span:
    blocks = reading.structure.blocks
    return Span(blocks.starts[place], reading.end_of(place))
