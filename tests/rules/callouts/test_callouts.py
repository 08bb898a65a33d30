"""What almost is a callout, and what is something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.callouts.callout_syntax import CalloutSyntax
from vaultlint_rules.callouts.callout_type import CalloutType, Options

from vaultlint import parse_note

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    "text",
    [
        "> [!note]",
        ">[!NOTE]+ a",
        "> [!note|wide red] a",
        "> [!my type] a",
        "> [!note](b)",
        "> [!note][b]",
        "> [![a](b.png)](c)",
        "> [!]",
        "> \\[!note]a",
        "> [!note]\u00a0a",
        "> [!<% a %>]b",
        "> a\n> [!note]b",
        "[!unknown] a",
        "`> [!note]a`",
        "```\n> [!note]a\n```",
        "> [!note] a\n> b\n^id\n\nc",
        "> [!note] a\n> b\n\nc",
    ],
)
def test_nothing_to_say(found: Found, text: str) -> None:
    """Callouts as they should be, links, templates, code, and the id below a callout."""
    assert [] == found(CalloutSyntax, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> > [!note]a\n", "> > [!note] a\n"),
        ("> [ !note|wide ]+a\n", "> [!note|wide ]+ a\n"),
        ("> [!note]--\n", "> [!note]-\n"),
        ("> [!note]? a\n", "> [!note] a\n"),
        ("> [!note]: a\n", "> [!note]: a\n"),
        ("> [!note]\n| a | b |\n", "> [!note]\n| a | b |\n"),
        ("> [!note]#a\n", "> [!note]#a\n"),
        ("> [!note]a\n> ---\n", "> [!note]a\n> ---\n"),
        ("> [!note]a\n> [r]: b.md\n", "> [!note]a\n> [r]: b.md\n"),
        ("> [!note]a  \n> b\n", "> [!note]a  \n> b\n"),
        ("> [!note]a\n> b ^id\n", "> [!note] a\n> b ^id\n"),
        ("> [!note]\n    > a\n", "> [!note]\n    > a\n"),
        ("> [!note] a\nb\n> c\nd\n", "> [!note] a\n> b\n> c\n> d\n"),
        (">\r\n> [!note] a\r\n> b\r\n", "> [!note] a\r\n> b\r\n"),
    ],
)
def test_mended(fixed: Fixed, text: str, expected: str) -> None:
    """What was meant is written; where that is not sure, nothing is."""
    assert expected == fixed(CalloutSyntax, text)


def test_types_of_the_vault(found: Found) -> None:
    """Types that CSS or plug-ins define are known, unless the owner says otherwise."""
    text = "> [!Recipe] a"
    context = {"callout_types": ("recipe",)}

    assert [] == found(CalloutType, text, **context)
    assert ["1:5 'Recipe' is no type that the app or the vault knows"] == found(
        CalloutType, text, options=Options(snippets=False), **context
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [("into", "info"), ("Waning", "warning"), ("tips", "tip"), ("MAIL", None), ("FILE", None), ("compatibility", None)],
)
def test_only_a_slip_of_the_pen_is_told_what_it_may_mean(name: str, meant: str | None) -> None:
    """A word of its own is no slip: 'mail' is not 'fail'."""
    (found,) = CalloutType().check(parse_note(f"> [!{name}] a\n"))

    assert (f"did you mean '{meant}'?" if meant else None) == found.hint
