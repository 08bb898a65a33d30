"""Offsets to lines and columns, for places that no rule has worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.model import Position
from vaultlint.note.source import Source

if TYPE_CHECKING:
    from vaultlint.note.model import Span
    from vaultlint.report.views import ReadNote
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Edit


class Places:
    """Where spans are, note by note; the last note stays at hand."""

    def __init__(self, read: ReadNote) -> None:
        self._read = read
        self._path = ""
        self._source: Source | None = None

    def of(self, path: str, span: Span) -> tuple[Position, Position] | None:
        """Where a span begins and ends; `None` where the note can't be had any more or is too short."""
        if path != self._path:
            text = self._read(path)
            self._path, self._source = path, None if text is None else Source(text)
        source = self._source
        if source is None or span.end > len(source.text):
            return None
        return source.position(span.start), source.position(span.end)

    def of_edit(self, edit: Edit, diagnostic: Diagnostic) -> tuple[Position, Position] | None:
        """As `of`, for an edit that mends a finding: most lie inside it, and then no note is read for that."""
        return _within(edit, diagnostic) or self.of(edit.path, edit.span)


def _within(edit: Edit, diagnostic: Diagnostic) -> tuple[Position, Position] | None:
    """The place of an edit inside a finding of one line."""
    start, end = diagnostic.position, diagnostic.end
    if edit.path != diagnostic.path or start.line != end.line or not diagnostic.span.covers(edit.span):
        return None
    first = start.column - diagnostic.span.start
    return Position(start.line, first + edit.span.start), Position(start.line, first + edit.span.end)
