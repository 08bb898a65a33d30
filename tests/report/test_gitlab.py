"""GitLab's code quality reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from vaultlint.engine.values import Report
from vaultlint.report.gitlab import gitlab
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Severity

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]
Valid = Callable[[str, bytes], None]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


@pytest.fixture
def made(valid: Valid) -> Callable[[Report, ReportContext], list[dict[str, Any]]]:
    """The findings of a report, which is valid."""

    def made(report: Report, context: ReportContext) -> list[dict[str, Any]]:
        data = gitlab(report, context)
        valid("gitlab", data)
        return list(json.loads(data))

    return made


Made = Callable[[Report, ReportContext], list[dict[str, Any]]]


def test_finding(find: Find, report: Make, context: Context, made: Made) -> None:
    """A finding is an object with the documented keys; lines, for GitLab shows no columns."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule="unresolved-link", hint="did you mean 'Recipes'?")

    found = made(report(wrong), context({"Note.md": TEXT}, prefix="docs/"))[0]

    assert 32 == len(found.pop("fingerprint"))
    assert {
        "description": "no file named 'Recipies' (help: did you mean 'Recipes'?)",
        "check_name": "unresolved-link",
        "severity": "minor",
        "location": {"path": "docs/Note.md", "lines": {"begin": 3, "end": 3}},
    } == found


def test_lines(find: Find, report: Make, context: Context, made: Made) -> None:
    """A finding over several lines has the first and the last of them."""
    found = made(report(find(TEXT, "Dinner\n\nSee")), context({"Note.md": TEXT}))[0]

    assert {"begin": 1, "end": 3} == found["location"]["lines"]


@pytest.mark.parametrize(
    ("said", "severity"), [("major", Severity.ERROR), ("minor", Severity.WARNING), ("info", Severity.INFO)]
)
def test_severities(said: str, severity: Severity, find: Find, report: Make, context: Context, made: Made) -> None:
    """Each severity has its word of GitLab's five."""
    assert said == made(report(find(TEXT, "See", severity=severity)), context())[0]["severity"]


def test_nothing_found(report: Make, context: Context, made: Made) -> None:
    """A vault without a fault is a list without a finding."""
    assert [] == made(report(), context())


def test_equal_findings_have_fingerprints_of_their_own(find: Find, report: Make, context: Context, made: Made) -> None:
    """GitLab shows one of findings with the same fingerprint; each keeps its own when lines move."""

    def fingerprints(text: str) -> list[str]:
        twice = report(find(text, "See"), find(text, "See"), find(text, "", "the note is wrong"))
        return [one["fingerprint"] for one in made(twice, context({"Note.md": text}))]

    assert 3 == len(set(fingerprints(TEXT)))
    assert fingerprints(TEXT) == fingerprints("new\n\n" + TEXT)


@pytest.mark.parametrize("name", ["caf\udce9", "\ud800", '"},{"x', "日本\x00\x1b\u202e"])
def test_any_name_is_valid(name: str, find: Find, report: Make, context: Context, made: Made) -> None:
    """Whatever a name holds, there is one finding, and no lone surrogate."""
    found = made(report(find(TEXT, "See", f"no file named '{name}'", path=f"{name}.md")), context())

    assert 1 == len(found)
    assert name.encode("utf-8", "backslashreplace").decode() + ".md" == found[0]["location"]["path"]
