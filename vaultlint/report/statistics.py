"""`--statistics`: how often each rule found something."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.report.style import PLAIN, Style
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from vaultlint.report.views import ReportView


def statistics(report: ReportView, *, style: Style = PLAIN) -> str:
    """A line a rule, most frequent first: count, severity, name, `[*]` with how many `--fix` would mend."""
    counts = Counter((diagnostic.rule, diagnostic.severity) for diagnostic in report.diagnostics)
    fixable = Counter(
        (diagnostic.rule, diagnostic.severity)
        for diagnostic in report.diagnostics
        if diagnostic.fixable(Applicability.SAFE)
    )
    width = max((len(f"{count:,}") for count in counts.values()), default=0)
    lines = []
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule, severity = key
        mark = f" {style.good}[*] {fixable[key]:,} fixable with --fix{style.reset}" if fixable[key] else ""
        lines.append(f"{count:>{width},} {style.of(severity)}{severity!s:<7}{style.reset} {rule}{mark}\n")
    return "".join(lines)
