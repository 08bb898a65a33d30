"""`--output-format rdjson`: a DiagnosticResult of reviewdog (proto/rdf of its repository), with suggestions.

Columns there count bytes of UTF-8 from 1, those of a byte order mark among them; the end of a range is exclusive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.note.model import Span
from vaultlint.report.encoding import to_json
from vaultlint.report.escape import visible
from vaultlint.report.full import fix_line
from vaultlint.report.places import Places
from vaultlint.report.words import words
from vaultlint.rule.fix import Edit, Fix

if TYPE_CHECKING:
    from vaultlint.note.model import Position
    from vaultlint.report.views import ReadNote, ReportContext, ReportView
    from vaultlint.rule.finding import Diagnostic

_FAR = 50
"""Lines: a suggestion is one piece of text, and edits further apart would make it a page."""


class _Position(Struct, omit_defaults=True):
    line: int
    column: int | None = None


class _Range(Struct, omit_defaults=True):
    start: _Position
    end: _Position | None = None


class _Location(Struct):
    path: str
    range: _Range


class _Code(Struct):
    value: str


class _Suggestion(Struct):
    range: _Range
    text: str


class _Diagnostic(Struct, omit_defaults=True):
    message: str
    location: _Location
    severity: str
    code: _Code
    suggestions: list[_Suggestion] | None = None


class _Source(Struct):
    name: str


class _DiagnosticResult(Struct):
    source: _Source
    diagnostics: list[_Diagnostic]


def rdjson(report: ReportView, context: ReportContext) -> bytes:
    """The findings as one object in UTF-8; fixes inside the note of their finding are suggestions."""
    writer = _Writer(context)
    diagnostics = [writer.diagnostic(found) for found in report.diagnostics]
    return to_json(_DiagnosticResult(_Source("vaultlint"), diagnostics)) + b"\n"


class _Writer:
    def __init__(self, context: ReportContext) -> None:
        self._read: ReadNote = context.read
        self._prefix = context.prefix
        self._places = Places(context.read)

    def diagnostic(self, found: Diagnostic) -> _Diagnostic:
        """One finding as reviewdog takes it."""
        lines = words(found, self._prefix, self._places)
        if found.fix:
            lines.append(f"fix: {visible(fix_line(found.fix))}")
        # What is said of a whole note points at no line: for that it need not be read.
        text = self._read(found.path) if found.span.end else None
        suggestion = self._suggestion(found.fix, found.path, text) if found.fix and text is not None else None
        return _Diagnostic(
            message="\n".join(lines),
            location=_Location(self._prefix + found.path, _range(text, found.span, (found.position, found.end))),
            severity=found.severity.name,
            code=_Code(found.rule),
            suggestions=[suggestion] if suggestion else None,
        )

    def _suggestion(self, fix: Fix, path: str, text: str) -> _Suggestion | None:
        """All edits of a fix as one, for of several suggestions each would be offered alone."""
        edits = sorted(change for change in fix.changes if isinstance(change, Edit) and change.path == path)
        if not edits or len(edits) < len(fix.changes):
            return None
        whole = Span(edits[0].span.start, edits[-1].span.end)
        place = self._places.of(path, whole)
        if place is None or place[1].line - place[0].line > _FAR:
            return None
        parts, at = [], whole.start
        for edit in edits:
            parts += [text[at : edit.span.start], edit.text]
            at = edit.span.end
        return _Suggestion(_range(text, whole, place), "".join(parts))


def _range(text: str | None, span: Span, place: tuple[Position, Position]) -> _Range:
    """A range of a note; of whole lines where its text can't be had any more."""
    start, end = place
    if text is None or span.end > len(text):
        return _Range(_Position(start.line), _Position(end.line) if end.line > start.line else None)
    return _Range(
        _Position(start.line, _column(text, span.start)),
        _Position(end.line, _column(text, span.end)),
    )


def _column(text: str, offset: int) -> int:
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return (offset - line if text.isascii() else len(text[line:offset].encode("utf-8", "surrogatepass"))) + 1
