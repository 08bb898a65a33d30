"""Values that need quotes: which, and that nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.frontmatter.property_needs_quotes import PropertyNeedsQuotes

from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Applicability

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    "value",
    [
        "a: b",
        "@a",
        "`a`",
        "%a",
        "*a*",
        "]a",
        ", a",
        "a:",
        "[[A]] and [[B]]",
        "[a](b)",
        "> a",
        "| a",
        "& a",
        "a: b 'c'",
        "#: a",
    ],
)
def test_refused_values_are_texts(fixed: Fixed, value: str) -> None:
    """Of each the text is what is written, in quotes; all other properties are read again."""
    text = f"---\nt: {value}\nother: [x, 'y'] # kept\n---\n"

    after = fixed(PropertyNeedsQuotes, text)

    note = parse_note(after)
    if value == "#: a":  # a comment, and nobody knows of what
        assert text == after
        return
    assert [("t", value), ("other", ["x", "y"])] == [(each.key, each.value) for each in note.properties]
    assert after.endswith("\nother: [x, 'y'] # kept\n---\n")


@pytest.mark.parametrize("value", ['"a', "'a", "[a", "{a: b", "a: b\n  c", "|\n  @a: b", "{{a}}: b", "<% a %>: @"])
def test_what_cannot_be_mended_by_quotes_is_left(fixed: Fixed, value: str) -> None:
    """Open quotes and brackets, values over several lines and templates."""
    text = f"---\nt: {value}\nx: @y: z\n\tq\n---\n"

    assert text == fixed(PropertyNeedsQuotes, text, at_least=Applicability.UNSAFE)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "a:b",
            "a#b",
            "it's",
            'say "a"',
            "-a",
            "-",
            "?a",
            "12:30",
            "2024-01-01",
            "~5",
            "a - b",
            "http://x.y/#z",
            "1_000",
            "=a",
        ),
        *(
            "# a comment",
            "a # a comment",
            "[a, b]",
            "{a: b}",
            "[[A]]",
            "0123",
            "1e3",
            "yes",
            "1000000000000000000000",
            "[]",
        ),
        *("&x a", "*x"),
    ],
)
def test_values_that_are_read_as_written_or_meant_as_yaml(found: Found, value: str) -> None:
    """What needs no quotes, and what somebody wrote for YAML."""
    assert [] == found(PropertyNeedsQuotes, f"---\nbase: &x 1\nt: {value}\nlast: *x\n---\n")


def test_marks_of_yaml_that_fit_each_other_are_meant(fixed: Fixed) -> None:
    """A block that is refused for another reason, say for too many of them, is not made texts of."""
    text = "---\na: &a [x]\nb: &b [*a, *a]\nc: @d: *b\n---\n"

    assert text == fixed(PropertyNeedsQuotes, text, at_least=Applicability.UNSAFE)


def test_only_what_can_be_meant_as_nothing_else_is_safe(fixed: Fixed) -> None:
    """A colour and a long number are safe, a word behind a `#` is not."""
    text = "---\na: #fff\nb: 12345678901234567\nc: #todo\nd: x #1\ne: !y z\nf: &z a\n---\n"

    assert '---\na: "#fff"\nb: "12345678901234567"\nc: #todo\nd: x #1\ne: !y z\nf: &z a\n---\n' == fixed(
        PropertyNeedsQuotes, text
    )
    assert '---\na: "#fff"\nb: "12345678901234567"\nc: "#todo"\nd: "x #1"\ne: "!y z"\nf: "&z a"\n---\n' == fixed(
        PropertyNeedsQuotes, text, at_least=Applicability.UNSAFE
    )


def test_a_number_that_the_vault_takes_for_one(found: Found) -> None:
    """Where the vault says that it is a number, it is one, however long."""
    text = "---\nn: 12345678901234567\n---\n"

    assert [] == found(PropertyNeedsQuotes, text, property_types={"n": "number"})
    assert 1 == len(found(PropertyNeedsQuotes, f"---\nn: {'9' * 5000}\n---\n"))


def test_maps_in_a_list_of_maps_are_meant(found: Found) -> None:
    """A colon splits a text only among texts, and not in `aliases`, which have a rule of their own."""
    assert [] == found(PropertyNeedsQuotes, "---\nsteps:\n  - a: b\n  - c: d\n---\n")
    assert [] == found(PropertyNeedsQuotes, "---\naliases:\n  - a: b\n  - c\n---\n")
    assert 1 == len(found(PropertyNeedsQuotes, "---\nsteps:\n  - a: b\n  - c\n---\n"))


def test_hostile_blocks_take_no_time(found: Found) -> None:
    """Thousands of such values are nobody's."""
    assert [] == found(PropertyNeedsQuotes, "---\n" + "".join(f"k{n}: @x: y\n" for n in range(20_000)) + "---\n")
    assert [] == found(PropertyNeedsQuotes, "---\nk: " + "[" * 20_000 + "@: \n---\n")
    assert [] == found(PropertyNeedsQuotes, "---\nk: [" + "a, " * 20_000 + "@: \n---\n")
