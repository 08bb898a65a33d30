"""Workflow commands that nothing in a vault can forge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.engine.values import Report
from vaultlint.report.github import github
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Severity

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


def test_command(find: Find, report: Make, context: Context) -> None:
    """A finding is one command with its place in the work tree; the hint is a second line of its message."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule="unresolved-link", hint="did you mean 'Recipes'?")

    assert github(report(wrong), context(prefix="docs/")).decode() == (
        "::warning file=docs/Note.md,line=3,col=7,endLine=3,endColumn=15,title=unresolved-link"
        "::no file named 'Recipies'%0Ahelp: did you mean 'Recipes'?\n"
    )


@pytest.mark.parametrize(
    ("command", "severity"),
    [("::error ", Severity.ERROR), ("::warning ", Severity.WARNING), ("::notice ", Severity.INFO)],
)
def test_severities(command: str, severity: Severity, find: Find, report: Make, context: Context) -> None:
    """Each severity has its command."""
    assert github(report(find(TEXT, "Recipies", severity=severity)), context()).decode().startswith(command)


def test_no_columns_over_lines(find: Find, report: Make, context: Context) -> None:
    """GitHub refuses columns for an annotation over several lines."""
    found = github(report(find(TEXT, "Dinner\n\nSee")), context())

    assert b"::warning file=Note.md,line=1,endLine=3,title=some-rule::this is wrong\n" == found


def test_nothing_can_be_forged(find: Find, report: Make, context: Context) -> None:
    """Percent signs, line breaks, colons and commas of names and messages stay text."""
    hint = "x\n::stop-commands::y"
    wrong = find(TEXT, "Recipies", "100%\r\n::error::x", hint=hint, path="a,b:c%\n\x1b👩\u200d🚀.md")

    assert github(report(wrong), context()).decode() == (
        "::warning file=a%2Cb%3Ac%25%0A\\x1b👩\u200d🚀.md,line=3,col=7,endLine=3,endColumn=15,title=some-rule"
        "::100%25\\r\\n::error::x%0Ahelp: x\\n::stop-commands::y\n"
    )
