"""SARIF 2.1.0, as OASIS specifies it and GitHub's code scanning takes it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from vaultlint._version import __version__
from vaultlint.engine.values import Report
from vaultlint.note.model import Position, Span
from vaultlint.report import sarif as module
from vaultlint.report.sarif import MOST_RESULTS, sarif
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Related, Severity
from vaultlint.rule.fix import Applicability, Edit, Fix, Rename

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]
Valid = Callable[[str, bytes], None]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"
RULE = "unresolved-link"


@pytest.fixture
def run(valid: Valid) -> Callable[[Report, ReportContext], dict[str, Any]]:
    """The one run of the log of a report, which is valid."""

    def run(report: Report, context: ReportContext) -> dict[str, Any]:
        data = sarif(report, context)
        valid("sarif", data)
        log = json.loads(data)
        assert ["2.1.0", 1] == [log["version"], len(log["runs"])]
        return dict(log["runs"][0])

    return run


Run = Callable[[Report, ReportContext], dict[str, Any]]


def test_result(find: Find, report: Make, context: Context, run: Run) -> None:
    """A finding is a result with its rule, level, message with hint, place and fingerprint."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule=RULE, hint="did you mean 'Recipes'?")

    result = run(report(wrong), context({"Note.md": TEXT}, prefix="docs/"))["results"][0]

    assert 32 == len(result["partialFingerprints"].pop("vaultlintFingerprint/v1"))
    assert {
        "ruleId": RULE,
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "no file named 'Recipies'\nhelp: did you mean 'Recipes'?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "docs/Note.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 15},
                }
            }
        ],
        "partialFingerprints": {},
    } == result


def test_run(report: Make, context: Context, run: Run) -> None:
    """A run says how columns and lines are counted, who made it, and that it came to its end."""
    found = run(report(), context())

    driver = found["tool"]["driver"]
    assert ["vaultlint", __version__, __version__, []] == [
        driver[key] for key in ("name", "version", "semanticVersion", "rules")
    ]
    assert ["unicodeCodePoints", ["\r\n", "\n", "\r"]] == [found["columnKind"], found["newlineSequences"]]
    assert ["%SRCROOT%"] == list(found["originalUriBaseIds"])
    assert [{"executionSuccessful": True, "toolExecutionNotifications": []}] == found["invocations"]
    assert [] == found["results"]


def test_rules(find: Find, report: Make, context: Context, run: Run) -> None:
    """Rules that ran and those that found something are there once, by name, with their notes as Markdown."""
    findings = (find(TEXT, "Recipies", rule=RULE), find(TEXT, "", rule="unreadable-note", severity=Severity.ERROR))

    found = run(report(*findings), context({"Note.md": TEXT}, ran=["empty-alias", RULE]))

    rules = found["tool"]["driver"]["rules"]
    assert ["empty-alias", "unreadable-note", RULE] == [rule["id"] for rule in rules]
    assert [(RULE, 2), ("unreadable-note", 1)] == [(one["ruleId"], one["ruleIndex"]) for one in found["results"]]
    assert {
        "id": RULE,
        "shortDescription": {"text": "Unresolved link"},
        "fullDescription": {"text": "A link names a note or file that the vault does not have."},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["links"]},
    } == {key: value for key, value in rules[2].items() if key != "help"}
    assert rules[2]["help"]["markdown"].startswith("# Unresolved link (unresolved-link)\n")
    assert "## Examples" in rules[2]["help"]["markdown"]
    assert rules[2]["help"]["text"].endswith("`vaultlint explain unresolved-link` tells more.")


@pytest.mark.parametrize(
    ("level", "severity"), [("error", Severity.ERROR), ("warning", Severity.WARNING), ("note", Severity.INFO)]
)
def test_levels(level: str, severity: Severity, find: Find, report: Make, context: Context, run: Run) -> None:
    """An info is a note."""
    assert level == run(report(find(TEXT, "See", rule=RULE, severity=severity)), context())["results"][0]["level"]


