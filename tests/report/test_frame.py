"""Carets stand under what is meant, whatever the line holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.report.escape import cells
from vaultlint.report.frame import frame
from vaultlint.rule.finding import Diagnostic

Find = Callable[..., Diagnostic]


def under(shown: tuple[str, str]) -> str:
    """The part of the line above the carets, column for column."""
    line, carets = shown
    first = len(carets) - len(carets.lstrip())
    last = first + carets.count("^")
    found, column = "", 0
    for char in line:
        if first <= column < last:
            found += char
        column += cells(char)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "See [[Recipies]] for more.\n",
        "first\nSee [[Recipies]] for more.",
        "first\r\nSee [[Recipies]] for more.\r\nlast",
        "first\rSee [[Recipies]] for more.\rlast",
        "\ufeffSee [[Recipies]]",
        "\t- \tSee [[Recipies]]",
        "日本語の[[Recipies]]と🍜",
        "e\u0301e\u0301 [[Recipies]]",
        "\x1b[31m [[Recipies]] \u202e",
        "long " * 100 + "[[Recipies]]" + " line" * 100,
        "日本 " * 100 + "[[Recipies]]" + " 日本" * 100,
        "\t" * 200 + "[[Recipies]]",
        "[[Recipies]]" + " line" * 100,
    ],
)
def test_carets_stand_under_the_span(text: str, find: Find) -> None:
    """Tabs, wide letters, combining marks, escapes, long lines, every line break: the carets hit the word."""
    shown = frame(text, find(text, "Recipies"), 80)

    assert shown is not None
    assert "Recipies" == under(shown)
    assert cells(shown[0]) <= 80
    assert not set(shown[0]) & set("\t\r\n\x1b\u202e")


def test_a_long_line_is_cut_around_the_span(find: Find) -> None:
    """What stands before and behind is kept as far as it fits, with signs where it was cut."""
    text = "word " * 50 + "[[Recipies]]" + " word" * 50

    shown = frame(text, find(text, "Recipies"), 40)

    assert ("… word word [[Recipies]] word word word…", "              ^^^^^^^^") == shown


def test_a_span_over_lines_names_its_last(find: Find) -> None:
    """Of a span over several lines the first is shown, and the number of the last said."""
    text = "> [!note] One\n> two\n> three\n"

    shown = frame(text, find(text, "[!note] One\n> two\n> three"), 80)

    assert ("> [!note] One", "  ^^^^^^^^^^^ to line 3") == shown


def test_an_empty_span_has_one_caret(find: Find) -> None:
    """What is missing is shown by the place where it should stand."""
    text = "one\ntwo\n"
    wrong = find(text, "")
    wrong.span = type(wrong.span)(7, 7)
    wrong.position = type(wrong.position)(2, 4)
    wrong.end = wrong.position

    assert ("two", "   ^") == frame(text, wrong, 80)


@pytest.mark.parametrize("now", ["", "See", "a line more\nSee [[Recipies]]", "x" * 100])
def test_no_frame_of_a_changed_note(now: str, find: Find) -> None:
    """Where the place is no longer a line of that number, there is no frame."""
    then = "first\nSee [[Recipies]]\n"

    assert frame(now, find(then, "Recipies"), 80) is None


def test_no_frame_for_a_whole_note(find: Find) -> None:
    """What is said of a note as a whole points at no line."""
    assert frame("some text\n", find("some text\n", ""), 80) is None


def test_a_line_of_a_million_characters_is_quick(find: Find) -> None:
    """Only what is near the span is looked at."""
    text = "日" * 1_000_000 + "[[Recipies]]" + "日" * 1_000_000

    shown = frame(text, find(text, "Recipies"), 80)

    assert shown is not None
    assert "Recipies" == under(shown)
