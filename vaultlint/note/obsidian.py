"""The Obsidian layer: what hides what, and where it is hidden in one note.

Everything above CommonMark is found by a search for its first sign over the text; what stands inside code is code.
`HIDDEN_BY` is the one place that says so.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import le, lt
from typing import TYPE_CHECKING, Any, TypeVar

from vaultlint.note.inline import find_comments, find_math
from vaultlint.note.lazy import lazy
from vaultlint.note.markdown import CODE, HTML, Structure, leaves, may_define, places_of, read_structure
from vaultlint.note.regions import Region, read_regions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.markdown import RawLink

Pair = tuple[int, int]

_Ranged = TypeVar("_Ranged", bound=tuple[Any, ...])

_OPAQUE = frozenset(("frontmatter", "fenced", "indented", "inline", "math", "html-block", "html-comment"))

HIDDEN_BY: dict[str, frozenset[str]] = {
    # `Note.opaque`: where no rule changes anything.
    "all": _OPAQUE,
    # observed 3, 17; semantics 1b. Not by comments (observed 4) nor by HTML elements around them (observed 2).
    "links": _OPAQUE | {"html-tag", "autolink", "destination", "image"},
    # observed 49, semantics 5.5.
    "tags": _OPAQUE | {"html-tag", "autolink", "destination", "wikilink", "image"},
    # semantics 4.8; the rest as for links.
    "block-ids": _OPAQUE | {"html-tag", "autolink", "comment"},
    # observed 44, 60. They are blocks: only blocks can hide them.
    "headings": frozenset(("frontmatter", "fenced", "indented", "math", "html-block", "html-comment", "comment")),
    "items": frozenset(("frontmatter", "fenced", "indented", "math", "html-block", "html-comment", "comment")),
}
"""For each construct, the kinds of text in which it is not read."""


class Cover:
    """Ranges of text, sorted and merged, to be asked what they touch."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        ordered = sorted(pairs)
        self.starts = [start for start, _ in ordered]
        self.ends = [end for _, end in ordered]
        if not all(map(lt, self.starts, self.ends)) or not all(map(le, self.ends, self.starts[1:])):
            self._merge(ordered)

    def _merge(self, ordered: list[Pair]) -> None:
        """Make one range of those that share text, and drop the empty ones; few notes need it."""
        self.starts, self.ends = [], []
        last = -1
        for start, end in ordered:
            if start < last:
                if end > last:
                    self.ends[-1] = last = end
            elif start < end:
                self.starts.append(start)
                self.ends.append(end)
                last = end

    def __bool__(self) -> bool:
        return bool(self.starts)

    def touched(self, start: int, end: int) -> int:
        """The end of the first of the ranges that shares a code point with this one; -1 where none does."""
        place = bisect_right(self.ends, start)
        if place < len(self.starts) and self.starts[place] < end:
            return self.ends[place]
        return -1


