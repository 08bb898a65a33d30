"""Rules that put properties in order, where others are known to do harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.aliases.alias_from_title import AliasFromTitle
from vaultlint_rules.aliases.alias_from_title import Options as AliasOptions
from vaultlint_rules.frontmatter.list_property_duplicates import ListPropertyDuplicates
from vaultlint_rules.frontmatter.list_property_order import ListPropertyOrder
from vaultlint_rules.frontmatter.list_property_order import Options as SortOptions
from vaultlint_rules.frontmatter.list_property_style import ListPropertyStyle
from vaultlint_rules.frontmatter.list_property_style import Options as StyleOptions
from vaultlint_rules.frontmatter.property_order import Options as OrderOptions
from vaultlint_rules.frontmatter.property_order import PropertyOrder
from vaultlint_rules.frontmatter.property_quote_style import Options as QuoteOptions
from vaultlint_rules.frontmatter.property_quote_style import PropertyQuoteStyle
from vaultlint_rules.frontmatter.removed_property import Options as RemovedOptions
from vaultlint_rules.frontmatter.removed_property import RemovedProperty
from vaultlint_rules.frontmatter.title_property import TitleProperty

from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import NoteRule

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


def test_a_date_is_never_made_a_list(fixed: Fixed) -> None:
    """A value that is no list becomes none, whatever the style of lists, unless its property is named."""
    text = "---\ndate: 2022-08-14\ntopic: soup\n---\n"

    for style in ("block", "flow"):
        assert text == fixed(ListPropertyStyle, text, options=StyleOptions(style=style))
        named = StyleOptions(style=style, styles={"topic": "flow"})
        assert text.replace("soup", "[soup]") == fixed(ListPropertyStyle, text, options=named)


def test_bare_links_in_a_list_stay_as_they_are_written(fixed: Fixed) -> None:
    """What YAML takes for a list in a list is written into the other style sign by sign."""
    text = '---\nup:\n- [[Board Meeting]]\n- "[[Home]]"\n---\n'

    assert '---\nup: [[[Board Meeting]], "[[Home]]"]\n---\n' == fixed(
        ListPropertyStyle, text, options=StyleOptions(style="flow")
    )
    assert [] == [line for line in text.splitlines() if "- - -" in line]


@pytest.mark.parametrize("style", ["block", "flow"])
@pytest.mark.parametrize(
    "value",
    [
        " &all [a, b]",
        " !!set [a, b]",
        " [a, b: c]",
        "\n  - a\n  # between\n  - b",
        "\n  - a\n  -\n  - b",
        "\n  - |\n    a\n    b",
        " [a,\n  # b\n  c]",
        " []",
        " {a: [b]}",
    ],
)
def test_lists_with_more_than_values_are_left_alone(fixed: Fixed, style: str, value: str) -> None:
    """Anchors, maps, comments, empty items and texts over several lines have no place in the other style."""
    text = f"---\nlist:{value}\n---\n"

    assert text == fixed(ListPropertyStyle, text, options=StyleOptions(style=style))


def test_values_get_quotes_where_brackets_ask_for_them(fixed: Fixed) -> None:
    """A comma or bracket in a plain value would be one of the list's."""
    text = "---\nlist:\n  - a, b\n  - c]\n  - it's\n  - x: y\n---\n"
    without_map = text.replace("  - x: y\n", "")

    assert text == fixed(ListPropertyStyle, text, options=StyleOptions(style="flow"))
    assert '---\nlist: ["a, b", "c]", it\'s]\n---\n' == fixed(
        ListPropertyStyle, without_map, options=StyleOptions(style="flow")
    )


def test_line_breaks_are_the_notes_own(fixed: Fixed) -> None:
    """New lines end as the others do."""
    assert "---\r\nlist:\r\n  - a\r\n  - b\r\n---\r\n" == fixed(ListPropertyStyle, "---\r\nlist: [a, b]\r\n---\r\n")
    assert "---\r\na: 1\r\nb: 2\r\n---\r\n" == fixed(PropertyOrder, "---\r\nb: 2\r\na: 1\r\n---\r\n")


@pytest.mark.parametrize(
    "block",
    [
        "b: &x 1\na: *x\n",  # it would stand above what it refers to
        "{b: 1, a: 2}\n",
        "b: 1\na: 2 # last\n".replace("\na", " # one\n? a\n"),
    ],
)
def test_an_order_that_cannot_be_had_is_not_forced(fixed: Fixed, block: str) -> None:
    """Where a property would read otherwise, or shares its line, nothing moves."""
    text = f"---\n{block}---\n"

    assert text == fixed(PropertyOrder, text)


def test_a_value_takes_all_of_its_lines_along(fixed: Fixed) -> None:
    """Maps, lists with comments, texts over several lines."""
    b = "b: |+\n  text\n\n  more\n"
    a = "a:\n- x # one\n  # two\n- y\n  # three\n"
    c = "# of c\nc:\n  d:\n    - 1\n"

    assert f"---\n{a}{b}{c}---\n" == fixed(PropertyOrder, f"---\n{b}{a}{c}---\n")
    assert f"---\n{c}{b}{a}---\n" == fixed(
        PropertyOrder, f"---\n{b}{a}{c}---\n", options=OrderOptions(order=("C", "b", "none"))
    )


