"""Blank lines: where they are a part of what stands there, none comes and none goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.frontmatter.frontmatter_blank_lines import FrontmatterBlankLines
from vaultlint_rules.style.blank_lines_around import BlankLinesAround
from vaultlint_rules.style.blank_lines_around import Options as Around
from vaultlint_rules.style.consecutive_blank_lines import ConsecutiveBlankLines
from vaultlint_rules.style.final_newline import FinalNewline
from vaultlint_rules.tables.list_blank_lines import ListBlankLines
from vaultlint_rules.tables.list_blank_lines import Options as InLists

Found = Callable[..., list[str]]
Fixed = Callable[..., str]
EVERYWHERE = Around(paragraphs=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> [!a] b\n\n> [!c] d\n", id="two callouts stay two (T14)"),
        pytest.param("> [!a] b\n> > [!c]\n> > $$\n> > x\n> > $$\n> | t |\n> | - |\n", id="nested callouts (T15)"),
        pytest.param("- a\n^actions\n\n```button\nname x\n```\n^button-x\n", id="ids stand where they stand (T26)"),
        pytest.param("> | a |\n> | - |\n\n[[a|b]] and [[c|d]]\n", id="tables in quotes, links with aliases (T34)"),
        pytest.param("%% note %%\n# a\n<br>\n", id="comments and HTML"),
        pytest.param("What is it?\n??\n- this\n- that\n", id="a card of spaced repetition"),
        pytest.param("START\nBasic\n```\nx\n```\nEND\n", id="a card for Anki"),
        pytest.param("Q: why?\n- so\n", id="a question"),
        pytest.param("due:: today\n- [ ] a\n", id="a Dataview field"),
        pytest.param("<% tp.file.cursor() %>\n- a\n", id="a command of Templater"),
        pytest.param("<%* if (a) {\n-%>\n- a\n- b\n\n<%* a\n# b\nc %>\n", id="between commands of Templater"),
        pytest.param("- a\n> b\n", id="a quote right below a list"),
        pytest.param("> a\n2. b\n", id="a list that goes on below a quote"),
        pytest.param("# a\n[x]: https://example.org\n", id="a definition"),
        pytest.param("a\n===\n\n#b c\n", id="a tag at the start of a line (T1)"),
    ],
)
def test_what_belongs_together_stays_together(found: Found, text: str) -> None:
    """No rule puts a blank line where it would divide, or takes one away that divides."""
    assert [] == found(BlankLinesAround, text, options=EVERYWHERE)
    assert [] == found(ListBlankLines, text, options=InLists(between="consistent", around="one"))
    assert [] == found(ConsecutiveBlankLines, text)


def test_a_sign_of_a_card_in_another_stretch_holds_nothing(fixed: Fixed) -> None:
    """A blank line ends a flashcard."""
    assert "a\n?\n- b\n\nc\n\n- d\n" == fixed(BlankLinesAround, "a\n?\n- b\n\nc\n- d\n", options=EVERYWHERE)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_the_others_of_the_note(fixed: Fixed, newline: str) -> None:
    """A new line break is one of the note's own kind, and a pair of signs is one line break."""

    def lines(*texts: str) -> str:
        return newline.join(texts)

    assert lines("# a", "", "b", "", "") == fixed(BlankLinesAround, lines("# a", "b", "", ""))
    assert lines("a", "", "b", "") == fixed(ConsecutiveBlankLines, lines("a", "", "", "b", ""))
    assert lines("a", "", "b", "") == fixed(FinalNewline, lines("a", "", "b", "", " "))
    assert lines("a", "", "b", "") == fixed(FinalNewline, lines("a", "", "b"))


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "a\n", "```\na\n\n", "$$\na\n\n", "%%\na\n\n", "# a\n-\n\n"])
def test_ends_that_are_left_alone(found: Found, text: str) -> None:
    """A note without text has no last line, and what is never closed has no end."""
    assert [] == found(FinalNewline, text)


def test_blank_lines_at_the_top(fixed: Fixed) -> None:
    """Nothing has to be above the first blank line for it to be one."""
    assert "\n# a\n" == fixed(ConsecutiveBlankLines, "\n\n# a\n")
    assert "\ufeff\n# a\n" == fixed(ConsecutiveBlankLines, "\ufeff\n\n\n# a\n")


def test_lines_of_white_space_are_blank(fixed: Fixed) -> None:
    """What is not seen is not there."""
    assert "a\n \nb\n" == fixed(ConsecutiveBlankLines, "a\n \n\t\nb\n")


def test_properties_keep_their_comments_and_values(fixed: Fixed) -> None:
    """A comment is no blank line, and one in a list or a long text is a part of it."""
    text = "---\n\n# mine\na:\n  - b\n\n  - c\n\n---\n"
    assert "---\n# mine\na:\n  - b\n\n  - c\n---\n" == fixed(FrontmatterBlankLines, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n\n  ```\n  x\n  ```\n\n- b\n", "- a\n\n  ```\n  x\n  ```\n- b\n"),
        ("- a\n\n  ```\n  x\n\n- b\n", None),
        ("- a\n\n  > b\n\n- c\n", "- a\n\n  > b\n- c\n"),
        ("1. a\n\n   b\n\n2. c\n", "1. a\n\n   b\n2. c\n"),
        ("- a\n\n\n  - b\n\n- c\n", "- a\n  - b\n- c\n"),
        ("- a\n\n* b\n", None),
        ("> - a\n>\n> - b\n", None),
        ("- a\n\n  -\n", None),
    ],
)
def test_items(fixed: Fixed, text: str, expected: str | None) -> None:
    """Between items no blank line is left but where one ends what is in the item, or begins another list."""
    assert (expected or text) == fixed(ListBlankLines, text)
