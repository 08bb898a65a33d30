"""One version of a note, old or new, with the parts of it that edits take out or put in."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vaultlint.note.model import Html, Span
    from vaultlint.note.note import Note

    Licence: TypeAlias = frozenset[Aspect]
    """What an edit may change."""


BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)


class Edited:
    """A note, with the parts of it that edits take out or put in: sorted, not touching each other."""

    def __init__(
        self,
        note: Note,
        spans: Sequence[Span],
        licence: Licence,
        inside: Sequence[bool],
        frontmatter_mended: bool,
        leads_to: Callable[[str], str],
    ) -> None:
        self.note = note
        self.spans = spans
        self.licence = licence
        self.frontmatter_mended = frontmatter_mended
        """Where the app could read no property before, all of them may appear, and no edit touches them."""
        self.leads_to = leads_to
        self._text = note.text
        self._inside = inside
        """Whether each edit lies in a part of the note that it may change."""
        self._ends = [span.end for span in spans]

    def may_change(self, span: Span, aspect: Aspect) -> bool:
        """Whether an edit that may change this touches the span, be it at its border."""
        return aspect in self.licence and self.touches(span)

    def touches(self, span: Span) -> bool:
        """Whether an edit touches the span, be it at its border."""
        place = bisect_left(self._ends, span.start)
        return place < len(self.spans) and self.spans[place].start <= span.end

    def is_free_break(self, html: Html) -> bool:
        """Whether it is a `<br>` that an edit may put in or take out."""
        if Aspect.LINE_BREAKS not in self.licence or html.block or not self.touches(html.span):
            return False
        return BREAK.fullmatch(html.span.of(self._text)) is not None

    def reaches_into(self, span: Span) -> bool:
        """Whether an edit in a part that it may change touches this span."""
        return any(self._inside[place] for place in self._in(span))

    def rest(self, text: str, span: Span) -> tuple[str, ...]:
        """The text of a span without what edits may change in it: the pieces between."""
        pieces: list[str] = []
        start = span.start
        for place in self._in(span):
            if self._inside[place]:
                edited = self.spans[place]
                pieces.append(text[start : max(start, edited.start)])
                start = max(start, edited.end)
        pieces.append(text[start : max(start, span.end)])
        return tuple(pieces)

    def kept(self, span: Span) -> tuple[int, int]:
        """A span counted in what is kept: signs that are no white space and lie in no edit.

        It is the same before and after the edits wherever both cover the same of what is kept.
        """
        return self._kept_before(span.start), self._kept_before(span.end)

    def _kept_before(self, offset: int) -> int:
        place = bisect_left(self._ends, offset)
        edited = self._edited[place]
        if place < len(self.spans) and self.spans[place].start < offset:
            edited += self._signs_before(offset) - self._signs_before(self.spans[place].start)
        return self._signs_before(offset) - edited

    def _signs_before(self, offset: int) -> int:
        return offset - self._spaces[offset]

    @cached_property
    def _spaces(self) -> array[int]:
        """How many signs of white space stand before each offset."""
        return array("I", accumulate(map(str.isspace, self._text), initial=0))

    @cached_property
    def _edited(self) -> list[int]:
        """How many signs that are no white space lie in the edits before each edit, and in all."""
        signs = (self._signs_before(span.end) - self._signs_before(span.start) for span in self.spans)
        return list(accumulate(signs, initial=0))

    def _in(self, span: Span) -> Iterator[int]:
        place = bisect_left(self._ends, span.start)
        while place < len(self.spans) and self.spans[place].start <= span.end:
            yield place
            place += 1
