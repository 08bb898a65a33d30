"""The frontmatter in pieces, one a property, each with the comments and blank lines above it: for putting in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span

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
