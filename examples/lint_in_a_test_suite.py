"""Keep a vault healthy from a test suite: put this beside your tests and name your vault.

pytest examples/lint_in_a_test_suite.py
"""

import os
from pathlib import Path

import vaultlint

VAULT = Path(os.environ.get("VAULT", Path(__file__).parent.parent / "seeds"))


def test_the_vault_has_no_errors() -> None:
    """A failing run names every place, as the command does."""
    report = vaultlint.check(VAULT)
    errors = [
        f"{found.path}:{found.position.line}:{found.position.column} {found.rule} {found.message}"
        for found in report.diagnostics
        if found.severity >= vaultlint.Severity.ERROR
    ]
    assert not errors, "\n".join(errors)
