"""What a step hands to the steps behind it: the file that `GITHUB_OUTPUT` names."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.engine.values import Report
    from vaultlint.rule.finding import Severity


def outputs(values: Mapping[str, str], token: str | None = None) -> str:
    """Names and values as the service reads them.

    Each value stands between lines of a random word, so that none can name an output of its own: a path may hold
    line breaks. `token` is for tests.
    """
    token = token or f"end-{secrets.token_hex(16)}"
    return "".join([f"{name}<<{token}\n{value}\n{token}\n" for name, value in values.items()])


def counts(report: Report, known: int) -> dict[str, str]:
    """The numbers of a run; `known` findings were left out of the report."""
    summary = report.summary
    numbers = {
        "new": summary.diagnostics,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "infos": summary.infos,
        "fixable": report.count_fixable(Applicability.SAFE),
        "known": known,
    }
    return {name: str(number) for name, number in numbers.items()}


def fails(report: Report, fail_on: Severity | None) -> bool:
    """Whether a finding is as severe as makes the job fail; `None`: none is."""
    return fail_on is not None and any(found.severity >= fail_on for found in report.diagnostics)
