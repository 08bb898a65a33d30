"""Fingerprints: what stays of a finding when the note around it changes."""

from __future__ import annotations

import pytest

from vaultlint.note.model import Position, Span
from vaultlint.rule.finding import Diagnostic, Finding, Severity
from vaultlint.rule.fingerprint import Fingerprint, around, fingerprint, neighbours

TEXT = "# Title\n\n- [ ] buy   [[Gone]] soon\n\nlast\n"


def finding(text: str, words: str = "[[Gone]]") -> Diagnostic:
    """A finding at these words."""
    start = text.index(words)
    made = Finding(Span(start, start + len(words)), "no file named 'Gone'")
    return Diagnostic("unresolved-link", Severity.WARNING, "A.md", made, Position(1, 1), Position(1, 1))


def test_parts() -> None:
    """It is the note, the rule, what it says, what it points at, and the words around; never a place."""
    expected = Fingerprint("A.md", "unresolved-link", "no file named 'Gone'", "[[Gone]]", "buy [[Gone]] soon")

    assert expected == fingerprint(finding(TEXT), TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "above\n\n" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("   ", " "),
        TEXT.replace("- [ ]", "\t- [x]"),
        TEXT.replace("- [ ]", "12."),
        TEXT.replace("- [ ]", "> > *"),
        TEXT.replace("- [ ] ", ""),
    ],
)
def test_what_does_not_matter(text: str) -> None:
    """Lines above, line breaks, spaces, marks of items and quotes, ticks."""
    assert fingerprint(finding(TEXT), TEXT) == fingerprint(finding(text), text)


@pytest.mark.parametrize(
    ("text", "words"),
    [(TEXT.replace("soon", "now"), "[[Gone]]"), (TEXT, "Gone"), (TEXT.replace("buy", "-"), "[[Gone]]")],
)
def test_what_matters(text: str, words: str) -> None:
    """The words of its line, and what it points at."""
    assert fingerprint(finding(TEXT), TEXT) != fingerprint(finding(text, words), text)


@pytest.mark.parametrize("text", [None, "short"])
def test_without_text(text: str | None) -> None:
    """Where the text can't be had, or is another by now, rule and message are left."""
    expected = Fingerprint("A.md", "unresolved-link", "no file named 'Gone'", "", "")

    assert expected == fingerprint(finding(TEXT), text)


def test_several_lines() -> None:
    """Of a span over several lines, all of them count, each without its marks."""
    text = "> - one\n> - two\n> - three\n"

    assert "one two" == around(text, Span(text.index("ne"), text.index("tw") + 2))


def test_neighbours() -> None:
    """The nearest lines that say something, on both sides."""
    text = "- a\n\n\n* here\n  \n> b\nc\n"
    place = text.index("here")

    assert ("a", "b") == neighbours(text, Span(place, place + 4))
    assert ("", "here") == neighbours(text, Span(2, 3))
    assert ("b", "") == neighbours(text, Span(text.index("c"), text.index("c") + 1))


def test_long_lines() -> None:
    """Of a paragraph in one line, only what is near counts."""
    text = f"{'far ' * 100}near [[Gone]] near{' far' * 100}\n"

    assert fingerprint(finding(text), text) == fingerprint(finding("new " + text), "new " + text)
    assert 410 > len(fingerprint(finding(text), text).around)
