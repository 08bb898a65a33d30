"""The items of lists as what may move: all that is an item's own goes with it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from vaultlint.engine.edited import Edited
    from vaultlint.note.model import Span


class Items:
    """The items of lists that edits touch, which may move where lists may change: each with all that is its own."""

    def __init__(self, edited: Edited) -> None:
        self.edited = edited
        self._own: dict[int, str] = {}
        note = edited.note
        self._movable = Aspect.LISTS in edited.licence and bool(note.items)
        self._starts = [item.span.start for item in note.items] if self._movable else []

    def holds(self, span: Span) -> str | None:
        """The words of the innermost item around a place, if an edit touches that item; `None` where there is none."""
        if not self._movable or not self.edited.touches(span):
            return None
        items = self.edited.note.items
        place: int | None = bisect_right(self._starts, span.start) - 1
        place = None if place is not None and place < 0 else place
        while place is not None and not items[place].span.covers(span):
            place = items[place].parent
        return None if place is None else self.own(place)

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
