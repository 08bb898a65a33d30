"""Prose: what of a note is plain words, and how its lines end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.note import prose as prose_module
from vaultlint.note.model import Span
from vaultlint.note.note import parse_note


def prose(text: str) -> list[str]:
    return [span.of(text) for span in parse_note(text).prose]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("---\na: b\n---\nsoup\n", ["soup"]),
        ("# Soup ##\n", ["Soup"]),
        ("Soup\n===\n", ["Soup"]),
        ("- [ ] salt\n  and oil\n", ["salt", "and oil"]),
        ("> [!note]- Soup\n> bread\n> > deep\n", ["Soup", "bread", "deep"]),
        ("| a | b c |\n| --- | --- |\n| d | e |\n", ["a", "b c", "d", "e"]),
        ("a `b` c $d$ e [[f|g]] h [i](j.md) k\n", ["a ", " c ", " e ", " h ", " k"]),
        ("a #tag b ^id\n", ["a ", " b "]),
        ("a https://b.c/d, e www.f.g h i@j.k l\n", ["a ", " e ", " h ", " l"]),
        ("a %%b%% c <!-- d --> e <b>f</b>\n", ["a ", " c ", " e ", "f"]),
        ("a <% b %> c {{d}} e &amp; f \\* g\n", ["a ", " c ", " e ", " f ", " g"]),
        ("a [b:: c] d\nkey:: e\n", ["a ", " d"]),
        ("a[^1] ^[b]\n\n[^1]: c\n", ["a", " ", "b", "c"]),
        ("**a** _b_ ==c==  \nd\n", ["**a** _b_ ==c==", "d"]),
        ("```\na\n```\n\n    b\n\n$$\nc\n$$\n", []),
        ("\ufeffa\r\nb  \r\n", ["a", "b"]),
    ],
)
def test_runs(text: str, runs: list[str]) -> None:
    """Each run is of one line, without the white space at its ends and without what is no plain word."""
    assert runs == prose(text)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            "a\nb  \nc\\\nd<br>\ne <BR />\nf\n",
            [("", ""), ("spaces", "  "), ("backslash", "\\"), ("html", "<br>"), ("html", "<BR />")],
        ),
        ("a\\\\\nb\n", [("", "")]),
        ("a \t\nb\t \nc \t  \r\nd\r\n", [("", " \t"), ("", "\t "), ("spaces", " \t  ")]),
        ("- a\n  b\n- c\n\n> d\n> e\n", [("", ""), ("", "")]),
        ("> [!note] a\n> b\n> c\n", [("", "")]),
        ("`a\nb` [c\nd](e) %%f\ng%%\n", []),
        ("a\n===\n\n# b\n| c |\n| --- |\n| d |\n", []),
    ],
)
def test_line_breaks(text: str, ends: list[tuple[str, str]]) -> None:
    """They are those inside a block of text, each with the signs before it."""
    assert ends == [(each.style, each.span.of(text)) for each in parse_note(text).line_breaks]


def test_places() -> None:
    """A place is in prose, in a heading, or in what is not to be touched."""
    note = parse_note("- # A `b`\n")

    assert (True, False) == (note.is_prose(4, 5), note.is_prose(4, 7))
    assert (True, False) == (note.in_heading(4), note.in_heading(0))
    assert (False, True) == (note.guarded(Span(4, 5)), note.guarded(Span(6, 7)))


@pytest.mark.parametrize("piece", ["a-", "a@", "a.b", "{{", "&a", "x://", "[^", "# ", "\\", "> ", "<b"])
def test_hostile_texts_take_no_time(piece: str) -> None:
    """What repeats a sign a hundred thousand times is read in time that grows with the text."""
    note = parse_note(piece * 20_000 + "@ x://")
    start = time.process_time()

    assert isinstance(note.prose, tuple)
    assert time.process_time() - start < 5


ADDRESS_PARTS = (
    "http",
    "https",
    "://",
    "www.",
    "@",
    "a",
    "b.c",
    "-",
    " ",
    "\n",
    "<",
    ">",
    "+",
    "\u00e9",
    "(",
    "](",
    "/",
    "x" * 31,
)


@given(st.lists(st.sampled_from(ADDRESS_PARTS), max_size=14).map("".join), st.integers(0, 2))
def test_addresses_are_those_of_a_search_through_the_whole_text(text: str, start: int) -> None:
    """Only the words around a sign of an address are searched, which must not change what is found."""
    found = [address.span() for address in prose_module._ADDRESS.finditer(text, start)]
    assert found == list(prose_module._addresses(text, start))
