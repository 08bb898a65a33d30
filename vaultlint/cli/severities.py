"""The words of `--fail-on`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.engine.values import Report

SEVERITIES: Mapping[str, Severity | None] = MappingProxyType(
    {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "never": None}
)
"""Word -> the least severity that makes a run fail; `None`: none does."""


def verdict(report: Report, flag: str | None, config: Severity | None) -> int:
    """The exit status that a report asks for; the flag outranks what the config says."""
    least = config if flag is None else SEVERITIES[flag]
    failed = least is not None and any(found.severity >= least for found in report.diagnostics)
    return status.FOUND if failed else status.CLEAN
