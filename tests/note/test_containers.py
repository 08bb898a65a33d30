"""Tables and callouts."""

from __future__ import annotations

import pytest

from vaultlint.note.note import parse_note


def test_table() -> None:
    """A table has its head and its rows, each with its cells, trimmed; the row of dashes is none."""
    text = "a | *b*\n:-|--\n | c\\|d |\n| `e` | [[f\\|g]] | h |\n\ntext"
    (table,) = parse_note(text).tables

    assert "a | *b*\n:-|--\n | c\\|d |\n| `e` | [[f\\|g]] | h |" == table.span.of(text)
    assert [["a", "*b*"], ["c\\|d", ""], ["`e`", "[[f\\|g]]"]] == [
        [cell.span.of(text) for cell in row.cells] for row in table.rows
    ]
    assert "| `e` | [[f\\|g]] | h |" == table.rows[2].span.of(text)


def test_bars_are_not_yet_a_table() -> None:
    """Without a row of dashes there is no table."""
    assert () == parse_note("| a | b |\n| c | d |").tables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!note]", [("note", "", "")]),
        (">[!Tip]+ Some *title* \n> body", [("Tip", "+", "Some *title*")]),
        ("> [!warning]-\n> a", [("warning", "-", "")]),
        ("> [!note|wide red] a", [("note", "", "a")]),
        (" > [!a] b\n >> [!c] d\n >>> [!e] f", [("a", "", "b"), ("c", "", "d"), ("e", "", "f")]),
        ("> [!my-type_2] a", [("my-type_2", "", "a")]),
        ("> [!note]title", []),
        ("> [!note]? a", []),
        (">\n> [!note] a", []),
        ("> text\n> [!note] a", []),
        ("[!note] a", []),
        ("> [!] a", []),
        ("```\n> [!note]\n```", []),
    ],
)
def test_callouts(text: str, expected: list[tuple[str, str, str]]) -> None:
    """A callout is a quote whose first line has a type, perhaps a fold mark, and a title behind a space."""
    assert expected == [(each.type, each.fold, each.title) for each in parse_note(text).callouts]


def test_nested_callouts_know_their_depth() -> None:
    """Depth counts the quotes around."""
    text = "> [!a] b\n> > [!c] d\n> > e\n> f\n\n> g\n> > [!h] i"
    callouts = parse_note(text).callouts

    assert [1, 2, 2] == [each.depth for each in callouts]
    assert "> [!c] d\n> > e\n> f" == callouts[1].span.of(text)
    assert ["b", "d", "i"] == [each.title_span.of(text) for each in callouts]


def test_quotes() -> None:
    """Quotes and callouts, each with those in it behind it; blank lines at the end are none of it."""
    text = "> a\n> > [!b]\n> > c\n>\n\n- d\n  > e\n"
    found = parse_note(text).quotes

    assert ["> a\n> > [!b]\n> > c", "> [!b]\n> > c", "> e"] == [each.span.of(text) for each in found]
    assert [1, 2, 1] == [each.depth for each in found]