def test_fix(find: Find, report: Make, context: Context, run: Run) -> None:
    """A fix is changes of files, each with its replacements; one that deletes inserts nothing."""
    changes = (
        Edit("Note.md", Span(16, 24), "Recipes"),
        Edit("Note.md", Span(0, 10), ""),
        Edit("Ünd.md", Span(5, 5), "new"),
    )
    wrong = find(TEXT, "Recipies", rule=RULE, fix=Fix("tidy up", changes, Applicability.UNSAFE, reason="x"))

    fixes = run(report(wrong), context({"Note.md": TEXT, "Ünd.md": "one\r\ntwo"}))["results"][0]["fixes"]

    def region(*places: int) -> dict[str, int]:
        return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), places, strict=True))

    assert [
        {
            "description": {"text": "tidy up"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "Note.md", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {"deletedRegion": region(3, 7, 3, 15), "insertedContent": {"text": "Recipes"}},
                        {"deletedRegion": region(1, 1, 3, 1)},
                    ],
                },
                {
                    "artifactLocation": {"uri": "%C3%9Cnd.md", "uriBaseId": "%SRCROOT%"},
                    "replacements": [{"deletedRegion": region(2, 1, 2, 1), "insertedContent": {"text": "new"}}],
                },
            ],
            "properties": {"applicability": "unsafe"},
        }
    ] == fixes


@pytest.mark.parametrize("change", [Rename("Old.md", "New.md"), Edit("Gone.md", Span(0, 1), "")])
def test_a_fix_that_can_not_be_said_is_left_out(
    change: Edit | Rename, find: Find, report: Make, context: Context, run: Run
) -> None:
    """SARIF has no word for a rename, and half a fix would do harm; nor is a place invented."""
    edits = (Edit("Note.md", Span(16, 24), "Recipes"), change)
    wrong = find(TEXT, "Recipies", rule=RULE, fix=Fix("tidy", edits, Applicability.SAFE))

    assert "fixes" not in run(report(wrong), context({"Note.md": TEXT}))["results"][0]


def test_related(find: Find, report: Make, context: Context, run: Run) -> None:
    """Related places have their regions, and numbers by which the message leads to them; a whole file has no region."""
    related = (Related("a[1].md", "first [[here]](x)", Span(4, 7), Position(2, 1)), Related("pic.png", "the file"))
    wrong = find(TEXT, "Recipies", "wrong", rule=RULE, hint="mend it", related=related)

    result = run(report(wrong), context({"a[1].md": "one\ntwo\n"}, prefix="d/"))["results"][0]

    assert [
        "wrong",
        r"also: [d/a\[1\].md:2:1](1) first [[here]]\(x)",
        "also: [d/pic.png](2) the file",
        "help: mend it",
    ] == result["message"]["text"].splitlines()
    found = result["relatedLocations"]
    assert [(1, r"first [[here]]\(x)", "d/a%5B1%5D.md"), (2, "the file", "d/pic.png")] == [
        (one["id"], one["message"]["text"], one["physicalLocation"]["artifactLocation"]["uri"]) for one in found
    ]
    assert {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4} == found[0]["physicalLocation"]["region"]
    assert "region" not in found[1]["physicalLocation"]


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("a%20b/100%25%23x.md", "a b/100%#x.md"),
        ("%3A%3Aerror%3F.md", "::error?.md"),
        ("%E6%97%A5%F0%9F%9A%80.md", "日🚀.md"),
        ("caf%E9.md", "caf\udce9.md"),
        ("%ED%A0%80.md", "\ud800.md"),
        ("line%0Abreak.md", "line\nbreak.md"),
    ],
)
def test_uris(uri: str, path: str, find: Find, report: Make, context: Context, run: Run) -> None:
    """A path is a relative reference in percent signs, from its bytes where it is no UTF-8."""
    result = run(report(find(TEXT, "See", rule=RULE, path=path)), context())["results"][0]

    assert uri == result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_words_of_a_note_are_no_link(find: Find, report: Make, context: Context, run: Run) -> None:
    """In a message of SARIF `[words](place)` would be a link; controls and hidden characters are shown."""
    wrong = find(TEXT, "See", "no file named '[click](https://evil.example)\x1b\u202e'", rule=RULE)

    text = run(report(wrong), context())["results"][0]["message"]["text"]

    assert "no file named '[click]\\(https://evil.example)\\x1b\\u202e'" == text


