"""reviewdog's DiagnosticResult: columns in bytes, fixes as suggestions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from vaultlint.engine.values import Report
from vaultlint.note.model import Span
from vaultlint.report.rdjson import rdjson
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Severity
from vaultlint.rule.fix import Applicability, Edit, Fix, Rename

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]
Valid = Callable[[str, bytes], None]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


@pytest.fixture
def made(valid: Valid) -> Callable[[Report, ReportContext], list[dict[str, Any]]]:
    """The diagnostics of a report, which is valid."""

    def made(report: Report, context: ReportContext) -> list[dict[str, Any]]:
        data = rdjson(report, context)
        valid("rdjson", data)
        result = json.loads(data)
        assert {"name": "vaultlint"} == result["source"]
        return list(result["diagnostics"])

    return made


Made = Callable[[Report, ReportContext], list[dict[str, Any]]]


def place(*numbers: int) -> dict[str, dict[str, int]]:
    """A range with lines and columns."""
    return {
        "start": {"line": numbers[0], "column": numbers[1]},
        "end": {"line": numbers[2], "column": numbers[3]},
    }


def test_finding(find: Find, report: Make, context: Context, made: Made) -> None:
    """A finding has its message with hint and fix, its place, severity and rule; a fix is a suggestion."""
    edit = Edit("Note.md", Span(16, 24), "Recipes")
    wrong = find(
        TEXT,
        "Recipies",
        "no file named 'Recipies'",
        rule="unresolved-link",
        hint="did you mean 'Recipes'?",
        fix=Fix("link to 'Recipes'", (edit,), Applicability.UNSAFE, reason="it may be another"),
    )

    assert [
        {
            "message": "no file named 'Recipies'\nhelp: did you mean 'Recipes'?\n"
            "fix: link to 'Recipes' (--fix --unsafe-fixes: it may be another)",
            "location": {"path": "docs/Note.md", "range": place(3, 7, 3, 15)},
            "severity": "WARNING",
            "code": {"value": "unresolved-link"},
            "suggestions": [{"range": place(3, 7, 3, 15), "text": "Recipes"}],
        }
    ] == made(report(wrong), context({"Note.md": TEXT}, prefix="docs/"))


@pytest.mark.parametrize(
    ("said", "severity"), [("ERROR", Severity.ERROR), ("WARNING", Severity.WARNING), ("INFO", Severity.INFO)]
)
def test_severities(said: str, severity: Severity, find: Find, report: Make, context: Context, made: Made) -> None:
    """Each severity has its word."""
    assert said == made(report(find(TEXT, "See", severity=severity)), context())[0]["severity"]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ((1, 6, 1, 7), "a𐐀b"),
        ((2, 3, 2, 4), "é\néb"),
        ((2, 1, 2, 2), "é\r\nb"),
        ((1, 4, 1, 5), "\ufeffb"),
    ],
)
def test_columns_are_bytes(
    expected: tuple[int, int, int, int], text: str, find: Find, report: Make, context: Context, made: Made
) -> None:
    """Columns count bytes of UTF-8 from 1, those of a byte order mark too."""
    found = made(report(find(text, "b")), context({"Note.md": text}))

    assert place(*expected) == found[0]["location"]["range"]


def test_without_the_text(find: Find, report: Make, context: Context, made: Made) -> None:
    """Where the text of a note can't be had any more there are lines, and no column is invented."""
    whole = find(TEXT, "")

    found = made(report(find(TEXT, "Recipies"), find(TEXT, "Dinner\n\nSee"), whole), context())

    assert [{"start": {"line": 3}}, {"start": {"line": 1}, "end": {"line": 3}}, {"start": {"line": 1}}] == [
        one["location"]["range"] for one in found
    ]


def test_edits_are_one_suggestion(find: Find, report: Make, context: Context, made: Made) -> None:
    """All edits of a fix are one piece of text, with what stands between them: one alone would be half a fix."""
    text = "é [[a]] and [[b]]\nend\n"
    edits = (Edit("Note.md", Span(14, 15), "B"), Edit("Note.md", Span(4, 5), "A"), Edit("Note.md", Span(2, 2), "!"))
    wrong = find(text, "a", fix=Fix("t", edits, Applicability.SAFE))

    found = made(report(wrong), context({"Note.md": text}))

    assert [{"range": place(1, 4, 1, 17), "text": "![[A]] and [[B"}] == found[0]["suggestions"]


@pytest.mark.parametrize(
    "changes",
    [
        (Edit("Note.md", Span(0, 1), "x"), Rename("Note.md", "Other.md")),
        (Edit("Note.md", Span(0, 1), "x"), Edit("Other.md", Span(0, 1), "x")),
        (Rename("Note.md", "Other.md"),),
        (Edit("Note.md", Span(0, 1), "x"), Edit("Note.md", Span(TEXT.index("more"), TEXT.index("more") + 4), "x")),
    ],
)
def test_what_a_suggestion_can_not_say(
    changes: tuple[Edit | Rename, ...], find: Find, report: Make, context: Context, made: Made
) -> None:
    """A fix that renames, reaches into another note, or over many lines, is told in words alone."""
    text = TEXT.replace("more", "\n" * 60 + "more")
    changes = tuple(
        Edit(one.path, Span(text.index("more"), text.index("more") + 4), one.text)
        if isinstance(one, Edit) and one.span.start
        else one
        for one in changes
    )
    wrong = find(text, "Recipies", fix=Fix("tidy up", changes, Applicability.SAFE))

    found = made(report(wrong), context({"Note.md": text, "Other.md": text}))

    assert "suggestions" not in found[0]
    assert "fix: tidy up (--fix)" in found[0]["message"]


@pytest.mark.parametrize("name", ["caf\udce9", "\ud800", '"}],"x', "a\nb\x1b"])
def test_any_name_is_valid(name: str, find: Find, report: Make, context: Context, made: Made) -> None:
    """Whatever a name holds, there is one diagnostic, and its message is one line."""
    found = made(report(find(TEXT, "See", f"no file named '{name}'", path=f"{name}.md")), context())

    assert [1, 1] == [len(found), len(found[0]["message"].splitlines())]
