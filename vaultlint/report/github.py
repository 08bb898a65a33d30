"""`--output-format github`: workflow commands that put each finding beside its line in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.encoding import to_bytes
from vaultlint.report.escape import logged_path, visible
from vaultlint.report.places import Places
from vaultlint.report.words import words
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from vaultlint.report.views import ReportContext, ReportView
    from vaultlint.rule.finding import Diagnostic

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(report: ReportView, context: ReportContext) -> bytes:
    """One workflow command a finding, in UTF-8."""
    places = Places(context.read)
    return to_bytes("".join([annotation(one, context.prefix, places=places) for one in report.diagnostics]))


def annotation(diagnostic: Diagnostic, prefix: str, addition: str = "", *, places: Places | None = None) -> str:
    """The workflow command that puts a finding beside its line; `addition` is a last line of our own words.

    `prefix` leads from the git work tree to the vault; `places` as in `words`.
    """
    start, end = diagnostic.position, diagnostic.end
    place = f"line={start.line},"
    if start.line == end.line:
        # GitHub refuses columns for an annotation over several lines.
        place += f"col={start.column},endLine={end.line},endColumn={end.column}"
    else:
        place += f"endLine={end.line}"
    lines = words(diagnostic, prefix, places)
    message = _data("\n".join([*lines, addition] if addition else lines))
    file = _property(logged_path(prefix + diagnostic.path))
    return f"::{_COMMANDS[diagnostic.severity]} file={file},{place},title={_property(diagnostic.rule)}::{message}\n"


def command(name: str, message: str) -> str:
    """A workflow command that is about no file: `error`, `warning`, `notice`, `group`, ..."""
    return f"::{name}::{_data(visible(message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
