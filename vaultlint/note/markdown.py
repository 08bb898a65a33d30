"""The CommonMark structure of a text: what is kept of pyromark's events, in text order.

pyromark gives places in UTF-8 bytes; everything here is in code points. A text is read through a stand-in of the same
length: what Obsidian knows and CommonMark does not (display math, `%%` comments) is disguised there as something of
the same shape (see `regions`), and all that is not ASCII becomes `?`, so that a byte is a code point. Nothing that
decides structure is outside ASCII but labels of definitions and names of tags; a text with those goes the long way.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyromark.event import Range

PARAGRAPH, HEADING, CODE, HTML, RULE, TABLE, HEAD, ROW, CELL, LIST, ITEM, QUOTE, FOOTNOTE = range(13)
"""The kinds of a block. Head, row and cell are parts of a table; an item is a part of a list."""

_KINDS = {
    "Paragraph": PARAGRAPH,
    "Heading": HEADING,
    "CodeBlock": CODE,
    "HtmlBlock": HTML,
    "Table": TABLE,
    "TableHead": HEAD,
    "TableRow": ROW,
    "TableCell": CELL,
    "List": LIST,
    "Item": ITEM,
    "BlockQuote": QUOTE,
    "FootnoteDefinition": FOOTNOTE,
}
_HOLDERS = frozenset(("Table", "TableHead", "TableRow", "List", "Item", "BlockQuote", "FootnoteDefinition"))


class Blocks(NamedTuple):
    """All blocks in text order, as four lists of one length: a holder stands before what it holds."""

    kinds: list[int]
    starts: list[int]
    ends: list[int]
    parents: list[int]
    """The place in these lists of the block that holds it; -1 at the root."""


class RawLink(NamedTuple):
    """One link or image as CommonMark sees it."""

    start: int
    end: int
    image: bool
    detail: Mapping[str, str]
    """`link_type`, `dest_url` (escapes undone), `title`, `id` (the label of a reference link)."""


class Structure(NamedTuple):
    """What CommonMark sees in a text. All in text order."""

    blocks: Blocks
    links: list[RawLink]
    code: list[tuple[int, int]]
    """Code spans."""
    html: list[tuple[int, int]]
    """Inline tags, comments, declarations."""
    references: list[tuple[int, int]]
    """Footnote references that have a definition."""
    emphasis: list[tuple[int, int, bool]]
    """Where emphasis begins and ends, its signs included, and whether it is strong; as `read_emphasis` says better."""
    text: str
    """What was read: the stand-in."""


def read_structure(text: str) -> Structure:
    """The structure of a text whose only line break is `\\n`."""
    # One flat list of numbers, four a block: a tuple for each would keep the garbage collector busy.
    blocks: list[int] = []
    links: list[RawLink] = []
    code: list[tuple[int, int]] = []
    html: list[tuple[int, int]] = []
    references: list[tuple[int, int]] = []
    emphasis: list[tuple[int, int, bool]] = []
    open_holders = [-1]
    image_end = 0
    kinds, holders = _KINDS, _HOLDERS
    for event, place in _events(text):
        if "Text" in event:  # most are
            continue
        if event.__class__ is str:
            if event == "Rule":
                blocks += RULE, place["start"], place["end"], open_holders[-1]
            continue
        if "Start" in event:
            detail = event["Start"]
            name = detail if detail.__class__ is str else next(iter(detail))
            if name in kinds:
                start = place["start"]
                if name in holders:
                    if text[start] in " \t\n" or (text[start] == ">" and (name == "List" or name == "Item")):
                        start = item_start(text, start)
                    blocks += kinds[name], start, place["end"], open_holders[-1]
                    open_holders.append(len(blocks) // 4 - 1)
                else:
                    blocks += kinds[name], start, place["end"], open_holders[-1]
            elif name == "Link" or name == "Image":
                start, end = place["start"], place["end"]
                if start >= image_end:  # what stands for an image is plain text
                    links.append(RawLink(start, end, name == "Image", detail[name]))
                    if name == "Image":
                        image_end = end
            elif name == "Emphasis" or name == "Strong":
                emphasis.append((place["start"], place["end"], name == "Strong"))
        elif "End" in event:
            # The ranges do not tell what is in what: behind a tab an item seems to begin in the one before it.
            if len(open_holders) == 1:
                continue
            detail = event["End"]
            if (detail if detail.__class__ is str else next(iter(detail))) in holders:
                open_holders.pop()
        elif "Html" in event:
            continue
        elif "Code" in event:
            code.append((place["start"], place["end"]))
        elif "InlineHtml" in event:
            html.append((place["start"], place["end"]))
        elif "FootnoteReference" in event:
            references.append((place["start"], place["end"]))
    lists = Blocks(blocks[0::4], blocks[1::4], blocks[2::4], blocks[3::4])
    return Structure(lists, links, code, html, references, emphasis, text)


def places_of(kinds: list[int], kind: int) -> list[int]:
    """Where in `Blocks` those of one kind are."""
    if kind not in kinds:
        return []
    return [place for place, each in enumerate(kinds) if each == kind]


def read_emphasis(structure: Structure) -> list[tuple[int, int, bool]]:
    """Where emphasis begins and ends, its signs included, and whether it is strong; in text order.

    What may stand next to its signs depends on letters and signs beyond ASCII: with such, the text is read once more.
    """
    if structure.text.isascii() or not _BESIDE_EMPHASIS.search(structure.text):
        return structure.emphasis
    events = _events(structure.text, exact=True)
    return [
        (place["start"], place["end"], name == "Strong")
        for event, place in events
        if "Start" in event and (name := event["Start"]).__class__ is str and name in ("Emphasis", "Strong")
    ]


_BESIDE_EMPHASIS = re.compile(r"[*_][^\x00-\x7f]|[^\x00-\x7f][*_]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_WAY = re.compile(r"\]:|<[?/!]?[^\x00-\x7f]|<[^\s<>@]*@")
"""A definition; `<` that `?` would make a declaration; an e-mail address, which has no letter outside ASCII."""


@cache
def _reader() -> Callable[[str], Iterator[tuple[Any, Range]]]:
    """pyromark, imported when the first note is read."""
    from pyromark import Options, events_with_range

    return partial(events_with_range, options=Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES)


def _events(text: str, *, exact: bool = False) -> Iterator[tuple[Any, Range]]:
    """pyromark's events of a text, with places in code points."""
    if text.isascii():
        return _reader()(text)
    if not exact and not _LONG_WAY.search(text):
        return _reader()(text.encode("ascii", "replace").decode("ascii"))
    text = _SURROGATE.sub("\ufffd", text)
    points = _code_points(text)
    return ((event, {"start": points[place["start"]], "end": points[place["end"]]}) for event, place in _reader()(text))


