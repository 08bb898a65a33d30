"""Logging commands of Azure Pipelines, read as its agent reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from vaultlint.engine.values import Report
from vaultlint.report.azure import azure
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Severity

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


class Command(NamedTuple):
    """What the agent makes of a line."""

    name: str
    properties: dict[str, str]
    message: str


def understood(data: bytes) -> list[Command]:
    """The commands of a log: the first `##vso[` of a line begins one, the first `]` behind it ends its words."""
    commands = []
    for line in data.decode("utf-8").removesuffix("\n").split("\n"):
        assert line.startswith("##vso[")
        words, _, message = line.removeprefix("##vso[").partition("]")
        name, _, pairs = words.partition(" ")
        properties = dict(pair.split("=", 1) for pair in pairs.split(";") if pair)
        commands.append(Command(name, {key: _plain(value) for key, value in properties.items()}, _plain(message)))
    return commands


def _plain(text: str) -> str:
    for code, char in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(code, char)
    return text


def test_command(find: Find, report: Make, context: Context) -> None:
    """A finding is one command with its place in the work tree; the hint is a second line of its message."""
    wrong = find(TEXT, "Recipies", "no file named 'Recipies'", rule="unresolved-link", hint="did you mean 'Recipes'?")

    assert azure(report(wrong), context(prefix="docs/")) == (
        b"##vso[task.logissue type=warning;sourcepath=docs/Note.md;linenumber=3;columnnumber=7;code=unresolved-link;]"
        b"no file named 'Recipies'%0Ahelp: did you mean 'Recipes'?\n"
    )


def test_by_worth(find: Find, report: Make, context: Context) -> None:
    """Errors come first, for ten are shown; there is no third kind, so that an info is a warning at the end."""
    findings = [find(TEXT, "See", str(severity), severity=severity) for severity in sorted(Severity)]

    assert [("error", "error"), ("warning", "warning"), ("warning", "info")] == [
        (command.properties["type"], command.message) for command in understood(azure(report(*findings), context()))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "]##vso[task.complete result=Succeeded;]x",
        "a\n##vso[task.setvariable variable=PATH]x",
        "100%3B %0A%AZP25;",
        "x\r",
    ],
)
def test_nothing_can_be_forged(text: str, find: Find, report: Make, context: Context) -> None:
    """Words and names of notes are words and names to the agent, and one command stays one."""
    commands = understood(azure(report(find(TEXT, "See", text, path=f"{text}.md")), context()))

    assert [("task.logissue", f"{text}.md")] == [(one.name, one.properties["sourcepath"]) for one in commands]
    assert text.replace("\n", "\\n").replace("\r", "\\r") == commands[0].message
    assert ["type", "sourcepath", "linenumber", "columnnumber", "code"] == list(commands[0].properties)


def test_controls_and_names_that_are_no_text(find: Find, report: Make, context: Context) -> None:
    """A log is sent no control character, and is UTF-8."""
    data = azure(report(find(TEXT, "See", "a\x1b[31m\u202e", path="caf\udce9\x1b👩\u200d🚀.md")), context())

    assert ["caf\\udce9\\x1b👩\u200d🚀.md", "a\\x1b[31m\\u202e"] == [
        understood(data)[0].properties["sourcepath"],
        understood(data)[0].message,
    ]


def test_nothing_found(report: Make, context: Context) -> None:
    """A vault without a fault logs nothing."""
    assert b"" == azure(report(), context())
