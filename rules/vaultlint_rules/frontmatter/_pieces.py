"""The frontmatter in pieces, one a property, each with the comments and blank lines above it: for putting in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit

if TYPE_CHECKING:
    from vaultlint.note.note import Note

_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)")
_OF_THE_ITEMS = re.compile(r"(?:[ \t]+#[^\r\n]*(?:\r\n?|\n))*")
"""Indented comments below a value: they stand among its items."""
_HEAD = re.compile(r"(?:[^\r\n]*(?:\r\n?|\n))*[ \t]*(?:\r\n?|\n)")
"""Lines of which the last is blank: what stands above it speaks of the whole block."""


def pieces_of(note: Note) -> tuple[Span, ...] | None:
    """The lines of each property, in order; `None` where one shares a line with another, as in `{a: 1, b: 2}`.

    A comment or blank line belongs to the property below it, but for comments on top with a blank line below them.
    """
    content = note.frontmatter.content_span
    if content is None:
        return None
    text, start = note.text, content.start
    pieces: list[Span] = []
    for found in note.properties:
        at = found.key_span.start
        if at < start or (at > content.start and text[at - 1] not in "\r\n"):
            return None
        if not pieces and (head := _HEAD.match(text, start, at)):
            start = head.end()
        line = _REST_OF_LINE.match(text, found.span.end, content.end)
        if line is None:
            return None
        below = _OF_THE_ITEMS.match(text, line.end(), content.end)
        end = below.end() if below else line.end()
        pieces.append(Span(start, end))
        start = end
    return tuple(pieces)


def line_break_before(text: str, start: int) -> int:
    """Where the line break in front of a line begins.

    An edit of lines of properties begins there: what comes to stand below the property above is none of that one's.
    """
    return start - (2 if text.startswith("\r\n", start - 2) else 1)


def without_property(note: Note, place: int) -> Edit | None:
    """The edit that takes a property's lines away; a comment above it stays, for it may speak of more than this."""
    pieces = pieces_of(note)
    if pieces is None:
        return None
    start, end = note.properties[place].key_span.start, pieces[place].end
    if place:
        start, end = line_break_before(note.text, start), line_break_before(note.text, end)
    return Edit(note.path, Span(start, end), "")
