"""Old names of properties, and links in properties."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.frontmatter.deprecated_property import DeprecatedProperty
from vaultlint_rules.frontmatter.unquoted_property_link import UnquotedPropertyLink

from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Applicability

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag: a", "tags: a"),
        ("tag:", "tags:"),
        ("Tag: [a, b] # two", "tags: [a, b] # two"),
        ("tag:\n- a\n- b", "tags:\n- a\n- b"),
        ("tag: a, b", "tags: [a, b]"),
        ("tag: 'a b'", "tags: [a, b]"),
        ('tag: "#a, #b"', 'tags: ["#a", "#b"]'),
        ("tag: 2024, a", 'tags: ["2024", a]'),
        ("alias: Winter soup", "aliases: Winter soup"),
        ("alias: Broth, Winter soup", "aliases: [Broth, Winter soup]"),
        ("cssclass: wide dark", "cssclasses: [wide, dark]"),
        ("'alias': x", "aliases: x"),
        ('alias: "[a, b]"', 'alias: "[a, b]"'),
        ("tag: >\n  a\n  b", "tag: >\n  a\n  b"),
        ("tag: <% tp.a, b %>", "tag: <% tp.a, b %>"),
        ("tags: [a]\ntag: b", "tags: [a]\ntag: b"),
        ("tag: a\nTag: b", "tag: a\nTag: b"),
    ],
)
def test_old_names_become_new_ones(fixed: Fixed, text: str, expected: str) -> None:
    """The name changes, and a text of several values becomes a list; what is unclear is left alone."""
    assert f"---\n{expected}\n---\n" == fixed(DeprecatedProperty, f"---\n{text}\n---\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tags: [a]\ntag: b, a", "tags: [a, b]"),
        ("tags: []\ntag: b", "tags: [b]"),
        ("tags:\ntag: b", "tags: [b]"),
        ("tags: \ntag: b", "tags: [b]"),
        ("tags: # none\ntag: b", "tags: [b] # none"),
        ("tags:\n  - a\ntag: [b, c]\nx: 1", "tags:\n  - a\n  - b\n  - c\nx: 1"),
        ("tag: A\ntags: [a]", "tags: [a]"),
        ("tags: a\ntag: b", "tags: [a, b]"),
        ("tags: a, c\ntag: b", "tags: a, c\ntag: b"),
        ("tag: &x a\nother: *x\ntags: [a]", "tag: &x a\nother: *x\ntags: [a]"),
    ],
)
def test_moving_values_over_is_suggested(fixed: Fixed, text: str, expected: str) -> None:
    """What the new list lacks is put at its end, and the old name's lines go."""
    before = f"---\n{text}\n---\n"
    after = fixed(DeprecatedProperty, before, at_least=Applicability.SUGGESTION)

    assert f"---\n{expected}\n---\n" == after
    assert parse_note(after, "").frontmatter.error is None
    assert before == fixed(DeprecatedProperty, before, at_least=Applicability.UNSAFE)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[A]]", '"[[A]]"'),
        ("[[A b#c|d]] # e", '"[[A b#c|d]]" # e'),
        ("[[A, B]]", '"[[A, B]]"'),
        ("[[A|x: y]]", '"[[A|x: y]]"'),
        ("[[2024]]", '"[[2024]]"'),
        ('[[A|the "b"]]', '"[[A|the \\"b\\"]]"'),
        (r"[[A\|b]]", r'"[[A\\|b]]"'),
        ("[[[A]], [[B]]]", '["[[A]]", "[[B]]"]'),
        ("\n- [[A]] # x\n- '[[B]]'", "\n- \"[[A]]\" # x\n- '[[B]]'"),
        ("[[A], [B]]", "[[A], [B]]"),
        ("[[1, 2]]", "[[1, 2]]"),
        ("[['A']]", "[['A']]"),
        ("[[]]", "[[]]"),
        ("[ [A] ]", "[ [A] ]"),
        ("[[[A]]]", '["[[A]]"]'),
        ("[[<% tp.file.title %>]]", "[[<% tp.file.title %>]]"),
        ('"[[A]]"', '"[[A]]"'),
    ],
)
def test_bare_links_are_quoted(fixed: Fixed, found: Found, written: str, expected: str) -> None:
    """What stands in double brackets becomes a text as it is written; real lists of lists stay."""
    text = f"---\nup: {written}\nz: 1\n---\n"
    after = fixed(UnquotedPropertyLink, text)

    assert f"---\nup: {expected}\nz: 1\n---\n" == after
    assert [] == found(UnquotedPropertyLink, after)


def test_a_quoted_link_is_a_link(fixed: Fixed) -> None:
    """After the fix the app sees the links."""
    text = "---\nup: [[A|b]]\nmore:\n  - [[C, D]]\n---\n"
    links = parse_note(fixed(UnquotedPropertyLink, text), "").property_links

    assert [("up", "A"), ("more.0", "C, D")] == [(each.key, each.link.target) for each in links]
