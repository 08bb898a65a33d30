"""Where the signs of emphasis in a note can be others without a change of what is emphasized."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from vaultlint_rules.style._gaps import blank_lines

from vaultlint.note.lazy import lazy
from vaultlint.note.model import Span
from vaultlint.note.obsidian import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Emphasis
    from vaultlint.note.note import Note

_SIGN = re.compile(r"\*+|_+")
_BEFORE = re.compile(r"[\s([{\"'\u201c\u2018\u2013\u2014,;:|>-]")
_BEHIND = re.compile(r"[\s)\]}\"'\u201d\u2019\u2013\u2014.,;:!?|-]")
_EDGE = re.compile(r"[*_~=`$<>\\\[\]#^&]")
"""What must not stand inside next to the signs: with them it would be read as something else."""
_PYTHON = re.compile(r"[a-z0-9_]+")
"""Of `__init__` the signs are meant, though the app shows it strong; so may they be of any word in small letters."""
_TIED = re.compile(r"#[^\s#]*\Z|://\S*\Z|\A\S*://")
"""A tag or an address at the edge, which takes a `_` for a part of itself."""


def signs_of(found: Emphasis) -> tuple[Span, Span]:
    """The signs on both sides."""
    width = 2 if found.strong else 1
    start, end = found.span.start, found.span.end
    return Span(start, start + width), Span(end - width, end)


class Text:
    """A note, asked about the signs in its text."""

    def __init__(self, note: Note) -> None:
        self._note = note

    @lazy
    def left_alone(self) -> Cover:
        """Where signs are not only layout: headings are named by links as written, fields read by Dataview."""
        note = self._note
        spans = [*note.opaque, *(each.span for each in note.headings), *(each.span for each in note.inline_fields)]
        spans += [each.title_span for each in note.callouts]
        spans += [each.span for each in note.links]
        spans += [each.span for each in note.wikilinks]
        spans += [each.span for each in note.comments]
        spans += [each.span for each in note.templater]
        spans += [each.span for each in note.html]
        return Cover([(span.start, span.end) for span in spans])

    def may_change(self, found: Emphasis) -> bool:
        """Whether both signs stand free, and nothing near could be taken for another pair of them."""
        text = self._note.text
        first, last = signs_of(found)
        if any(self.left_alone.touched(each.start, each.end) >= 0 for each in (first, last)):
            return False
        before, behind = text[max(first.start - 1, 0) : first.start], text[last.end : last.end + 1]
        if (before and not _BEFORE.match(before)) or (behind and not _BEHIND.match(behind)):
            return False
        inner = text[first.end : last.start]
        if found.strong and text[first.start] == "_" and _PYTHON.fullmatch(inner):
            return False
        if not inner or _EDGE.match(inner[0]) or _EDGE.match(inner[-1]) or _TIED.search(inner):
            return False
        return not self._other_signs_near(found.span.start, found.span.end)

    def _other_signs_near(self, start: int, end: int) -> bool:
        """Whether a sign that marks nothing stands in the same stretch without a blank line."""
        if not self.loose:
            return False
        place = bisect_right(self._borders, start)
        first = self._borders[place - 1] if place else 0
        place = bisect_left(self._borders, end)
        last = self._borders[place] if place < len(self._borders) else len(self._note.text)
        place = bisect_left(self.loose, Span(first, first))
        return place < len(self.loose) and self.loose[place].start < last

    @lazy
    def _borders(self) -> list[int]:
        return blank_lines(self._note)

    @lazy
    def loose(self) -> list[Span]:
        """Signs that mark nothing but could mark something with others near: those that no space keeps from it."""
        return [sign for sign in self.unused if not self.between_spaces(sign)]

    def between_spaces(self, sign: Span) -> bool:
        """Whether signs have white space on both sides."""
        text = self._note.text
        return not text[max(sign.start - 1, 0) : sign.start].strip() and not text[sign.end : sign.end + 1].strip()

    @lazy
    def unused(self) -> list[Span]:
        """Signs that mark nothing: not escaped, no marker of a list, no `_` within a word, not in code or the like."""
        return list(self._unused())

    def _unused(self) -> Iterator[Span]:
        note = self._note
        text = note.text
        used = Cover([(each.start, each.end) for found in note.emphasis for each in signs_of(found)])
        opaque = Cover([(span.start, span.end) for span in note.opaque])
        markers = {item.marker_span.start for item in note.items}
        for sign in _SIGN.finditer(text, note.body_start):
            start, end = sign.span()
            before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
            if before == "\\" or start in markers or (sign[0][0] == "_" and before.isalnum() and behind.isalnum()):
                continue
            if used.touched(start, end) < 0 and opaque.touched(start, end) < 0:
                yield Span(start, end)
