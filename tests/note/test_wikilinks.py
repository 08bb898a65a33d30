"""Wikilinks and embeds."""

from __future__ import annotations

import pytest

from vaultlint.note.model import Wikilink
from vaultlint.note.note import parse_note


def only(text: str) -> Wikilink:
    (wikilink,) = parse_note(text).wikilinks
    return wikilink


def targets(text: str) -> list[str]:
    return [wikilink.target for wikilink in parse_note(text).wikilinks]


def test_the_parts_of_a_link_have_their_places() -> None:
    """Target, path, subpath, bar and alias each know where they stand."""
    text = "See ![[ Folder/Note # Part#^id |shown | twice]] there"
    link = only(text)

    assert "![[ Folder/Note # Part#^id |shown | twice]]" == link.span.of(text)
    assert ("Folder/Note # Part#^id", "Folder/Note") == (link.target, link.path)
    assert "Folder/Note # Part#^id" == link.target_span.of(text)
    assert "Folder/Note" == link.path_span.of(text)
    assert [("Part", "Part", False), ("id", "^id", True)] == [(s.text, s.span.of(text), s.block) for s in link.subpath]
    assert "shown | twice" == link.alias == (link.alias_span and link.alias_span.of(text))
    assert link.bar_span is not None
    assert "|" == link.bar_span.of(text)
    assert link.embed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a]] and ![[b]]", ["a", "b"]),
        ("[[]] [[ ]]", []),
        ("[[|]] [[|alias]] [[|#alias]]", ["|", "|alias", "|#alias"]),
        ("[[a]](b)", ["a"]),
        ("![[a]](b)", ["a"]),
        ("[a]([[b]])", []),
        ("[see [[a]] there](b)", ["a"]),
        ("[[[Untitled] (Live)|x]]", ["[Untitled] (Live)"]),
        ("[[a.md][b]]", ["a.md][b"]),
        ("[[Sq]uare]]", ["Sq]uare"]),
        ("[[a [[b]] c]]", ["b"]),
        ("[[a\nb]]", []),
        ("[[a\r\nb]] [[c]]", ["c"]),
        ("[[x`[[`y]]", []),
        ("[[a `b` c]] [[d]]", ["d"]),
        ("[[x` y]]", ["x` y"]),
        ("\\[[a]] \\\\[[b]]", ["b"]),
        ("\\![[a]]", ["a"]),
        ("[[<% tp.x %>]]", ["<% tp.x %>"]),
        ("[[https://a.b]]", ["https://a.b"]),
        ("[[^^demo]] [[##syntax]]", ["^^demo", "##syntax"]),
        ("[[a  b]]", ["a  b"]),
        ("[[a]]]", ["a"]),
        ("[[a]", []),
        ("a]] [[b", []),
        ("[[e\u0301]]", ["\u00e9"]),
        ("[[100%]]", ["100%"]),
        ("[[a]]\n\n[a]: b", ["a"]),
    ],
)
def test_what_is_a_link(text: str, expected: list[str]) -> None:
    """Only what the app indexes is a link, with the target that the app gives it."""
    assert expected == targets(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a|b]]", "b"),
        ("[[a\\|b]]", "b"),
        ("[[a||b]]", "|b"),
        ("[[a| b ]]", " b "),
        ("[[a|]]", ""),
        ("[[a]]", None),
        ("[[|a]]", None),
    ],
)
def test_alias(text: str, expected: str | None) -> None:
    """The first bar splits unless it leads; the alias stays as written."""
    assert expected == only(text).alias


def test_a_bar_in_front_splits_nothing() -> None:
    """Behind a leading bar all is the link's text (observed 7), further bars included."""
    links = parse_note("[[|]] [[|a]] [[|#a]] [[|a|b]]").wikilinks

    assert ["|", "|a", "|#a", "|a|b"] == [link.target for link in links]
    assert [None] * 4 == [link.alias for link in links]


def test_a_bare_bar_ends_the_cell() -> None:
    """In a table `[[a|b]]` is no link and `[[a\\|b]]` is one, also behind such a cut."""
    text = "| x | y |\n|---|---|\n| [[a|b]] | [[c\\|d]] |\n| [[e]] |\n\n[[f|g]]"
    links = parse_note(text).wikilinks

    assert [("c", True), ("e", True), ("f", False)] == [(link.target, link.in_table) for link in links]
    assert ["\\|", None, "|"] == [link.bar_span and link.bar_span.of(text) for link in links]


def test_links_in_comments_say_so() -> None:
    """Comments do not hide links, in a line or as a block."""
    links = parse_note("[[a]] %%[[b]]%%\n\n%%\n[[c]]\n%%\n[[d]]").wikilinks

    assert [("a", False), ("b", True), ("c", True), ("d", False)] == [(k.target, k.in_comment) for k in links]


def test_property_links() -> None:
    """A wikilink that is a whole value or item of a property is a link; part of a value is none."""
    text = """---
up: "[[Top#Part|top]]"
see:
  - '[[One]]'
  - two
  - "[[Three]]"
text: "see [[Four]]"
odd: "[[\\u0041]]"
---
"""
    links = parse_note(text).property_links

    assert ["up", "see.0", "see.2", "odd"] == [each.key for each in links]
    assert ["Top#Part", "One", "Three", "A"] == [each.link.target for each in links]
    assert ["[[Top#Part|top]]", "[[One]]", "[[Three]]"] == [each.link.span.of(text) for each in links[:3]]
    assert "top" == (links[0].link.alias_span and links[0].link.alias_span.of(text))
    assert '"[[\\u0041]]"' == links[3].link.span.of(text)