def test_fingerprints(find: Find, report: Make, context: Context, run: Run) -> None:
    """A fingerprint stays when lines move, differs between equals, and is not GitHub's own."""
    moved = f"New.\n\n{TEXT}"

    def fingerprints(text: str) -> list[str]:
        twice = (find(text, "Recipies", rule=RULE), find(text, "Recipies", rule=RULE), find(text, "See", rule=RULE))
        results = run(report(*twice), context({"Note.md": text}))["results"]
        assert [["vaultlintFingerprint/v1"]] * 3 == [list(one["partialFingerprints"]) for one in results]
        return [one["partialFingerprints"]["vaultlintFingerprint/v1"] for one in results]

    assert fingerprints(TEXT) == fingerprints(moved)
    assert 3 == len(set(fingerprints(TEXT)))


def test_notices_are_notifications(find: Find, context: Context, run: Run) -> None:
    """What is no fault of a note is told of the run."""
    invocation = run(Report("/v", (), 1, notices=("a link leads out of the vault",)), context())["invocations"][0]

    assert [{"message": {"text": "a link leads out of the vault"}, "level": "note"}] == invocation[
        "toolExecutionNotifications"
    ]


def test_more_than_github_takes(find: Find, report: Make, context: Context, run: Run) -> None:
    """Of more results than GitHub takes those that weigh least are left out; the file and a person are told."""
    info = [find(TEXT, "See", rule=RULE, severity=Severity.INFO)] * 3
    rest = [find(TEXT, "Recipies", rule=RULE)] * (MOST_RESULTS - 1)
    told: list[str] = []

    found = run(report(*info, *rest), context({"Note.md": TEXT}, tell=told.append))

    assert MOST_RESULTS == len(found["results"])
    assert ["note", "warning"] == [one["level"] for one in found["results"][:2]]
    assert 1 == sum(1 for one in found["results"] if one["level"] == "note")
    assert ["the SARIF report has the 25,000 findings that weigh most, of 25,002: GitHub takes no more"] == told
    assert [{"message": {"text": told[0]}, "level": "warning"}] == found["invocations"][0]["toolExecutionNotifications"]


def test_larger_than_github_takes(
    find: Find, report: Make, context: Context, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log too large when compressed loses its fixes, then findings, by what they weigh; it says both."""
    monkeypatch.setattr(module, "MOST_BYTES", 12_000)
    noise = random.Random(1)

    def words(length: int) -> str:
        return "".join(noise.choices("abcdefghijklmnop", k=length))

    def found(severity: Severity, length: int) -> Diagnostic:
        fix = Fix("t", (Edit("Note.md", Span(16, 24), words(20_000)),), Applicability.SAFE)
        return find(TEXT, "Recipies", words(length), rule=RULE, severity=severity, fix=fix)

    told: list[str] = []
    few = run(report(found(Severity.INFO, 8_000)), context({"Note.md": TEXT}, tell=told.append))
    assert ["the SARIF report has no fixes: with them it would be too large for GitHub"] == told
    assert [False] == ["fixes" in one for one in few["results"]]

    told.clear()
    findings = [found(Severity.INFO, 16_000), *(found(Severity.ERROR, 2_000) for _ in range(4))]
    some = run(report(*findings), context({"Note.md": TEXT}, tell=told.append))
    assert ["error", "error"] == [one["level"] for one in some["results"]]
    assert 2 == len(told)
