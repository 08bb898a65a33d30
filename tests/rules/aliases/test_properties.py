"""Aliases in properties: what is read, and how they are mended in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.aliases.aliases_property import AliasesProperty

Told = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aliases: a, b", "aliases: [a, b]"),
        ("Aliases: a,b", "Aliases: [a, b]"),
        ("aliases: a, 2, true", 'aliases: [a, "2", "true"]'),
        ("aliases: [a, 2]", 'aliases: [a, "2"]'),
        ("aliases: 12.50", 'aliases: "12.50"'),
        ("aliases: [a, '']", "aliases: [a]"),
        ("aliases: ['', a]", "aliases: [a]"),
        ("aliases: ['']", "aliases: ['']"),
        ("aliases:\n- a\n-\nup: b", "aliases:\n- a\nup: b"),
        ("aliases:\n-\n-\nup: b", "aliases:\n-\n-\nup: b"),
        ("aliases:\n  - a\n  - # to come\n", "aliases:\n  - a\n  - # to come\n"),
        ('aliases: ["[[a]]"]', 'aliases: ["a"]'),
        ("aliases: <% tp.x, 1 %>", "aliases: <% tp.x, 1 %>"),
        ("aliases: 2024-01-01", "aliases: 2024-01-01"),
    ],
)
def test_mending(fixed: Fixed, before: str, after: str) -> None:
    """What was plainly meant is written; comments and the rest of the block stay as they are."""
    assert f"---\n{after}\n---\ntext\n" == fixed(AliasesProperty, f"---\n{before}\n---\ntext\n")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks(fixed: Fixed, line_break: str) -> None:
    """A line goes with its own line break, whatever that is."""
    before, after = "---|aliases:|  - a|  - ''|---|text|", "---|aliases:|  - a|---|text|"

    assert after.replace("|", line_break) == fixed(AliasesProperty, before.replace("|", line_break))


@pytest.mark.parametrize("value", ["\n  - [[Soup]]", " [[Soup]]", "\n- [[Soup|x]]"])
def test_unquoted_link(found: Told, value: str) -> None:
    """A link without quotes is reported once, by the rule about such links."""
    assert [] == found(AliasesProperty, f"---\naliases:{value}\n---\n")
