"""`--output-format github`: workflow commands that put each finding beside its line in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.escape import logged_path, visible
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from vaultlint.report.views import ReportView
    from vaultlint.rule.finding import Diagnostic

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(report: ReportView, *, prefix: str = "") -> str:
    """One workflow command a finding; `prefix` leads from the git work tree to the vault."""
    return "".join([annotation(diagnostic, prefix) for diagnostic in report.diagnostics])


def annotation(diagnostic: Diagnostic, prefix: str, addition: str = "") -> str:
    """The workflow command that puts a finding beside its line; `addition` is a last line of our own words."""
    start, end = diagnostic.position, diagnostic.end
    place = f"line={start.line},"
    if start.line == end.line:
        # GitHub refuses columns for an annotation over several lines.
        place += f"col={start.column},endLine={end.line},endColumn={end.column}"
    else:
        place += f"endLine={end.line}"
    message = _data(visible(diagnostic.message))
    if diagnostic.hint:
        message += "%0A" + _data(f"help: {visible(diagnostic.hint)}")
    if addition:
        message += "%0A" + _data(addition)
    file = _property(logged_path(prefix + diagnostic.path))
    return f"::{_COMMANDS[diagnostic.severity]} file={file},{place},title={_property(diagnostic.rule)}::{message}\n"


def command(name: str, message: str) -> str:
    """A workflow command that is about no file: `error`, `warning`, `notice`, `group`, ..."""
    return f"::{name}::{_data(visible(message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
