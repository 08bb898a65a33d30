from __future__ import annotations

from collections import Counter

from findings import ERROR, INFO, WARNING, found, report
from runner import Command, Listener

from vaultlint.ci.annotations import Remark, commands, log
from vaultlint.ci.worth import Nearness, Worth
from vaultlint.engine.distance import Caused
from vaultlint.note.model import Position, Span
from vaultlint.rule.finding import Related

HOSTILE = (
    "::set-output name=x::1",
    "::add-mask::the",
    "a %0A::error::b",
    "a\n::error::b",
    "a\r::warning::b",
    "##[add-mask]the",
    "x ##[set-env name=PATH]y",
    "::stop-commands::x",
    "\u2028::error::b",
    "\x1b[31m",
)


def heard(printed: str) -> list[Command]:
    """What the service makes of lines of a log."""
    listener = Listener()
    for line in printed.replace("\r", "\n").split("\n"):
        listener.hear(line)
    return listener.commands


def shown(printed: str) -> list[tuple[str, str]]:
    """Level and file of annotations, in their order; without the totals."""
    return [(one.name, one.properties["file"]) for one in heard(printed) if "file" in one.properties]


def test_ten_of_each() -> None:
    """No more is printed than the service shows: ten of each severity, the totals among the notices."""
    many = [found(f"{severity} {n:02}.md", severity=severity) for severity in (ERROR, WARNING, INFO) for n in range(30)]

    printed = commands(report(*many), Worth(), prefix="", totals="90 findings")

    assert {"error": 10, "warning": 10, "notice": 10} == Counter(one.name for one in heard(printed))
    assert "90 findings; 29 annotations here, more in the job's summary, all in its log" == heard(printed)[-1].data


def test_remarks_take_room() -> None:
    """What the job itself has to say comes first, and takes the place of a finding."""
    many = [found(f"{n:02}.md") for n in range(30)]

    printed = commands(report(*many), Worth(), prefix="", totals="", remarks=[Remark("warning", "beware")])

    warnings = [one for one in heard(printed) if one.name == "warning"]
    assert (10, "beware", {}) == (len(warnings), warnings[0].data, warnings[0].properties)


def test_by_worth() -> None:
    """New lines come before changed notes, these before harm at a distance, and errors before all warnings."""
    before = {"Line.md": "old\n", "Note.md": "old\nold\n", "Zfar.md": "same", "Same.md": "same"}
    now = {"Line.md": "new\n", "Note.md": "old\nnew\n", "Zfar.md": "same", "Same.md": "same", "New.md": "x"}
    far = (Related("Other.md", "this link"),)
    findings = [
        found("Same.md"),
        found("Zfar.md", kind=Caused, related=far),
        found("Note.md"),
        found("Line.md"),
        found("New.md"),
        found("Same.md", severity=ERROR, rule="other-rule"),
    ]

    printed = commands(report(*findings), Worth(before, now.get), prefix="", totals="")

    assert [
        ("error", "Same.md"),
        ("warning", "Line.md"),
        ("warning", "New.md"),
        ("warning", "Note.md"),
        ("warning", "Zfar.md"),
        ("warning", "Same.md"),
    ] == shown(printed)


def test_moved_lines_are_old() -> None:
    """A line that the note had before is none of those that are new, wherever it stands now."""
    worth = Worth({"Note.md": "a\nb\n"}, {"Note.md": "b\r\na\r\nc\r\n"}.get)

    assert [Nearness.NOTE, Nearness.NOTE, Nearness.LINE] == [worth.nearness(found(line=n)) for n in (1, 2, 3)]


def test_one_a_note_and_rule() -> None:
    """Of one rule in one note, the finding that matters most is shown, and the others are counted."""
    findings = [found(line=1), found(line=2, severity=ERROR), found(line=3), found(line=1, rule="other-rule")]

    printed = [one for one in heard(commands(report(*findings), Worth(), prefix="", totals="")) if one.properties]

    assert ["2", "1"] == [one.properties["line"] for one in printed]
    assert ["this is wrong\nand 2 more of some-rule in this note", "this is wrong"] == [one.data for one in printed]


def test_notes_that_a_change_broke() -> None:
    """The places that belong to a finding are named with their lines, from the top of the work tree."""
    related = (Related("B.md", "no file named 'A'", Span(9, 10), Position(7, 3)), Related("N.md", "here", Span(2, 3)))
    worth = Worth(None, {"N.md": "a\nb\n"}.get)

    (printed, _) = heard(commands(report(found("N.md", related=related)), worth, prefix="docs/", totals=""))

    assert "this is wrong\nalso: docs/B.md:7:3 no file named 'A'\nalso: docs/N.md:2:1 here" == printed.data


def test_names_of_files() -> None:
    """Files are named from the top of the work tree; no name ends its property or its line."""
    for name in ("My Note.md", "a,line=9.md", "a::b.md", "100%.md", "%0A::error::b.md", "🍲 Soup.md"):
        printed = commands(report(found(name)), Worth(), prefix="the vault/", totals="")

        assert [("warning", f"the vault/{name}")] == shown(printed)


def test_nothing_is_a_command() -> None:
    """Whatever a note, a path or a hint says, the service obeys our own commands alone."""
    for words in HOSTILE:
        findings = [found(f"{words}.md", message=words, hint=words, rule="some-rule")]
        told = report(*findings, notices=(words,))

        printed = log(told, told.notices, prefix="", token="t" * 32) + commands(
            told, Worth(), prefix="", totals=words, remarks=[Remark("notice", words)]
        )

        assert "\x1b" not in printed
        assert ["group", "endgroup", "notice", "warning", "notice"] == [one.name for one in heard(printed)], words


def test_log() -> None:
    """The log has every finding, folded."""
    told = report(found(line=1), found(line=2), notices=("look",))

    printed = log(told, told.notices, prefix="vault/", token="token")

    assert [
        "::stop-commands::token",
        "vaultlint: look",
        "::token::",
        "::group::2 findings",
        "::stop-commands::token",
        "vault/Note.md:1:1 warning some-rule this is wrong",
        "vault/Note.md:2:1 warning some-rule this is wrong",
        "::token::",
        "::endgroup::",
    ] == printed.splitlines()
    assert "" == log(report(), prefix="", token="token")
