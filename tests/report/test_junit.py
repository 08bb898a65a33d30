"""Test results in JUnit's XML, for the pages of GitLab and Jenkins."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from vaultlint.engine.values import Report
from vaultlint.report.junit import junit
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Severity

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]
Valid = Callable[[str, bytes], None]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


@pytest.fixture
def made(valid: Valid) -> Callable[[Report, ReportContext], etree._Element]:
    """The suites of a report, which is valid."""

    def made(report: Report, context: ReportContext) -> etree._Element:
        data = junit(report, context)
        valid("junit", data)
        return etree.fromstring(data)

    return made


Made = Callable[[Report, ReportContext], etree._Element]


def test_finding(find: Find, report: Make, context: Context, made: Made) -> None:
    """A note is a suite, a finding a test of it that failed; its text says where and what to do."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule="unresolved-link", hint="did you mean 'Recipes'?")

    root = made(report(wrong), context(prefix="docs/"))

    assert {"name": "vaultlint", "tests": "1", "failures": "1", "errors": "0"} == dict(root.attrib)
    suite, case, failure = root[0], root[0][0], root[0][0][0]
    counts = {"tests": "1", "failures": "1", "errors": "0", "skipped": "0"}
    assert {"name": "docs/Note.md", **counts} == dict(suite.attrib)
    name = "unresolved-link: no file named 'Recipies'"
    assert {"classname": "docs/Note", "name": name, "time": "0"} == dict(case.attrib)
    assert ("failure", {"type": "warning", "message": "no file named 'Recipies'"}) == (
        failure.tag,
        dict(failure.attrib),
    )
    assert [
        "docs/Note.md:3:7 warning unresolved-link",
        "no file named 'Recipies'",
        "help: did you mean 'Recipes'?",
    ] == (failure.text or "").splitlines()


def test_suites(find: Find, report: Make, context: Context, made: Made) -> None:
    """Each note has its counts, and all together have theirs; an info is a test that was skipped."""
    findings = (
        find(TEXT, "See", path="A.md", severity=Severity.ERROR),
        find(TEXT, "more", path="A.md", severity=Severity.INFO),
        find(TEXT, "See", path="B.md"),
    )

    root = made(report(*findings), context())

    assert [("A.md", "2", "1", "1"), ("B.md", "1", "1", "0")] == [
        (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("skipped")) for suite in root
    ]
    assert ("3", "2") == (root.get("tests"), root.get("failures"))
    assert ["failure", "skipped", "failure"] == [case[0].tag for case in root.iter("testcase")]


def test_names_are_never_alike(find: Find, report: Make, context: Context, made: Made) -> None:
    """GitLab shows one of tests with the same class and name; a name holds no place, so that it stays."""
    twice = find(TEXT, "See", "wrong", rule="some-rule")

    names = [case.get("name") for case in made(report(twice, twice, twice), context()).iter("testcase")]

    assert ["some-rule: wrong", "some-rule: wrong (2)", "some-rule: wrong (3)"] == names


def test_nothing_found(report: Make, context: Context, made: Made) -> None:
    """A vault without a fault has one test, and it passed."""
    root = made(report(notes=3), context())

    assert ["nothing found in 3 notes"] == [case.get("name") for case in root.iter("testcase")]
    assert [] == list(root.iter("failure"))
    assert ("1", "0") == (root.get("tests"), root.get("failures"))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("]]></failure><testcase name='x'/>", "]]></failure><testcase name='x'/>"),
        ('&lt;!ENTITY x "y">&x;', '&lt;!ENTITY x "y">&x;'),
        ("\\x00\\x1b\\x0b \\ufffe\\uffff \\ud800", "\x00\x1b\x0b \ufffe\uffff \ud800"),
        ("a\\n\\r\\tb", "a\n\r\tb"),
        ("日本 🚀", "日本 🚀"),
    ],
)
def test_any_text_is_text(shown: str, text: str, find: Find, report: Make, context: Context, made: Made) -> None:
    """Words and names of notes are text, and what XML 1.0 can't hold is spelt out."""
    case = made(report(find(TEXT, "See", text, path=f"{text}.md")), context())[0][0]

    assert 1 == len(case)
    assert [shown, f"some-rule: {shown}", shown] == [case[0].get("message"), case.get("name"), case.get("classname")]
    assert shown == (case[0].text or "").splitlines()[1]
