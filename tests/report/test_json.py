"""The reports for programs: settled to the key."""

from __future__ import annotations

import json as standard
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from vaultlint.engine.values import Report
from vaultlint.note.model import Position, Span
from vaultlint.report.json_report import json, jsonl
from vaultlint.rule.finding import Diagnostic, Related
from vaultlint.rule.fix import Applicability, Edit, Fix, Rename

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Reading = Callable[[Mapping[str, str]], Callable[[str], str | None]]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


@pytest.fixture
def wrong(find: Find) -> Diagnostic:
    """A misspelt link with all that a finding can have."""
    return find(
        TEXT,
        "Recipies",
        "no file named 'Recipies'",
        rule="unresolved-link",
        hint=lambda: "did you mean 'Recipes'?",
        fix=lambda: Fix("link to 'Recipes'", (Edit("Note.md", Span(16, 24), "Recipes"),), Applicability.UNSAFE),
    )


def test_json(wrong: Diagnostic, report: Make, reading: Reading) -> None:
    """Keys and values as the format's description has them, in its order."""
    expected: dict[str, Any] = {
        "version": 1,
        "root": "/home/me/Vault",
        "summary": {
            "notes": 3,
            "diagnostics": 1,
            "errors": 0,
            "warnings": 1,
            "infos": 0,
            "fixable": 1,
            "fixed": 0,
        },
        "diagnostics": [
            {
                "path": "Note.md",
                "line": 3,
                "column": 7,
                "end_line": 3,
                "end_column": 15,
                "rule": "unresolved-link",
                "severity": "warning",
                "message": "no file named 'Recipies'",
                "hint": "did you mean 'Recipes'?",
                "url": None,
                "related": [],
                "fix": {
                    "title": "link to 'Recipes'",
                    "applicability": "unsafe",
                    "renames": [],
                    "edits": [
                        {
                            "path": "Note.md",
                            "line": 3,
                            "column": 7,
                            "end_line": 3,
                            "end_column": 15,
                            "text": "Recipes",
                        }
                    ],
                },
            }
        ],
    }

    data = json(report(wrong), reading({}))

    assert standard.dumps(expected) == standard.dumps(standard.loads(data))
    assert data.endswith(b"}\n")
    assert 1 == data.count(b"\n")


def test_jsonl(wrong: Diagnostic, report: Make, reading: Reading) -> None:
    """The diagnostics alone, a line each, the same as in the whole report."""
    whole = standard.loads(json(report(wrong, wrong), reading({})))
    lines = jsonl(report(wrong, wrong), reading({})).splitlines()

    assert whole["diagnostics"] == [standard.loads(line) for line in lines]


def test_edits_elsewhere(find: Find, report: Make, reading: Reading) -> None:
    """Edits outside the finding, over lines and in other notes have their places from the notes."""
    changes = (
        Edit("Note.md", Span(0, 10), ""),
        Edit("Other.md", Span(5, 5), "new"),
        Rename("Old.md", "New.md"),
    )
    wrong = find(TEXT, "Recipies", fix=Fix("tidy", changes, Applicability.SAFE))

    data = standard.loads(json(report(wrong), reading({"Note.md": TEXT, "Other.md": "one\r\ntwo"})))

    fix = data["diagnostics"][0]["fix"]
    assert [{"path": "Old.md", "to": "New.md"}] == fix["renames"]
    assert [("Note.md", 1, 1, 3, 1, ""), ("Other.md", 2, 1, 2, 1, "new")] == [tuple(e.values()) for e in fix["edits"]]


def test_a_fix_without_places_is_none(find: Find, report: Make, reading: Reading) -> None:
    """Where the note of an edit is gone, no place is invented: there is no fix."""
    wrong = find(TEXT, "Recipies", fix=Fix("tidy", (Edit("Gone.md", Span(5, 5), ""),), Applicability.SAFE))

    assert standard.loads(json(report(wrong), reading({})))["diagnostics"][0]["fix"] is None


def test_related_places(find: Find, report: Make, reading: Reading) -> None:
    """A related place has its lines and columns; a related file that is no place has none."""
    related = (Related("Other.md", "first here", Span(4, 7), Position(2, 1)), Related("pic.png", "the file"))
    wrong = find(TEXT, "Recipies", related=related)

    data = standard.loads(json(report(wrong), reading({"Other.md": "one\ntwo\n"})))

    assert [
        {
            "path": "Other.md",
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 4,
            "message": "first here",
        },
        {
            "path": "pic.png",
            "line": None,
            "column": None,
            "end_line": None,
            "end_column": None,
            "message": "the file",
        },
    ] == data["diagnostics"][0]["related"]


@pytest.mark.parametrize("name", ["caf\udce9", "\ud800", "日本\x00\x1b\u202e\u2028"])
def test_any_text_is_valid(name: str, find: Find, report: Make, reading: Reading) -> None:
    """Whatever a name holds, the output is UTF-8 and JSON without lone surrogates."""
    wrong = find(TEXT, "Recipies", f"no file named '{name}'", path=f"{name}.md")

    for data in (json(report(wrong), reading({})), jsonl(report(wrong), reading({}))):
        text = data.decode("utf-8")
        standard.loads(text)
        assert "\\ud" not in text.replace("\\\\ud", "")