class Reading:
    """The structure of one note with Obsidian's own blocks, and what is hidden where.

    `text` has `\\n` as its only line break, `written` the note's own; places are the same in both.
    """

    def __init__(self, text: str, written: str, frontmatter_start: int, body_start: int) -> None:
        self.text = text
        self.written = written
        self.frontmatter_start = frontmatter_start
        self.body_start = body_start
        self.structure, self.regions = read_regions(text, body_start)

    @lazy
    def structures(self) -> list[Structure]:
        """The structure of the note, then those of its block comments that are more than plain text."""
        text = self.text
        comments = [region for region in self.regions if region.sign == "%%"]
        marks = (*_MARKUP, "[") if may_define(text) else _MARKUP
        every = "\n".join([text[region.start : region.end] for region in comments])
        present = [mark for mark in marks if mark in every]
        insides = [_inside(text, region, present) for region in comments] if present else []
        return [self.structure, *filter(None, insides)]

    @lazy
    def links(self) -> list[RawLink]:
        """The Markdown links and images of the note, those in block comments included, in text order."""
        return _merged([structure.links for structure in self.structures])

    @lazy
    def leaves(self) -> list[Pair]:
        """The stretches of text that hold inline markup, in text order; those in block comments included."""
        return _merged([leaves(structure, self.text) for structure in self.structures])

    @lazy
    def kinds(self) -> dict[str, list[Pair]]:
        """The ranges that hide something, by kind; the marks that are not blocks are found on demand."""
        text = self.text
        fenced: list[Pair] = []
        indented: list[Pair] = []
        html: list[Pair] = []
        html_comments: list[Pair] = []
        html_tags: list[Pair] = []
        code: list[Pair] = []
        autolinks: list[Pair] = []
        disguised = {region.start for region in self.regions}
        for structure in self.structures:
            kinds, starts, ends, _ = structure.blocks
            for place in places_of(kinds, CODE):
                start, end = starts[place], ends[place]
                (fenced if text[start] in "`~" else indented).append((start, self.without_break(end)))
            for place in places_of(kinds, HTML):
                start = starts[place]
                if start not in disguised:
                    group = html_comments if text.startswith("<!--", start) else html
                    group.append((start, self.without_break(ends[place])))
            code += structure.code
            if "<" in text:
                autolinks += [(start, end) for start, end, _, _ in structure.links if text[start] == "<"]
            for pair in structure.html:
                (html_comments if text.startswith("<!--", pair[0]) else html_tags).append(pair)
        start, end = self.frontmatter_start, self.body_start
        return {
            "frontmatter": [(start, self.without_break(end))] if start < end else [],
            "fenced": fenced,
            "indented": indented,
            "inline": code,
            "html-block": html,
            "html-comment": html_comments,
            "html-tag": html_tags,
            "autolink": autolinks,
            "comment": [(region.start, region.end) for region in self.regions if region.sign == "%%"],
        }

    def without_break(self, end: int) -> int:
        """A place without the line break before it."""
        written = self.written
        if end and written[end - 1] == "\n":
            end -= 1
        return end - (written[end - 1 : end] == "\r")

    @lazy
    def inline_math(self) -> list[Pair]:
        """`$math$`, and `$$math$$` inside a line."""
        if "$" not in self.text:
            return []
        kinds = self.kinds
        hidden = Cover(kinds["inline"] + kinds["html-tag"] + kinds["html-comment"])
        return find_math(self.text, self.leaves, hidden)

    @lazy
    def math(self) -> list[Pair]:
        """All math, in text order."""
        if "$" not in self.text:
            return []
        blocks = [(region.start, region.end) for region in self.regions if region.sign == "$$"]
        return sorted(blocks + self.inline_math) if blocks else self.inline_math

    @lazy
    def comments(self) -> list[Pair]:
        """`%%` comments, in text order: blocks, and those inside a line."""
        blocks = self.kinds["comment"]
        signs = sum([2 if region.closed else 1 for region in self.regions if region.sign == "%%"])
        if self.text.count("%%", self.body_start) == signs:
            return blocks
        return sorted(blocks + find_comments(self.text, self.leaves, Cover(self.pairs("links") + blocks)))

    def pairs(self, what: str) -> list[Pair]:
        """The ranges that hide `what`, but for links: whoever knows those adds them."""
        hiders = HIDDEN_BY[what]
        found = [pair for kind, pairs in self.kinds.items() if pairs and kind in hiders for pair in pairs]
        if "math" in hiders:
            found += self.math
        return found

    @lazy
    def text_cover(self) -> Cover:
        """What hides links, and with them every mark in the text."""
        return Cover(self.pairs("links"))

    @lazy
    def _trimmed(self) -> dict[int, int]:
        return {}

    def trimmed(self, start: int, end: int) -> int:
        """The end of a range without the blank lines at its end, those of a quote (`>`) included."""
        # Nested blocks end at one place: what stands before it is looked at once.
        least = self._trimmed.get(end)
        if least is None:
            self._trimmed[end] = least = _trim(self.text, end)
        return max(start, least)

    def end_of(self, place: int) -> int:
        """The end of a block without the blank lines behind it."""
        blocks = self.structure.blocks
        return self.trimmed(blocks.starts[place], blocks.ends[place])


def _trim(text: str, end: int) -> int:
    while end > 0:
        at = end
        while at > 0 and text[at - 1] in " \t":
            at -= 1
        end = at
        while at > 0 and text[at - 1] in "> \t":
            at -= 1
        if at == 0 or text[at - 1] != "\n":
            break
        end = at - 1
    return end


_MARKUP = ("](", "`", "<", "$", "[^", "~~~", "\t", "    ")
"""What a comment has in it that is more than plain text; any bracket where the note defines references."""


def _inside(text: str, region: Region, marks: list[str]) -> Structure | None:
    """The structure of what stands in a block comment, which is Markdown of its own; `None` where it is plain."""
    start = region.start + 2
    end = region.end - 2 if region.closed else region.end
    inner = text[start:end]
    for mark in marks:
        if mark in inner:
            break
    else:
        return None
    found = read_structure(inner)
    blocks = found.blocks
    return Structure(
        blocks._replace(
            starts=[place + start for place in blocks.starts], ends=[place + start for place in blocks.ends]
        ),
        [link._replace(start=link.start + start, end=link.end + start) for link in found.links],
        [(first + start, last + start) for first, last in found.code],
        [(first + start, last + start) for first, last in found.html],
        [(first + start, last + start) for first, last in found.references],
        [(first + start, last + start, strong) for first, last, strong in found.emphasis],
        inner,
    )


def _merged(parts: list[list[_Ranged]]) -> list[_Ranged]:
    parts = list(filter(None, parts))
    if len(parts) < 2:
        return parts[0] if parts else []
    return sorted((each for part in parts for each in part), key=lambda each: each[0])
