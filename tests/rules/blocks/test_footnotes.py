"""Footnotes that move: all of one goes along, and what a mark leads to stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.blocks.footnote_location import FootnoteLocation
from vaultlint_rules.blocks.footnote_order import FootnoteOrder, Options
from vaultlint_rules.blocks.footnote_punctuation import FootnotePunctuation
from vaultlint_rules.blocks.footnote_reference import FootnoteReference

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a[^1]\n\n[^1]: b\n    c\n\n    d\n\ne\n", "a[^1]\n\ne\n\n[^1]: b\n    c\n\n    d\n"),
        ("a[^1]\n[^1]: b\n\nc\n", "a[^1]\n\nc\n\n[^1]: b\n"),
        ("a[^1]\n[^1]: b\n# c\n", "a[^1]\n\n# c\n\n[^1]: b\n"),
        ("[^1]: b\n\na[^1]\n", "a[^1]\n\n[^1]: b\n"),
        ("a[^1]\r\n\r\n[^1]: b\r\n\r\nc", "a[^1]\r\n\r\nc\r\n\r\n[^1]: b"),
        ("a[^2][^1]\n\n[^1]: b\n\nc\n\n[^2]: d\n", "a[^2][^1]\n\nc\n\n[^2]: d\n[^1]: b\n"),
    ],
)
def test_definitions_move_whole(text: str, after: str, fixed: Fixed) -> None:
    """All lines of a footnote move, and the text around it stays apart as it was."""
    assert after == fixed(FootnoteLocation, text)


@pytest.mark.parametrize(
    "text",
    [
        "a[^1]\n\n[^1]: b ^id\n\nc\n",
        "a[^1]\n\n[^1]: b\n\n```\nc\n",
        "a[^1]\n\n[^1]: <% tp.b %>\n\nc\n",
        "a[^1]\n\n[^1]: b\n<div>\n</div>\n",
    ],
)
def test_definitions_that_stay(text: str, fixed: Fixed, found: Found) -> None:
    """Named by an id, before what is not closed, with commands, or with an end that is not clear."""
    assert 1 == len(found(FootnoteLocation, text))
    assert text == fixed(FootnoteLocation, text)


def test_a_name_defined_twice_moves_nothing(found: Found) -> None:
    """What a mark leads to would depend on the order."""
    text = "a[^1]\n\n[^1]: b\n\n[^1]: c\n\nd\n"

    assert [] == found(FootnoteLocation, text)
    assert [] == found(FootnoteOrder, text)


def test_numbers(fixed: Fixed, found: Found) -> None:
    """By the first mark of each; names ignore case; numbers without a definition, and links to footnotes, forbid it."""
    assert "a[^1]b[^2]c[^1]\n\n[^2]: d\n[^1]: e\n" == fixed(FootnoteOrder, "a[^7]b[^3]c[^7]\n\n[^3]: d\n[^7]: e\n")
    assert "a[^1]\n\n[^1]: d\n" == fixed(FootnoteOrder, "a[^X]\n\n[^x]: d\n", options=Options(named=True))
    assert [] == found(FootnoteOrder, "a[^7]b[^1]\n\n[^7]: d\n")
    assert [] == found(FootnoteOrder, "a[^7] [[#[^7]]]\n\n[^7]: d\n")


def test_a_number_in_a_heading_stays(fixed: Fixed, found: Found) -> None:
    """Links name the heading by its text."""
    text = "# a[^7]\n\n[^7]: b\n"

    assert 1 == len(found(FootnoteOrder, text))
    assert text == fixed(FootnoteOrder, text)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a[^1].\n", "a.[^1]\n"),
        ("a[^1][^b], c\n", "a,[^1][^b] c\n"),
        ("| a[^1]. |\n|---|\n", "| a.[^1] |\n|---|\n"),
        ("豆[^1]。汤\n", "豆。[^1]汤\n"),
        ("a [^1].\n", "a [^1].\n"),
        ("a.[^1].\n", "a.[^1].\n"),
        ("a[^1]!\n", "a[^1]!\n"),
        ("# a[^1]:\n", "# a[^1]:\n"),
        ("`a[^1].`\n", "`a[^1].`\n"),
        ("https://a.b[^1].\n", "https://a.b[^1].\n"),
    ],
)
def test_punctuation(text: str, after: str, fixed: Fixed) -> None:
    """A mark changes places with what ends the words before it, and with nothing else."""
    assert after == fixed(FootnotePunctuation, text)


@pytest.mark.parametrize(
    "text", ['[^a-z]+ [^,;]* [^"]\n', "`[^1]`\n", "[see [^1]](a.md)\n", "%% [^1] %%\n", "<% x[^1] %>\n"]
)
def test_what_is_no_footnote(text: str, found: Found) -> None:
    """Regular expressions, code, the words of links, comments and commands."""
    assert [] == found(FootnoteReference, text)
