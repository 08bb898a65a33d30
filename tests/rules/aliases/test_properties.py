"""Aliases in properties: what is read, and how they are mended in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Lines = Callable[..., list[str]]
Mended = Callable[..., dict[str, str]]


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
        ("aliases: ['']", "aliases: []"),
        ("aliases:\n- a\n-\nup: b", "aliases:\n- a\nup: b"),
        ("aliases:\n-\nup: b", "aliases: []\nup: b"),
        ("aliases:\n  - a\n  - # to come\n", "aliases:\n  - a\n  - # to come\n"),
        ('aliases: ["[[a]]"]', 'aliases: ["a"]'),
        ("aliases: <% tp.x, 1 %>", "aliases: <% tp.x, 1 %>"),
        ("aliases: 2024-01-01", "aliases: 2024-01-01"),
    ],
)
def test_mending(mended: Mended, before: str, after: str) -> None:
    """What was plainly meant is written; comments and the rest of the block stay as they are."""
    vault = {"Note.md": f"---\n{before}\n---\ntext\n"}

    assert f"---\n{after}\n---\ntext\n" == mended(vault, "aliases-property")["Note.md"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks(mended: Mended, line_break: str) -> None:
    """A line goes with its own line break, whatever that is."""
    before, after = "---|aliases:|  - a|  - ''|---|text|", "---|aliases:|  - a|---|text|"
    vault = {"Note.md": before.replace("|", line_break)}

    assert after.replace("|", line_break) == mended(vault, "aliases-property")["Note.md"]


def test_unquoted_link(lines: Lines) -> None:
    """A link without quotes is reported once, by the rule about such links."""
    vault = {"Note.md": "---\naliases:\n  - [[Soup]]\n---\n", "Other.md": "---\naliases: [[Soup]]\n---\n"}

    assert [] == lines(vault, "aliases-property")


def test_collisions_of_many(lines: Lines) -> None:
    """An alias that a template left in many notes is told in each, with the number of the others."""
    vault = {f"{place}.md": "---\naliases: [Soup]\n---\n" for place in range(10)}

    found = lines(vault, "alias-collision")

    assert 10 == len(found)
    assert "0.md:2:11 alias-collision the alias 'Soup' is also one of 9 other notes" == found[0]
