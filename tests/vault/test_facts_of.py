"""What a note tells the rest of the vault."""

from __future__ import annotations

import msgspec
import pytest

from vaultlint.note.model import Position
from vaultlint.note.note import parse_note
from vaultlint.vault.facts import Facts, LinkFact
from vaultlint.vault.facts_of import facts_of


def facts(text: str) -> Facts:
    return facts_of(parse_note(text, "Note.md"))


def only_link(text: str) -> LinkFact:
    (link,) = facts(text).links
    return link


def parts(text: str) -> dict[str, object]:
    """The only link of a note, spans as the text that they cover."""
    link = only_link(text)
    return {
        name: value.of(text) if name.endswith("span") else value
        for name, value in msgspec.structs.asdict(link).items()
        if value not in (None, False, ())
    }


def test_wikilink() -> None:
    """A wikilink with all its parts."""
    assert parts("see [[Food/Soup#Method#Boil|the soup]]") == {
        "span": "[[Food/Soup#Method#Boil|the soup]]",
        "path": "Food/Soup",
        "path_span": "Food/Soup",
        "subpath": ("Method", "Boil"),
        "subpath_span": "Method#Boil",
        "alias": "the soup",
    }


def test_block_embed() -> None:
    """An embed of a block: the segment begins with `^`."""
    assert parts("![[Soup#^boil]]") == {
        "span": "![[Soup#^boil]]",
        "path": "Soup",
        "path_span": "Soup",
        "subpath": ("^boil",),
        "subpath_span": "^boil",
        "embed": True,
    }


def test_markdown_link() -> None:
    """A Markdown link: the path decoded, its span as written."""
    assert parts("[soup](My%20Soup.md#How%20to)") == {
        "span": "[soup](My%20Soup.md#How%20to)",
        "path": "My Soup.md",
        "path_span": "My%20Soup.md",
        "subpath": ("How to",),
        "subpath_span": "How%20to",
        "alias": "soup",
        "markdown": True,
    }


def test_angle_brackets() -> None:
    """A destination in angle brackets is marked so: its spaces need no encoding."""
    assert parts("![s](<My Soup.png>)") == {
        "span": "![s](<My Soup.png>)",
        "path": "My Soup.png",
        "path_span": "My Soup.png",
        "subpath_span": "",
        "alias": "s",
        "embed": True,
        "markdown": True,
        "in_angle": True,
    }


def test_no_subpath() -> None:
    """Without a `#` the subpath is an empty span behind the path."""
    link = only_link("[[Soup|x]]")

    assert (6, 6) == (link.subpath_span.start, link.subpath_span.end)


def test_external_links() -> None:
    """What leads out of the vault is no fact of it (observed 14)."""
    assert () == facts("[a](https://example.org) <mailto:a@b.c> ![x](https://example.org/x.png)").links


def test_order() -> None:
    """Links of properties come first, then those of the body in the order of the text."""
    text = "---\nup: '[[A]]'\nsee: ['[[B]]']\n---\n[b](C.md) [[D]] ![x](E.png) ![[F]]\n"

    assert [("A", "up"), ("B", "see.0"), ("C.md", None), ("D", None), ("E.png", None), ("F", None)] == [
        (link.path, link.property_key) for link in facts(text).links
    ]


def test_where_links_stand() -> None:
    """A link knows whether it stands in a table cell or in a comment."""
    text = "| a |\n| --- |\n| [[A\\|x]] |\n\n%% [[B]] %%\n"

    assert [("A", True, False), ("B", False, True)] == [
        (link.path, link.in_table, link.in_comment) for link in facts(text).links
    ]


