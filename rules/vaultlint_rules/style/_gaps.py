"""The blank lines between blocks at the root of a note, for every rule that counts them.

A rule says how many belong into a gap; what holds two blocks together, and how lines come and go, is known here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.note.lazy import lazy
from vaultlint.note.model import Span
from vaultlint.note.obsidian import Cover
from vaultlint.rule.fix import Applicability, Edit, Fix, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Section
    from vaultlint.note.note import Note

BLANK = " \t\r\n"
BREAK = r"(?:\r?\n|\r(?!\n))"
"""A pattern for one line break."""


class Gap(NamedTuple):
    """What stands between two blocks that follow each other: blank lines, or nothing."""

    above: Section
    below: Section
    span: Span
    """The blank lines, each with its line break; empty where there are none."""
    lines: int
    """How many."""


def gaps(note: Note, *, filled: bool = True) -> Iterator[Gap]:
    """Every gap at the root, in text order, but for those where a block id or a definition stands.

    Without those that are `filled`, by exactly one plain blank line, where nobody asks for them: most are such.
    In a note whose properties are broken there is none: lines of text there are meant for something else.
    """
    if note.frontmatter.error is not None:
        return
    text, source = note.text, note.source
    for above, below in pairwise(note.sections):
        start, end = above.span.end, below.span.start
        if text[start:end] == "\n\n":  # most are
            if filled:
                yield Gap(above, below, Span(start + 1, end), 1)
            continue
        last, first = source.line_of(start), source.line_of(end)
        if last < first:
            span = Span(source.line_starts[last], source.line_starts[first - 1])
            if not span.of(text).strip(BLANK):
                yield Gap(above, below, span, first - last - 1)


class Pairs:
    """What of a note belongs together, so that no blank line may come between."""

    def __init__(self, note: Note) -> None:
        self._note = note

    def hold(self, gap: Gap) -> bool:
        """Whether the blocks on both sides of a gap belong together.

        A comment may speak of what is next to it, and HTML hold it. A flashcard ends at a blank line. Who writes a
        Dataview field, or a command of a template, right above or below something, means that place.
        """
        if gap.above.type in _SIGNS or gap.below.type in _SIGNS:
            return True
        if self._is_field_or_command(gap) or self.in_card(gap.span.start):
            return True
        if gap.above.type in _HOLDERS and self._may_continue(gap.below):
            return True
        return (gap.above.type in _QUOTES or gap.below.type in _QUOTES) and self._quoted_code_is_open

    @lazy
    def _quoted_code_is_open(self) -> bool:
        """Whether code in a quote is not closed there: who wrote it meant more of the note to be in it."""
        quotes = [each.span for each in self._note.sections if each.type in _QUOTES]
        open_code = [each.span for each in self._note.code if not each.closed]
        return bool(open_code) and any(quote.covers(code) for quote in quotes for code in open_code)

    def _may_continue(self, section: Section) -> bool:
        """Whether what stands right below a list or quote may be taken, or be meant, for a part of it."""
        text, start = self._note.text, section.span.start
        if text[max(start - 1, 0)] in " \t":
            return True
        if section.type == "list":
            return not text.startswith(_FIRST_MARKERS, start)
        return section.type not in _ON_THEIR_OWN

    def _is_field_or_command(self, gap: Gap) -> bool:
        text = self._note.text
        if not any(sign in text for sign in ("::", *_COMMANDS)):
            return False
        if any(each.span.start < gap.span.start < each.span.end for each in self._note.templater):
            return True
        source = self._note.source
        for place in (gap.above.span.end, gap.below.span.start):
            line = source.line_span(source.line_of(place)).of(text)
            if any(sign in line for sign in _COMMANDS) or ("::" in line and _FIELD.match(line)):
                return True
        return False

    def in_card(self, offset: int) -> bool:
        """Whether a line that begins here would be in the middle of a flashcard."""
        place = bisect_right(self._cards, (offset, len(self._note.text))) - 1
        return place >= 0 and offset < self._cards[place][1]

    @lazy
    def _cards(self) -> list[tuple[int, int]]:
        """The stretches without a blank line that hold the sign of a flashcard."""
        text = self._note.text
        if not any(sign in text for sign in _IN_CARDS):
            return []
        signs = [found.start() for found in _CARD.finditer(text, self._note.body_start)]
        if not signs:
            return []
        borders = blank_lines(self._note)
        found: list[tuple[int, int]] = []
        for sign in signs:
            place = bisect_right(borders, sign)
            start = borders[place - 1] if place else self._note.body_start
            end = borders[place] if place < len(borders) else len(text)
            if not found or found[-1] != (start, end):
                found.append((start, end))
        return found


_COMMANDS = ("<%", "%>", "{%", "%}")
"""Those of Templater, and those of the plug-ins that fill in notes of their own: Nunjucks, Liquid."""
_SIGNS = ("comment", "html")
_QUOTES = ("blockquote", "callout")
_HOLDERS = ("list", "blockquote", "callout", "footnoteDefinition", "table")
_ON_THEIR_OWN = ("heading", "thematicBreak", "code")
_FIRST_MARKERS = ("- ", "* ", "+ ", "1. ", "1) ")
_FIELD = re.compile(r"[ \t>]*+(?:[-*+][ \t]++)?+[^\s:\[\]()`|][^:\[\]()`|]*+::")
_BLANK_LINE = re.compile(rf"{BREAK}[ \t]*+(?=[\r\n])")
_IN_CARDS = ("\n?", "\r?", "START", "END", "Q:", "A:", "card")
_CARD = re.compile(r"^(?:\?\??|START|END|[QA]:[^\r\n]*)[ \t]*$|(?<!\S)#(?:flash)?cards?(?![\w-])", re.MULTILINE)
"""Signs of the flashcard plug-ins: a line of `?` between question and answer, `START` and `END`, `Q:`, a tag."""


def blank_lines(note: Note) -> list[int]:
    """Where the body has a blank line: the ends of the lines before them, in order."""
    return [found.start() for found in _BLANK_LINE.finditer(note.text, note.body_start)]


def add_line(note: Note, gap: Gap, title: str) -> Fix:
    """The fix that puts one blank line into a gap that has none."""
    return layout(title, Edit(note.path, Span(gap.span.end, gap.span.end), note.source.newline), tentative=True)


def drop_lines(note: Note, span: Span, title: str) -> Fix:
    """The fix that takes lines away, all of them blank."""
    return layout(title, Edit(note.path, span, ""), tentative=True)


def layout(title: str, *edits: Edit, tentative: bool = False) -> Fix:
    """A fix that changes no more than white space; `tentative` where only a second reading tells that it does not."""
    return Fix(title, edits, Applicability.SAFE, Kind.LAYOUT, tentative=tentative)


def first_line(note: Note, span: Span) -> Span:
    """The part of a block on its first line."""
    return Span(span.start, max(min(span.end, note.source.line_span(note.source.line_of(span.start)).end), span.start))


def last_line(note: Note, span: Span) -> Span:
    """The part of a block on its last line."""
    return Span(max(span.start, note.source.line_span(note.source.line_of(span.end)).start), span.end)


def is_open(note: Note, end: int) -> bool:
    """Whether code, math or a comment that is never closed runs to an offset: blank lines there are a part of it."""
    ends = [each.span.end for each in note.code if not each.closed]
    ends += [each.span.end for each in note.math if not each.closed]
    ends += [each.span.end for each in note.comments if not each.closed]
    return max(ends, default=-1) >= end


def left_as_they_are(note: Note) -> Cover:
    """Where blank lines are a part of something: code, math, HTML, comments and commands of Templater."""
    spans = [*note.opaque, *(each.span for each in note.comments), *(each.span for each in note.templater)]
    return Cover([(span.start, span.end) for span in spans])


def blocks_left_alone(note: Note) -> Cover:
    """Blocks of code, math and HTML, comments, commands of Templater: their lines are no text, in a quote either."""
    spans = [each.span for each in note.code if each.kind != "inline"]
    spans += [each.span for each in note.math if each.display]
    spans += [each.span for each in note.html if each.block]
    spans += [each.span for each in note.comments]
    spans += [each.span for each in note.templater]
    return Cover([(span.start, span.end) for span in spans])
