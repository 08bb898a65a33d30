"""Where in a note that stands of which a validator speaks: its paths lead through data, not through text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note

_FIRST_LINE = re.compile("\ufeff?([^\r\n]*)")


def first_line_span(note: Note) -> Span:
    """The note's first line, where a finding stands that is about no property in particular."""
    found = _FIRST_LINE.match(note.text)
    return Span(*found.span(1)) if found else Span(0, 0)


def place_of(note: Note, path: Sequence[str | int]) -> tuple[Property | None, Span]:
    """The property that a path into the data leads through, and the place nearest to its end.

    `("authors", 1)` is the second item of a list. What is deeper stands where its property's value, or item, stands;
    an empty path, or one to a property that is not there, is the first line.
    """
    found = note.property(str(path[0])) if path else None
    if found is None:
        return None, first_line_span(note)
    place = path[1] if len(path) > 1 else None
    if isinstance(place, int) and 0 <= place < len(found.items):
        return found, found.items[place].span
    return found, found.value_span if len(found.value_span) else found.key_span
