"""Where the text of a note is plain: in the place of code, comments and the like no rule reads text."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vaultlint.note.obsidian import Cover

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note


class Hidden:
    """What is no plain text of a note, to be asked about many places: made where a first sign is there."""

    def __init__(self, note: Note, *more: Iterable[Span]) -> None:
        spans = chain(
            note.opaque,
            (each.span for each in note.comments),
            (each.span for each in note.html),
            (each.span for each in note.templater),
            *more,
        )
        self._body_start = note.body_start
        self._cover = Cover((span.start, span.end) for span in spans)

    def touches(self, start: int, end: int) -> bool:
        """Whether a range has anything in it that is hidden."""
        return start < self._body_start or self._cover.touched(start, end) >= 0


def link_spans(note: Note) -> Iterable[Span]:
    """All of every wikilink, Markdown link and image."""
    return chain((link.span for link in note.wikilinks), (link.span for link in note.links))


def field_spans(note: Note) -> Iterable[Span]:
    """Dataview's fields, which are read by rules of their own."""
    return (field.span for field in note.inline_fields)