def test_equal_names_keep_their_order(found: Found) -> None:
    """A name that `order` lists twice counts once, and case makes no difference."""
    options = OrderOptions(order=("b", "B", "a"), others="keep")

    assert [] == found(PropertyOrder, "---\nB: 1\nA: 2\nz: 3\nc: 4\n---\n", options=options)


def test_numbers_may_stand_twice(found: Found) -> None:
    """Texts that are equal are told, numbers and truth values are data."""
    text = "---\nlist: [4, 4, true, true, '4', \"4\", a, 'a', A]\n---\n"

    assert ["2:31 '4' stands in 'list' already", "2:39 'a' stands in 'list' already"] == found(
        ListPropertyDuplicates, text
    )


def test_accents_and_case_decide_last(fixed: Fixed) -> None:
    """Words come as in a dictionary; of equal ones the lower case first, and what is equal keeps its place."""
    text = "---\ntags: [Zoo, éclair, Edam, eclair, zoo]\n---\n"

    assert "---\ntags: [eclair, éclair, Edam, zoo, Zoo]\n---\n" == fixed(ListPropertyOrder, text)
    backwards = SortOptions(order="descending")
    assert "---\ntags: [Zoo, zoo, Edam, éclair, eclair]\n---\n" == fixed(ListPropertyOrder, text, options=backwards)


@pytest.mark.parametrize("value", ["[b, 1]", "[b, [a]]", "[b, a # c\n  ]", "[b, # c\n  a]"])
def test_lists_of_more_than_plain_texts_are_not_sorted(fixed: Fixed, value: str) -> None:
    """Numbers, lists and texts over several lines keep their order."""
    text = f"---\ntags: {value}\n---\n"

    assert text == fixed(ListPropertyOrder, text)


def test_quotes_do_not_fight_with_the_vaults_types(fixed: Fixed) -> None:
    """A number in quotes would be none: where the vault says that it is one, it gets no quotes."""
    options = QuoteOptions(properties=("n", "t"))
    text = "---\nn: 5\nt: 5\n---\n"

    assert '---\nn: 5\nt: "5"\n---\n' == fixed(
        PropertyQuoteStyle, text, options=options, property_types={"n": "number", "t": "text"}
    )


def test_a_date_keeps_its_quotes(fixed: Fixed) -> None:
    """Quotes are put on and changed, never taken off."""
    text = '---\ndate: "2024-01-01"\n---\n'

    assert text == fixed(PropertyQuoteStyle, text)


def test_the_last_property_goes_and_the_dashes_stay(fixed: Fixed) -> None:
    """A note without properties is fine."""
    options = RemovedOptions(properties=("a",))  # type: ignore[arg-type]

    assert "---\n---\nText\n" == fixed(
        RemovedProperty, "---\na: 1\n---\nText\n", options=options, at_least=Applicability.UNSAFE
    )


def test_what_others_refer_to_is_not_removed(fixed: Fixed) -> None:
    """An anchor's value is needed below."""
    options = RemovedOptions(properties=("a",))  # type: ignore[arg-type]
    text = "---\na: &x 1\nb: *x\n---\n"

    assert text == fixed(RemovedProperty, text, options=options, at_least=Applicability.UNSAFE)


@pytest.mark.parametrize("rule", [TitleProperty, AliasFromTitle])
@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Soup ^id", "Soup"),
        ("# [[Soup]] and [[Peas#Green|peas]]", "Soup and peas"),
        ("# [Soup](https://example.org) `cold` ![[a.png]]", "Soup cold"),
        ("# ***Soup*** ==green== ~~x~~ __y__", "Soup green x y"),
        ("# snake_case_soup", "snake_case_soup"),
        ("# Soup %% draft %% ##", "Soup"),
        ("# \\#1 soup", '"#1 soup"'),
        ("Soup\n====", "Soup"),
        ("# C: a note", '"C: a note"'),
    ],
)
def test_a_heading_is_read_as_it_is_shown(fixed: Fixed, rule: type[NoteRule], heading: str, title: str) -> None:
    """Marks, links and ids are no part of the title."""
    expected = f"title: {title}" if rule is TitleProperty else f"aliases:\n  - {title}"

    assert f"---\n{expected}\n---\n{heading}\n" == fixed(rule, f"{heading}\n", "2026.md")


def test_a_template_has_no_title_yet(found: Found) -> None:
    """A placeholder in the heading or the property waits to be filled in."""
    assert [] == found(TitleProperty, "# {{title}}\n")
    assert [] == found(TitleProperty, "---\ntitle: '{{title}}'\n---\n# Soup\n")
    assert [] == found(AliasFromTitle, "# <% tp.file.title %>\n")
    assert [] == found(TitleProperty, "# Soup\n", "T/a.md", template_folders=("T",))


def test_what_is_not_read_is_not_written_to(found: Found) -> None:
    """Properties with an error are left to `frontmatter-syntax`."""
    assert [] == found(TitleProperty, "---\na: b: c\n---\n# Soup\n")
    assert [] == found(AliasFromTitle, "---\na: b: c\n---\n# Soup\n", options=AliasOptions(property="a"))
