"""Bars of links in tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[..., list[str]]
Mended = Callable[..., dict[str, str]]

HEAD = "| a | b |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("row", "mended_row"),
    [
        ("| [[S|x]] | [[S|y]] |", r"| [[S\|x]] | [[S\|y]] |"),
        ("| [[S\\|x]] | [[S|y]] |", r"| [[S\|x]] | [[S\|y]] |"),
        ("| [[S#How|x]] | y |", r"| [[S#How\|x]] | y |"),
        ("[[S|x]] | y", r"[[S\|x]] | y"),
        ("| ![[p.png|300]] | y |", r"| ![[p.png\|300]] | y |"),
        ("| [[ | x]] | [[ |", "| [[ | x]] | [[ |"),
        ("| [[S]] | [[T]] |", "| [[S]] | [[T]] |"),
        (r"| \[[S|x]] | y |", r"| \[[S|x]] | y |"),
        ("| `[[S|x]]` | y |", "| `[[S|x]]` | y |"),
    ],
)
def test_rows(mended: Mended, row: str, mended_row: str) -> None:
    """A bar is escaped in what would be a link, and nowhere else."""
    vault = {"Note.md": HEAD + row + "\n"}

    assert HEAD + mended_row + "\n" == mended(vault, "unescaped-alias-bar")["Note.md"]


def test_tables_in_quotes(mended: Mended) -> None:
    """A table in a callout is a table."""
    vault = {"Note.md": "> [!note]\n> | a | b |\n> | --- | --- |\n> | [[S|x]] | y |\n"}

    assert r"> | [[S\|x]] | y |" in mended(vault, "unescaped-alias-bar")["Note.md"]


def test_long_row_of_brackets(lines: Lines) -> None:
    """A row of a hundred thousand brackets takes no longer than its length asks for."""
    row = "| " + "[[a" * 50_000 + "]]" * 50_000 + " | `" * 100 + " |\n"

    assert [] == lines({"Note.md": HEAD + row}, "unescaped-alias-bar")
