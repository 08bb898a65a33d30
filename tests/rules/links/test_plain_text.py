"""What looks like a fault of a link to other tools and is none (semantics, section 11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.rule.finding import Diagnostic

Found = Callable[..., tuple[Diagnostic, ...]]
Mended = Callable[..., str]

ORDINARY = """---
up: "[[Soup]]"
---
#tag at the start of a line, ==h==, %%c%%, [[Soup#Pea soup OS]] and ![[pot.png|300]]
(status:: active)[text] and [status:: active], `= this.file.name`, [a](#Pea%20soup%20OS), [#9916](https://example.com/#frag)

| a | b |
| --- | --- |
| [[Soup\\|x]] | ![[pot.png\\|200]] |

> [!NOTE] Title
> [!x] text

$x[[1]]$ <% tp.x %> and &#039; [^1] ^[inline [note].]

- [ ] [[Soup|a b]] 📅 2024-01-01 ^id

[^1]: Text.
"""
RULES = (
    "reversed-link",
    "empty-link",
    "link-syntax",
    "reference-link",
    "embed-size",
    "link-case-mismatch",
    "link-extension",
    "link-text-spacing",
    "bare-url",
    "heading-space",
    "heading-duplicate",
    "block-id-syntax",
    "block-id-duplicate",
    "template-placeholder",
)


def test_an_ordinary_note_has_nothing_wrong(found: Found) -> None:
    """Tags, fields, callouts, tables, math, footnotes and block ids are what they are."""
    vault = {"Note.md": ORDINARY + "\n# Pea soup OS\n", "Soup.md": "# Pea soup OS\n", "pot.png": ""}

    said = [f"{one.position.line} {one.rule} {one.message}" for one in found(vault, *RULES)]

    assert [] == [line for line in said if "'<% tp.x %>'" not in line]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(a)[https://example.com]: b", "[a](https://example.com): b"),
        ("- [ ] (a)[b.md]", "- [ ] [a](b.md)"),
        ("[(a)[https://example.com]](c)", "[(a)[https://example.com]](c)"),
    ],
)
def test_reversed(mended: Mended, before: str, after: str) -> None:
    """Turned round where it stands; not inside another link."""
    assert after == mended({"Note.md": before}, "reversed-link")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/_a_",
        "https://youtu.be/x?t=30",
        "中https://example.com",
        "[[a]]https://example.com",
        "https://example.com/a\\_b",
    ],
)
def test_addresses_that_stay(found: Found, text: str) -> None:
    """Reported, and not touched: another reader may see something else in them."""
    assert [None] == [one.fix for one in found({"Note.md": text}, "bare-url")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[Soup]]", "[Soup](Soup.md)"),
        ("[[Soup|a & b]]", "[a & b](Soup.md)"),
        ("[[Soup|a *b*]]", "[[Soup|a *b*]]"),
        ("[[Soup#How (much)]]", "[Soup > How (much)](Soup.md#How%20%28much%29)"),
        ("[[Nowhere]]", "[[Nowhere]]"),
        ("| a |\n| --- |\n| [[Soup\\|x]] |", "| a |\n| --- |\n| [x](Soup.md) |"),
        ("# On [[Soup]]\n\n[[#On Soup]]", "# On [[Soup]]\n\n[On Soup](#On%20Soup)"),
    ],
)
def test_markdown_links(mended: Mended, before: str, after: str) -> None:
    """A link that says the same in both kinds is written anew; any other stays."""
    vault = {".obsidian/app.json": '{"useMarkdownLinks": true}', "Soup.md": "# How (much)\n", "Note.md": before}

    assert after == mended(vault, "link-style")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("![](pot.png)", "![what is to be seen](...)"),
        ("![|300](pot.png)", "![what is to be seen|300](...)"),
        ("![[pot.png]]", "![[pot.png|what is to be seen]]"),
        ("![[pot.png#icon|300x200]]", "![[pot.png#icon|what is to be seen|300x200]]"),
    ],
)
def test_the_hint_for_alternative_text_keeps_what_is_written(found: Found, written: str, hint: str) -> None:
    """A size and a subpath, which themes make use of, stay where they are."""
    (one,) = found({"Note.md": f"{written}\n", "pot.png": ""}, "image-alt-text")

    assert one.hint is not None
    assert one.hint.endswith(f": {hint}")
