"""`--output-format concise`: one line a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.escape import shown_path, unobeyed, visible
from vaultlint.report.style import PLAIN, Style

if TYPE_CHECKING:
    from vaultlint.report.views import ReportView
    from vaultlint.rule.finding import Diagnostic


def concise(report: ReportView, *, prefix: str = "", style: Style = PLAIN) -> str:
    """Every finding as `path:line:column severity rule message`; paths with `prefix` before them."""
    shown = {path: shown_path(prefix + path) for path in {found.path for found in report.diagnostics}}
    return unobeyed("".join([headline(found, shown[found.path], style) + "\n" for found in report.diagnostics]))


def headline(diagnostic: Diagnostic, path: str, style: Style) -> str:
    """The line that every text report gives a finding, without a line break; `path` is safe to show."""
    position, severity, reset = diagnostic.position, diagnostic.severity, style.reset
    return (
        f"{style.path}{path}{reset}:{position.line}:{position.column} "
        f"{style.of(severity)}{severity!s}{reset} {style.rule}{diagnostic.rule}{reset} "
        f"{visible(diagnostic.message)}"
    )