_LABEL_END = re.compile(r"\]:(?<![^\\]\]\]:)")
"""What ends the label of a definition: no bracket stands before it, as in `[[a]]: b`, unless escaped."""


def may_define(text: str) -> bool:
    """Whether there may be a reference definition in a text; a look at it is cheap."""
    return _LABEL_END.search(text) is not None


def definition_places(text: str) -> list[tuple[int, int]]:
    """Where the reference definitions stand, in text order; of equal labels only the first."""
    from pyromark import reference_definitions

    text = _SURROGATE.sub("\ufffd", text)
    spans = sorted((each["span"]["start"], each["span"]["end"]) for each in reference_definitions(text).values())
    if text.isascii() or not spans:
        return spans
    points = _code_points(text)
    return [(points[start], points[end]) for start, end in spans]


_FIRST_BYTES = bytes(0 if 0x80 <= byte < 0xC0 else 1 for byte in range(256))


def _code_points(text: str) -> list[int]:
    """For each byte of the text in UTF-8, and for its end, how many code points begin before it."""
    return list(accumulate(text.encode().translate(_FIRST_BYTES), initial=0))


_BEFORE_MARKER = re.compile(r"[ \t\n>]*+")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])?+[ \t]*+")


def item_start(text: str, start: int) -> int:
    """Where the list or item really begins that pyromark, behind a tab, lets begin at `start`, be it a quote's."""
    found = _BEFORE_MARKER.match(text, start)
    return found.end() if found else start


def item_content(text: str, start: int) -> int:
    """Where the content of a list item begins."""
    found = _MARKER.match(text, start)
    return found.end() if found else start


def leaves(structure: Structure, text: str) -> list[tuple[int, int]]:
    """The stretches of text that hold inline markup, in text order: paragraphs, headings, cells, text of items."""
    blocks = structure.blocks
    found: list[tuple[int, int]] = []
    # pyromark gives no paragraph in an item whose list has no blank lines: its text is what its blocks leave.
    read: dict[int, int] = {}
    for place, (kind, start, end, parent) in enumerate(zip(*blocks, strict=True)):
        if parent in read:
            if text[read[parent] : start].strip("> \t\n"):
                found.append((read[parent], start))
            read[parent] = end
        if kind == ITEM:
            read[place] = item_content(text, start)
        elif kind in _INLINE:
            found.append((start, end))
    for place, start in read.items():
        if text[start : blocks.ends[place]].strip("> \t\n"):
            found.append((start, blocks.ends[place]))
    found.sort()
    return found


_INLINE = (PARAGRAPH, HEADING, CELL)
