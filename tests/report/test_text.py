"""The reports for people, as a vault's owner reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from vaultlint.engine.values import Report
from vaultlint.note.model import Position, Span
from vaultlint.report.concise import concise
from vaultlint.report.full import full
from vaultlint.report.statistics import statistics
from vaultlint.report.style import COLOURED
from vaultlint.report.summary import closing, fixed
from vaultlint.rule.finding import Diagnostic, Related, Severity
from vaultlint.rule.fix import Applicability, Edit, Fix

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Reading = Callable[[Mapping[str, str]], Callable[[str], str | None]]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


def link_to(applicability: Applicability, reason: str = "") -> Fix:
    """A fix of the misspelt link in `TEXT`."""
    return Fix("link to 'Recipes'", (Edit("Note.md", Span(16, 24), "Recipes"),), applicability, reason=reason)


def test_full(find: Find, report: Make, reading: Reading) -> None:
    """A finding has its place, rule and message, the line with carets, the next step and the fix."""
    wrong = find(
        TEXT,
        "Recipies",
        "no file named 'Recipies'",
        rule="unresolved-link",
        hint=lambda: "did you mean 'Recipes'?",
        fix=lambda: link_to(Applicability.UNSAFE, "two notes have nearly this name"),
        related=(Related("Other.md", "this note is near", Span(0, 3), Position(4, 2)),),
    )

    assert full(report(wrong), reading({"Note.md": TEXT}), prefix="Vault/") == (
        "Vault/Note.md:3:7 warning unresolved-link no file named 'Recipies'\n"
        " 3 | See [[Recipies]] for more.\n"
        "   |       ^^^^^^^^\n"
        "   also: Vault/Other.md:4:2 this note is near\n"
        "   help: did you mean 'Recipes'?\n"
        "   fix: link to 'Recipes' (--fix --unsafe-fixes: two notes have nearly this name)\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("means", "applicability"),
    [
        ("--fix", Applicability.SAFE),
        ("--fix --unsafe-fixes", Applicability.UNSAFE),
        ("by hand", Applicability.SUGGESTION),
    ],
)
def test_what_a_fix_takes(means: str, applicability: Applicability, find: Find, report: Make, reading: Reading) -> None:
    """The line of a fix says what it takes to have it done."""
    wrong = find(TEXT, "Recipies", fix=link_to(applicability))

    assert f"   fix: link to 'Recipes' ({means})" in full(report(wrong), reading({})).splitlines()


def test_full_without_the_note(find: Find, report: Make, reading: Reading) -> None:
    """A note that can't be had any more has its findings without frames."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule="unresolved-link")

    assert "Note.md:3:7 warning unresolved-link no file named 'Recipies'\n\n" == full(report(wrong), reading({}))


def test_many_of_one_rule_are_folded(find: Find, report: Make, reading: Reading) -> None:
    """Of one rule, twenty findings in a note are shown and the rest counted; other rules and notes go on."""
    many = [find(TEXT, "Recipies", rule="unresolved-link") for _ in range(32)]
    other = find(TEXT, "Dinner", rule="other-rule")
    twenty = [find(TEXT, "Recipies", rule="unresolved-link", path="Other.md") for _ in range(20)]

    lines = full(report(*many, other, *twenty), reading({})).splitlines()

    assert 40 == sum(" unresolved-link this is wrong" in line for line in lines)
    assert 1 == sum(" other-rule " in line for line in lines)
    assert ["Note.md ... and 12 more of unresolved-link in this note"] == [line for line in lines if " more " in line]


def test_hints_of_what_is_folded_are_not_worked_out(find: Find, report: Make, reading: Reading) -> None:
    """Looking for near names costs time: it is done for what is shown."""
    asked: list[str] = []
    many = [find(TEXT, "Recipies", hint=lambda: asked.append("hint")) for _ in range(50)]

    full(report(*many), reading({}))

    assert 20 == len(asked)


