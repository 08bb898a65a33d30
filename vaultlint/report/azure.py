"""`--output-format azure`: logging commands of Azure Pipelines, an issue a finding.

The agent looks for `##vso[` anywhere in a line and takes the first, which is ours; what it decodes is in its
`CommandStringConvertor`. It knows errors and warnings, and shows the first ten of each that a task logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.encoding import to_bytes
from vaultlint.report.escape import logged_path
from vaultlint.report.places import Places
from vaultlint.report.words import words
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from vaultlint.report.views import ReportContext, ReportView
    from vaultlint.rule.finding import Diagnostic

_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "warning"}


def azure(report: ReportView, context: ReportContext) -> bytes:
    """One command a finding, in UTF-8: errors first and infos last, for the first ten are those that are shown."""
    by_worth = sorted(report.diagnostics, key=lambda found: -found.severity)
    places = Places(context.read)
    return to_bytes("".join([_command(diagnostic, context.prefix, places) for diagnostic in by_worth]))


def _command(diagnostic: Diagnostic, prefix: str, places: Places) -> str:
    said = "\n".join(words(diagnostic, prefix, places))
    path = _escaped(logged_path(prefix + diagnostic.path))
    return (
        f"##vso[task.logissue type={_TYPES[diagnostic.severity]};sourcepath={path};"
        f"linenumber={diagnostic.position.line};columnnumber={diagnostic.position.column};"
        f"code={_escaped(diagnostic.rule)};]{_escaped(said)}\n"
    )


def _escaped(text: str) -> str:
    text = text.replace("%", "%AZP25")
    return text.replace(";", "%3B").replace("\r", "%0D").replace("\n", "%0A").replace("]", "%5D")
