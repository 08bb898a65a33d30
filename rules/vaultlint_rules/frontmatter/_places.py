"""What the rules about properties share: templates, and lines of YAML that an edit takes away or renames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span

if TYPE_CHECKING:
    from vaultlint.note.model import Property
    from vaultlint.note.note import Note

_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_PLACEHOLDER = re.compile(r"\{\{|<%")


def folder_glob(path: str) -> str:
    """A folder means all that is in it."""
    plain = not any(sign in path for sign in "*?") and not path.endswith(".md")
    return f"{path.rstrip('/')}/**" if plain else path


def is_placeholder(written: str) -> bool:
    """Whether a template's `{{...}}` or `<% ... %>` stands in the text."""
    return _PLACEHOLDER.search(written) is not None


def whole_lines(text: str, start: int, end: int) -> Span:
    """The lines on which `start` to `end` stand, with the line break behind the last."""
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    last = _REST_OF_LINE.match(text, end)
    return Span(first, last.end() if last else end)


def stands_alone(note: Note, found: Property) -> bool:
    """Whether the property has its lines to itself, as in no `{a: 1, b: 2}`."""
    lines = whole_lines(note.text, found.span.start, found.span.end)
    return lines.start == found.key_span.start and not any(
        lines.overlaps(other.span) for other in note.properties if other is not found
    )