def test_concise(find: Find, report: Make) -> None:
    """One line a finding."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule="unresolved-link", severity=Severity.ERROR)
    also = find(TEXT, "Dinner", rule="other-rule", severity=Severity.INFO)

    assert concise(report(wrong, also), prefix="../Vault/") == (
        "../Vault/Note.md:3:7 error unresolved-link no file named 'Recipies'\n"
        "../Vault/Note.md:1:3 info other-rule this is wrong\n"
    )


@pytest.mark.parametrize("form", ["concise", "full"])
def test_untrusted_text_is_shown_not_sent(form: str, find: Find, report: Make, reading: Reading) -> None:
    """Names, messages, hints, titles, related places and lines of notes can't steer the terminal."""
    evil = "\x1b[31m\u202e\n"
    wrong = find(
        "a \x1b[2J\u202eb",
        "a",
        f"no file named '{evil}'",
        path=f"::error::{evil}.md",
        hint=evil,
        fix=Fix(evil, (), Applicability.SAFE, reason=evil),
        related=(Related(evil, evil),),
    )
    shown = (
        concise(report(wrong)) if form == "concise" else full(report(wrong), reading({wrong.path: "a \x1b[2J\u202eb"}))
    )

    assert not {"\x1b", "\u202e"} & set(shown)
    assert shown.startswith("./::error::\\x1b[31m\\u202e\\n.md:1:1 warning some-rule no file named ")
    assert not [line for line in shown.splitlines()[1:] if line and not line.startswith(" ")]


def test_colours(find: Find, report: Make, reading: Reading) -> None:
    """With its colours taken away, the coloured report is the plain one; every colour ends on its line."""
    wrong = find(TEXT, "Recipies", hint="look again", severity=Severity.ERROR)
    plain = full(report(wrong), reading({"Note.md": TEXT}))
    coloured = full(report(wrong), reading({"Note.md": TEXT}), style=COLOURED)

    assert "\x1b[1;31merror\x1b[0m" in coloured
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    for line in coloured.splitlines():
        assert line.count("\x1b[") == 2 * line.count("\x1b[0m")


def test_statistics(find: Find, report: Make) -> None:
    """A line a rule, most frequent first, with what `--fix` would mend."""
    safe = Fix("mend", (), Applicability.SAFE)
    many = [find(TEXT, "Recipies", rule="alias-spacing", fix=safe if number else None) for number in range(11)]
    few = [find(TEXT, "Recipies", rule="video-id", severity=Severity.ERROR)]

    assert statistics(report(*few, *many)) == (
        "11 warning alias-spacing [*] 10 fixable with --fix\n 1 error   video-id\n"
    )


def test_closing_line(find: Find, report: Make) -> None:
    """The last line counts findings and what can be mended; the one before names the vault."""
    safe = Fix("mend", (), Applicability.SAFE)
    findings = [find(TEXT, "Recipies", severity=Severity.ERROR) for _ in range(3)]
    findings += [find(TEXT, "Recipies", fix=safe) for _ in range(5)]
    findings += [find(TEXT, "Recipies", severity=Severity.INFO) for _ in range(4)]

    assert closing(report(*findings, notes=6571)) == (
        "Checked 6,571 notes in /home/me/Vault.\nFound 12 (3 errors, 5 warnings, 4 infos), 5 fixable with --fix.\n"
    )


@pytest.mark.parametrize(
    ("ending", "applicabilities"),
    [
        ("Found 1 (1 warning).", [Applicability.SUGGESTION]),
        ("Found 1 (1 warning), 1 fixable with --fix --unsafe-fixes.", [Applicability.UNSAFE]),
        (
            "Found 3 (3 warnings), 1 fixable with --fix and 2 more with --unsafe-fixes.",
            [Applicability.SAFE, Applicability.UNSAFE, Applicability.UNSAFE],
        ),
    ],
)
def test_what_can_be_mended(ending: str, applicabilities: list[Applicability], find: Find, report: Make) -> None:
    """What is safe and what needs another word are counted apart."""
    findings = [find(TEXT, "Recipies", fix=Fix("mend", (), level)) for level in applicabilities]

    assert ending == closing(report(*findings)).splitlines()[-1]


def test_all_clear(report: Make) -> None:
    """Where there is nothing to say, that is said."""
    assert "Checked 1 note in /home/me/Vault.\nAll clear.\n" == closing(report(notes=1))


def test_nothing_to_check(report: Make) -> None:
    """A call that reaches no note does not call it clean."""
    assert "No notes to check in /home/me/Vault.\n" == closing(report(notes=0))


@pytest.mark.parametrize(
    ("said", "findings", "notes", "written"),
    [
        ("Nothing to fix.\n", 0, 0, True),
        ("Fixed 1 finding in 1 note.\n", 1, 1, True),
        ("Would fix 1,200 findings in 34 notes.\n", 1200, 34, False),
    ],
)
def test_fixed(said: str, findings: int, notes: int, written: bool) -> None:
    """A run with `--fix` says what it did, one with `--diff` what it would do."""
    assert said == fixed(findings, notes, written=written)
