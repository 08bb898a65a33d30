"""Properties that the app can't read, or reads none of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.frontmatter.duplicate_property import DuplicateProperty
from vaultlint_rules.frontmatter.frontmatter_syntax import FrontmatterSyntax

from vaultlint.rule.fix import Applicability

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


def test_a_template_is_not_judged(found: Found) -> None:
    """A placeholder is no YAML before it is filled in, in a folder of templates or anywhere."""
    broken = "---\ntitle: a: b\n---\n"

    assert [] == found(FrontmatterSyntax, broken, "Templates/Day.md", template_folders=("Templates",))
    assert [] == found(FrontmatterSyntax, '---\nup: "<% tp.x("a") %>"\n---\n')
    assert [] == found(FrontmatterSyntax, "---\n<%*\nlet a = 1: 2\n-%>\n{{x}}: 1\n{{y}}: {{z}} a\n---\n")
    assert 1 == len(found(FrontmatterSyntax, "---\nday: {{date}}\ntitle: a: b\n---\n"))
    assert 1 == len(found(FrontmatterSyntax, broken, "Templates.md", template_folders=("Templates",)))


def test_one_fault_one_rule(found: Found) -> None:
    """A duplicate is no fault of syntax, and a fault of syntax is no duplicate."""
    twice, broken = "---\na: 1\na: 2\n---\n", "---\na: b: c\n---\n"

    assert ([], 1) == (found(FrontmatterSyntax, twice), len(found(DuplicateProperty, twice)))
    assert (1, []) == (len(found(FrontmatterSyntax, broken)), found(DuplicateProperty, broken))


def test_a_note_without_properties_is_fine(found: Found) -> None:
    """A rule at the top of a note, an empty block and an empty note have no fault."""
    for text in ("", "Text\n", "---\n---\n", "---\n\n---\n", "Text\n\n---\na: b: c\n---\n"):
        assert [] == found(FrontmatterSyntax, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntags: [a]\nx: 1\ntags: [a]\n---\n", "---\ntags: [a]\nx: 1\n---\n"),
        ("---\ntags:\nx: 1\ntags: [a]\n---\n", "---\nx: 1\ntags: [a]\n---\n"),
        ("---\ntags:\n  - a\n\n  - b\nx: 1\ntags:\n---\n", "---\ntags:\n  - a\n\n  - b\nx: 1\n---\n"),
        ("---\r\na: 1\r\n'a': 1\r\n---\r\n", "---\r\na: 1\r\n---\r\n"),
        ("---\na: 1\na: 2\n---\n", "---\na: 1\na: 2\n---\n"),
        ("---\nm:\n  a: 1\n  a: 1\n---\n", "---\nm:\n  a: 1\n  a: 1\n---\n"),
    ],
)
def test_removing_a_duplicate_is_suggested(fixed: Fixed, text: str, expected: str) -> None:
    """One of two is taken away where nothing is lost by it, with all its lines; never without being asked."""
    assert expected == fixed(DuplicateProperty, text, at_least=Applicability.SUGGESTION)
    assert text == fixed(DuplicateProperty, text, at_least=Applicability.UNSAFE)


def test_names_that_differ_in_case(found: Found) -> None:
    """Upper and lower case make no other property; every one after the first is reported."""
    assert [
        "3:1 'Url' and 'url' are one property to Obsidian",
        "4:1 'URL' and 'url' are one property to Obsidian",
    ] == found(DuplicateProperty, "---\nurl: a\nUrl: b\nURL: c\n---\n")
