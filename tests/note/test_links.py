"""Markdown links, images and reference definitions."""

from __future__ import annotations

import pytest

from vaultlint.note.model import Link
from vaultlint.note.note import parse_note


def only(text: str) -> Link:
    (link,) = parse_note(text).links
    return link


@pytest.mark.parametrize(
    ("text", "path", "subpath", "form"),
    [
        ("[a](b)", "b", [], "inline"),
        ("[a](b.md#c#^d)", "b.md", ["c", "^d"], "inline"),
        ("[a](My%20Note.md#How%20it)", "My Note.md", ["How it"], "inline"),
        ("[a](<My Note.md>)", "My Note.md", [], "angle"),
        ('[a](b "title")', "b", [], "inline"),
        ("[a](b 'a](title')", "b", [], "inline"),
        ('[a](<b c>\n"title")', "b c", [], "angle"),
        ("[a](b(c)d)", "b(c)d", [], "inline"),
        ("[a](b\\(c)", "b(c", [], "inline"),
        ("[a](b&amp;c)", "b&c", [], "inline"),
        ("[a](a%23b)", "a", ["b"], "inline"),
        ("[a](100%)", "100%", [], "inline"),
        ("[](#h)", "", ["h"], "inline"),
        ("[a](@name)", "@name", [], "inline"),
        ("[a](/Root/x)", "/Root/x", [], "inline"),
        ("[ä](ö%C3%A4)", "öä", [], "inline"),
        ("[a][b]\n\n[b]: c.md#d", "c.md", ["d"], "reference"),
        ("[B][]\n\n[b]: c", "c", [], "reference"),
        ("[b]\n\n[b]: <c d>", "c d", [], "reference"),
        ("[é]\n\n[É]: ü", "ü", [], "reference"),
    ],
)
def test_links_inside_the_vault(text: str, path: str, subpath: list[str], form: str) -> None:
    """Path and subpath are decoded; their places are those of what is written."""
    link = only(text)

    assert (path, subpath, form) == (link.path, ["^" * s.block + s.text for s in link.subpath], link.form)
    assert not link.external
    assert link.destination_span is not None


def test_places() -> None:
    """Text, destination, path and subpath each know where they stand."""
    text = "x ![*alt*](<a b.png#c d> 'e')"
    link = only(text)

    assert link.image
    assert "![*alt*](<a b.png#c d> 'e')" == link.span.of(text)
    assert "*alt*" == link.text_span.of(text) == link.text
    assert "a b.png#c d" == (link.destination_span and link.destination_span.of(text))
    assert "a b.png" == (link.path_span and link.path_span.of(text))
    assert ["c d"] == [part.span.of(text) for part in link.subpath]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://b.c)",
        "[a](mailto:b@c.d)",
        "[a](obsidian://open)",
        "[a]([https://b)",
        "<https://a.b>",
        "<a@b.cd>",
        "![](https://a.b/c.png)",
        "[a][b]\n\n[b]: https://c.d",
    ],
)
def test_links_out_of_the_vault(text: str) -> None:
    """A scheme, or `://` inside, leads out of the vault; such a destination stays as written."""
    link = only(text)

    assert link.external
    assert "" == link.path
    assert () == parse_note(text).internal_links


@pytest.mark.parametrize("text", ["[]()", "[a]()", "[a](b c)", "[a] (b)", "\\[a](b)", "`[a](b)`", "[a]", "[[a](b)]]"])
def test_no_links(text: str) -> None:
    """Without destination, with bare spaces, escaped, in code or inside a wikilink there is no link."""
    assert () == parse_note(text).links


def test_image_in_a_link() -> None:
    """A link may show an image: both are there; inside the text of an image nothing is."""
    links = parse_note("[![a](b.png)](c) ![d [e](f) [[g]]](h.png)")

    assert ["c", "b.png", "h.png"] == [link.path for link in links.links]
    assert () == links.wikilinks


def test_embeds_are_in_text_order() -> None:
    """Embeds and images are told together."""
    assert ["a", "b", "c"] == [each.path for each in parse_note("![[a]] ![](b) [[x]] ![[c]] [y](z)").embeds]


def test_definitions() -> None:
    """Definitions know their destination; of equal labels the first counts, footnotes are none."""
    text = "[One]: a.md 'title'\n[two]: <b c>\n[ONE]: d\n[^1]: note\n"
    found = parse_note(text).definitions

    assert [("One", "a.md"), ("two", "b c")] == [(each.label, each.destination) for each in found]
    assert ["[One]: a.md 'title'", "[two]: <b c>"] == [each.span.of(text) for each in found]
    assert ["a.md", "b c"] == [each.destination_span.of(text) for each in found]


def test_links_in_tables_and_comments() -> None:
    """A link knows whether it stands in a table or in a comment."""
    links = parse_note("| [a](b) |\n|---|\n\n%% [c](d) %%\n").links

    assert [("b", True, False), ("d", False, True)] == [(k.path, k.in_table, k.in_comment) for k in links]
