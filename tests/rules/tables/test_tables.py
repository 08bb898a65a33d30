"""Tables: their layout by the width that people see, and rows that do not fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.tables._width import width_of
from vaultlint_rules.tables.table_format import Options, TableFormat
from vaultlint_rules.tables.table_structure import TableStructure

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "width"), [("peas", 4), ("豌豆", 4), ("🥄", 2), ("👩‍👩‍👧", 2), ("é", 1), ("a\x07豆", 3)]
)
def test_width(text: str, width: int) -> None:
    """Chinese letters and emoji take two columns, marks that join others none; a control character spoils it all."""
    assert width == width_of(text)


def test_columns_are_as_wide_as_they_look(fixed: Fixed) -> None:
    """The bars stand below each other on the screen."""
    assert "| 豌豆 | 🥄  |\n| ---- | --- |\n| a    | b   |\n" == fixed(TableFormat, "|豌豆|🥄|\n|--|--|\n|a|b|\n")


@pytest.mark.parametrize(
    ("dashes", "cell"), [("-----", "a    "), (":----", "a    "), (":---:", "  a  "), ("----:", "    a")]
)
def test_alignment_is_kept_and_followed(dashes: str, cell: str, fixed: Fixed) -> None:
    """The colons stay, and text stands where they put it."""
    assert f"| wheat |\n| {dashes} |\n| {cell} |\n" == fixed(TableFormat, f"|wheat|\n|{dashes}|\n|a|\n")


@pytest.mark.parametrize(
    "text",
    [
        "| [[Soup\\|hot]] | ![[a.png\\|9]] |\n| ------------- | ------------- |\n| `a \\| b`      |               |\n",
        "> | a   |\n> | --- |\n\n- | b   |\n  | --- |\n",
        "| a   |\n| --- |\n| b   |\ntext right behind it\n",
        "| <% tp.a %> |\n|---|\n",
        "|a|b|\n|-|-|\n|[[Soup|hot]]|2|\n",
    ],
)
def test_what_is_left_alone(text: str, found: Found) -> None:
    """Escaped bars stay; text behind a table is no row to every reader; commands are filled in later.

    A cell too many is what a bar in a link or in code makes of one, and spaces there would be no layout.
    """
    assert [] == found(TableFormat, text)


def test_only_what_stands_around_cells_is_edited(fixed: Fixed) -> None:
    """Two spaces in a cell and line breaks of any kind stay."""
    assert "| a    |\r\n| ---- |\r\n| b  c |\r\n" == fixed(TableFormat, "|a|\r\n|-|\r\n|b  c|\r\n")


def test_a_table_too_wide(fixed: Fixed, found: Found) -> None:
    """It stays as it is, or is written without padding, as the options say."""
    text = "|" + "a" * 30 + "|b|\n|-|-|\n|c|d|\n"

    assert [] == found(TableFormat, text, options=Options(max_width=20))
    compact = "| " + "a" * 30 + " | b |\n| --- | --- |\n| c | d |\n"
    assert compact == fixed(TableFormat, text, options=Options(max_width=20, wide="compact"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("| a |\n|---|\n| b | c |\n", ["3:7 the row has 2 cells, the head of the table 1: 'c' is not shown"]),
        ("| a |\n|---|\n| [[b|c]] |\n", []),
        ("| a |\n|---|\n| b | |\n", []),
        ("| a | b |\n|---|\n", ["2:1 the row of dashes has 1 cell, the row above it 2: no table is shown"]),
        ("|a|b|\n|c|d|\n", ["1:1 these rows have no row of dashes below the first: no table is shown"]),
        ("$$\n|a|b|\n|c|d|\n$$\n", []),
        ("%% x\n|a|b|\n|c|d|\n%%\n", []),
        ("- |a|b|\n", []),
    ],
)
def test_structure(text: str, said: list[str], found: Found) -> None:
    """What the app does not show is told, and nothing else."""
    assert said == found(TableStructure, text)
