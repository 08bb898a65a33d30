"""Bars of links in tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.aliases.unescaped_alias_bar import UnescapedAliasBar

Told = Callable[..., list[str]]
Fixed = Callable[..., str]

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
def test_rows(fixed: Fixed, row: str, mended_row: str) -> None:
    """A bar is escaped in what would be a link, and nowhere else."""
    assert HEAD + mended_row + "\n" == fixed(UnescapedAliasBar, HEAD + row + "\n")


def test_tables_in_quotes(fixed: Fixed) -> None:
    """A table in a callout is a table."""
    text = "> [!note]\n> | a | b |\n> | --- | --- |\n> | [[S|x]] | y |\n"

    assert text.replace("S|", r"S\|") == fixed(UnescapedAliasBar, text)


def test_long_row_of_brackets(found: Told) -> None:
    """A row of a hundred thousand brackets takes no longer than its length asks for."""
    row = "| " + "[[a" * 50_000 + "]]" * 50_000 + " | `" * 100 + " |\n"

    assert [] == found(UnescapedAliasBar, HEAD + row)
