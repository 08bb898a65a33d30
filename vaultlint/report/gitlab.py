"""`--output-format gitlab`: a code quality report (docs.gitlab.com, "Code Quality"), a list of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.report.encoding import to_json
from vaultlint.report.identity import identities
from vaultlint.report.places import Places
from vaultlint.report.words import words
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from vaultlint.report.views import ReportContext, ReportView
    from vaultlint.rule.finding import Diagnostic

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class _Lines(Struct):
    begin: int
    end: int


class _Place(Struct):
    path: str
    lines: _Lines


class _Finding(Struct):
    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: _Place


def gitlab(report: ReportView, context: ReportContext) -> bytes:
    """The findings as a list in UTF-8; each has a fingerprint of its own, for GitLab shows one of equals only."""
    known_by = identities(report.diagnostics, context.read)
    found = zip(report.diagnostics, known_by, strict=True)
    places = Places(context.read)
    return to_json([_finding(diagnostic, identity, context.prefix, places) for diagnostic, identity in found]) + b"\n"


def _finding(diagnostic: Diagnostic, identity: str, prefix: str, places: Places) -> _Finding:
    said, *more = words(diagnostic, prefix, places)
    return _Finding(
        description=f"{said} ({'; '.join(more)})" if more else said,
        check_name=diagnostic.rule,
        fingerprint=identity,
        severity=_SEVERITIES[diagnostic.severity],
        location=_Place(prefix + diagnostic.path, _Lines(diagnostic.position.line, diagnostic.end.line)),
    )