def test_headings_and_blocks() -> None:
    """Headings with their levels, and block ids as written."""
    found = facts("# One\n\ntext ^Some-Id\n\nTwo\n---\n")

    assert [(1, "One"), (2, "Two")] == [(heading.level, heading.text) for heading in found.headings]
    assert ["Some-Id"] == [block.id for block in found.blocks]


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("汤。^Han \n\nSalt.^dot\n\n![[a.png]]^a\n", ("han",)),
        ("- peas ^peas\n  in water\n- salt ^salt\n", ("peas",)),
        ("> peas ^peas\n> in water\n", ("peas",)),
        ("Peas. ^peas\r\n\r\n在水里。^Peas\r\n", ()),
        ("`。^a`\n```\n。^b\n```\n$$\n。^c\n$$\n", ()),
        ("汤。^my_peas\n\n汤。^peas, in water\n\n汤。^\n", ()),
    ],
)
def test_doubtful_blocks(text: str, doubtful: tuple[str, ...]) -> None:
    """An id at the end of a line, right behind a CJK sign or where the block goes on, is perhaps one to the app."""
    assert doubtful == facts(text).doubtful_blocks


@pytest.mark.parametrize(
    ("value", "aliases"),
    [
        ("[Broth, 'Hot Soup']", ["Broth", "Hot Soup"]),
        ("\n  - Broth\n  - 12\n  - ''\n  -", ["Broth"]),
        ("Broth", ["Broth"]),
        ("Broth, Stock", []),
        ("", []),
        ("{a: b}", []),
    ],
)
def test_aliases(value: str, aliases: list[str]) -> None:
    """Aliases are a list of texts, or one text; several in one text are none since 1.9 (semantics 6.15)."""
    assert aliases == [alias.text for alias in facts(f"---\naliases: {value}\n---\n").aliases]


def test_old_keys() -> None:
    """`alias` and `tag` are ignored since 1.9; the case of a key does not matter (semantics 6.12, 6.14)."""
    found = facts("---\nalias: Broth\ntag: food\nAliases: Stock\nTAGS: hot\n---\n")

    assert (["Stock"], ["hot"]) == ([alias.text for alias in found.aliases], [tag.text for tag in found.tags])


def test_tags() -> None:
    """Tags of the frontmatter lose a leading `#`; those of the body keep their case."""
    found = facts("---\ntags: ['#food', Hot]\n---\nText #Soup/Clear\n")

    assert [("food", True), ("Hot", True), ("Soup/Clear", False)] == [
        (tag.text, tag.in_frontmatter) for tag in found.tags
    ]


def test_suppressions() -> None:
    """The note's suppressions are among its facts."""
    assert 1 == len(facts("%% vaultlint-disable-next-line unresolved-link %%\n[[Nowhere]]\n").suppressions)


@pytest.mark.parametrize(("newline", "mark"), [("\n", ""), ("\r\n", ""), ("\r", ""), ("\n", "\ufeff")])
def test_positions(newline: str, mark: str) -> None:
    """Lines and columns count from 1, in code points; a byte order mark is no column."""
    found = facts(f"{mark}é [[A]]{newline}🍲 [[B]]{newline}[[C]]")

    assert [Position(1, 3), Position(2, 3), Position(3, 1)] == [found.position(link.span.start) for link in found.links]


def test_round_trip() -> None:
    """Facts survive the way between processes, to the last span."""
    text = (
        "---\naliases: [Broth]\ntags: a\nup: '[[A#^x|y]]'\n---\n# One\n\n![[B\\|20]] [c](<d e.md#f>) #tag\n\n"
        "text ^id\n\n%% vaultlint-disable %%\n| a |\n| - |\n| [[q]] |\n"
    )
    found = facts(text)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Facts) == found


def test_parts() -> None:
    """Facts with some parts alone have nothing of the others, and one part put in place leaves all others."""
    found = facts("---\naliases: [Broth]\n---\n# One\n\n[[A]] #tag\n")
    other = facts("[[B#C]]\n")

    only = found.only(Facts.headings, Facts.tags)
    led = found.with_links_of(other)

    assert (only.headings, only.tags, only.links, only.aliases) == (found.headings, found.tags, (), ())
    assert not only.has_links
    assert (led.links, led.targets, led.headings) == (other.links, other.targets, found.headings)
    assert found.with_headings(()).aliases == found.aliases
    assert found.with_headings(()).headings == ()
