"""The items of lists, and the definitions of footnotes, as what may move: all that is its own goes with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from vaultlint.engine.edited import Edited
    from vaultlint.note.model import Footnote, Span
    from vaultlint.note.note import Note

_NAME = re.compile(r"\[\^[^\s\[\]]+\]")


def footnote_texts(note: Note) -> dict[str, str]:
    """The name of each footnote that is defined, in lower case -> what it says; of equal names the first."""
    texts: dict[str, str] = {}
    for each in note.footnotes:
        if each.kind == "definition":
            texts.setdefault(each.id.casefold(), _said(note, each))
    return texts


def _said(note: Note, definition: Footnote) -> str:
    """What a definition says, white space folded, without the names of other footnotes."""
    content = definition.content_span.of(note.text) if definition.content_span is not None else ""
    return f"[^] {' '.join(_NAME.sub('[^]', content).split())}"


class Items:
    """The items of lists that edits touch, which may move where lists may change: each with all that is its own."""

    def __init__(self, edited: Edited) -> None:
        self.edited = edited
        self.are_footnotes = Aspect.FOOTNOTES in edited.licence
        """Whether it is the definitions of footnotes that may move."""
        self._own: dict[int, str] = {}
        note = edited.note
        self._movable = Aspect.LISTS in edited.licence and Aspect.WORDS not in edited.licence and bool(note.items)
        self._starts = [item.span.start for item in note.items] if self._movable else []

    def holds(self, span: Span) -> str | None:
        """The words of what may move around a place that an edit touches: the innermost item, or a footnote.

        `None` where there is none.
        """
        if not self._movable and not self.are_footnotes:
            return None
        if not self.edited.touches(span):
            return None
        if self.are_footnotes:
            return self._footnote(span)
        items = self.edited.note.items
        place: int | None = bisect_right(self._starts, span.start) - 1
        place = None if place is not None and place < 0 else place
        while place is not None and not items[place].span.covers(span):
            place = items[place].parent
        return None if place is None else self.own(place)

    def _footnote(self, span: Span) -> str | None:
        place = bisect_right(self._definitions, span.start, key=lambda each: each[0].start) - 1
        if place < 0 or not self._definitions[place][0].covers(span):
            return None
        return self._definitions[place][1]

    @cached_property
    def _definitions(self) -> list[tuple[Span, str]]:
        note = self.edited.note
        return [(each.span, _said(note, each)) for each in note.footnotes if each.kind == "definition"]

    def own(self, place: int) -> str:
        """What stands in an item, without its marker, its task box and the items in it; white space folded."""
        known = self._own.get(place)
        if known is None:
            note = self.edited.note
            item = note.items[place]
            start = (item.task_span or item.marker_span).end
            pieces: list[str] = []
            after = place + 1
            while after < len(note.items) and note.items[after].span.start < item.span.end:
                inner = note.items[after].span
                if inner.start >= start:
                    pieces.append(note.text[start : inner.start])
                    start = inner.end
                after += 1
            pieces.append(note.text[start : item.span.end])
            known = self._own[place] = " ".join(" ".join(pieces).split())
        return known
