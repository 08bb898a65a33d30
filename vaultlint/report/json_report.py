"""`--output-format json` and `jsonl`: what a run found as data. Version 1 may gain keys, never lose one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.report.encoding import to_json
from vaultlint.report.places import Places
from vaultlint.rule.fix import Edit, Fix, Rename

if TYPE_CHECKING:
    from vaultlint.report.views import ReadNote, ReportView
    from vaultlint.rule.finding import Diagnostic, Related

VERSION = 1


class _Edit(Struct):
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class _Rename(Struct):
    path: str
    to: str


class _Fix(Struct):
    title: str
    applicability: str
    renames: list[_Rename]
    edits: list[_Edit]


class _Related(Struct):
    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    message: str


class _Diagnostic(Struct):
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    severity: str
    message: str
    hint: str | None
    url: str | None
    related: list[_Related]
    fix: _Fix | None


class _Summary(Struct):
    notes: int
    diagnostics: int
    errors: int
    warnings: int
    infos: int
    fixable: int
    fixed: int


class _Report(Struct):
    version: int
    root: str
    summary: _Summary
    diagnostics: list[_Diagnostic]


def json(report: ReportView, read: ReadNote) -> bytes:
    """The whole report as one object on one line, in UTF-8; ends are exclusive."""
    counts = report.summary
    diagnostics = _diagnostics(report, read)
    summary = _Summary(
        notes=counts.notes,
        diagnostics=counts.diagnostics,
        errors=counts.errors,
        warnings=counts.warnings,
        infos=counts.infos,
        fixable=report.summary.fixable,
        fixed=counts.fixed,
    )
    return to_json(_Report(VERSION, report.root, summary, diagnostics)) + b"\n"


def jsonl(report: ReportView, read: ReadNote) -> bytes:
    """The diagnostics alone, one object a line, in UTF-8."""
    return b"".join([to_json(diagnostic) + b"\n" for diagnostic in _diagnostics(report, read)])


def _diagnostics(report: ReportView, read: ReadNote) -> list[_Diagnostic]:
    places = Places(read)
    return [_diagnostic(diagnostic, places) for diagnostic in report.diagnostics]


def _diagnostic(diagnostic: Diagnostic, places: Places) -> _Diagnostic:
    return _Diagnostic(
        path=diagnostic.path,
        line=diagnostic.position.line,
        column=diagnostic.position.column,
        end_line=diagnostic.end.line,
        end_column=diagnostic.end.column,
        rule=diagnostic.rule,
        severity=str(diagnostic.severity),
        message=diagnostic.message,
        hint=diagnostic.hint,
        url=None,
        related=[_related(related, places) for related in diagnostic.related],
        fix=_fix(diagnostic.fix, diagnostic, places) if diagnostic.fix else None,
    )


def _related(related: Related, places: Places) -> _Related:
    found = places.of(related.path, related.span) if related.span else None
    start, end = found or (related.position, None)
    return _Related(
        path=related.path,
        line=start.line if start else None,
        column=start.column if start else None,
        end_line=end.line if end else None,
        end_column=end.column if end else None,
        message=related.message,
    )


def _fix(fix: Fix, diagnostic: Diagnostic, places: Places) -> _Fix | None:
    edits = []
    for change in fix.changes:
        if isinstance(change, Edit):
            place = places.of_edit(change, diagnostic)
            if place is None:
                return None  # the note changed or went since it was checked: nobody could apply this
            start, end = place
            edits.append(_Edit(change.path, start.line, start.column, end.line, end.column, change.text))
    renames = [_Rename(change.path, change.to) for change in fix.changes if isinstance(change, Rename)]
    return _Fix(fix.title, fix.applicability.name.lower(), renames, edits)
