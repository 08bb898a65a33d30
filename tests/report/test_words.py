"""What the formats of services say of a finding, whichever of them it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from lxml import etree

from vaultlint.engine.values import Report
from vaultlint.note.model import Position, Span
from vaultlint.report.formats import data
from vaultlint.report.places import Places
from vaultlint.report.views import ReportContext
from vaultlint.report.words import MOST, words
from vaultlint.rule.finding import Diagnostic, Related

Find = Callable[..., Diagnostic]
Make = Callable[..., Report]
Context = Callable[..., ReportContext]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"
LINES = [
    "this is wrong",
    "also: docs/Other.md:2:3 is\\x1b like it",
    "also: docs/Note.md:3:5 stands here",
    "also: docs/pic.png the file",
    "help: mend it",
]


@pytest.fixture
def wrong(find: Find) -> Diagnostic:
    """A finding to which places belong: one with its line, one of which only offsets are known, and a file."""
    related = (
        Related("Other.md", "is\x1b like it", Span(9, 12), Position(2, 3)),
        Related("Note.md", "stands here", Span(14, 26)),
        Related("pic.png", "the file"),
    )
    return find(TEXT, "Recipies", rule="unresolved-link", hint="mend it", related=related)


def shown(form: str, report: bytes) -> str:
    """The words of the one finding of a report."""
    text = report.decode("utf-8")
    match form:
        case "github":
            return unquote(text.removesuffix("\n").split("::", 2)[2])
        case "azure":
            return text.removesuffix("\n").partition(";]")[2].replace("%0A", "\n")
        case "junit":
            return str(etree.fromstring(report)[0][0][0].text).partition("\n")[2]
        case "rdjson":
            return str(json.loads(text)["diagnostics"][0]["message"])
        case _:
            return str(json.loads(text)[0]["description"])


@pytest.mark.parametrize("form", ["github", "azure", "junit", "rdjson"])
def test_lines(form: str, wrong: Diagnostic, report: Make, context: Context) -> None:
    """A message has the places that belong to the finding, with their lines, and what to do, each on a line."""
    assert LINES == shown(form, data(form, report(wrong), context({"Note.md": TEXT}, prefix="docs/"))).split("\n")


def test_one_line(wrong: Diagnostic, report: Make, context: Context) -> None:
    """For GitLab it is one line."""
    said = shown("gitlab", data("gitlab", report(wrong), context({"Note.md": TEXT}, prefix="docs/")))

    assert f"{LINES[0]} ({'; '.join(LINES[1:])})" == said


def test_without_texts(wrong: Diagnostic) -> None:
    """Without the texts of notes those lines are named that are known."""
    assert ["also: Other.md:2:3 is\\x1b like it", "also: Note.md stands here"] == words(wrong, "")[1:3]


def test_what_is_known_is_not_looked_up(find: Find) -> None:
    """A place whose line is known costs no reading of its note."""
    asked: list[str] = []

    def read(path: str) -> str | None:
        asked.append(path)
        return None

    wrong = find(TEXT, "See", related=(Related("Other.md", "here", Span(0, 1), Position(7, 1)),))

    assert "also: Other.md:7:1 here" == words(wrong, "", Places(read))[1]
    assert [] == asked


@pytest.mark.parametrize(
    ("more", "count"), [([], MOST), (["also: 1 more place"], MOST + 1), (["also: 1,000 more places"], MOST + 1000)]
)
def test_many_places(more: list[str], count: int, find: Find) -> None:
    """Of many places the first are named, and the others are counted."""
    wrong = find(TEXT, "See", related=tuple(Related(f"{number}.md", "here") for number in range(count)))

    said = words(wrong, "")

    assert [f"also: {number}.md here" for number in range(MOST)] == said[1 : MOST + 1]
    assert more == said[MOST + 1 :]
