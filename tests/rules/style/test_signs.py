"""Signs of headings, breaks, emphasis, quotes and code that could be others, and those that could not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.blocks.code_block_style import CodeBlockStyle
from vaultlint_rules.blocks.code_block_style import Options as Fences
from vaultlint_rules.callouts.blockquote_style import BlockquoteStyle
from vaultlint_rules.callouts.blockquote_style import Options as Quotes
from vaultlint_rules.headings.heading_start import HeadingStart
from vaultlint_rules.headings.heading_start import Options as Headings
from vaultlint_rules.style.emphasis_style import EmphasisStyle
from vaultlint_rules.style.emphasis_style import Options as Emphasis
from vaultlint_rules.style.horizontal_rule_style import HorizontalRuleStyle

Found = Callable[..., list[str]]
Fixed = Callable[..., str]
UNDERSCORES = Emphasis(emphasis="underscore", strong="underscore")


@pytest.mark.parametrize(
    "text",
    [
        "a*b*c",
        "日*本*語",
        "*a #b*",
        "*#b*",
        "*see https://example.org/a*",
        "*https://example.org/a b*",
        "***a***",
        "*a **b***",
        "# *a*",
        "> [!b] *a*",
        "key:: *a*",
        "[*a*](b)",
        "[[b|*a*]]",
        "`*a*` $*a*$ %%*a*%% <% *a* %>",
        "*a `b`*",
        "_b *a*",
    ],
)
def test_emphasis_that_keeps_its_signs(found: Found, text: str) -> None:
    """Where the other sign would be read as something else, or as a part of a name, nothing is said."""
    assert [] == found(EmphasisStyle, text, options=UNDERSCORES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b**", "_a_ __b__"),
        ("**a *b* c**", "__a _b_ c__"),
        ("(*a*), *b*.", "(_a_), _b_."),
        ("| *a* |\n| - |", "| _a_ |\n| - |"),
        ("- *a*\n  > **b c**", "- _a_\n  > __b c__"),
        ("*a [[b]] c*", "_a [[b]] c_"),
        ("*a* and a_b and 2 * 3", "_a_ and a_b and 2 * 3"),
    ],
)
def test_emphasis_with_other_signs(fixed: Fixed, text: str, expected: str) -> None:
    """Emphasis and strong emphasis are changed wherever their signs stand free."""
    assert expected == fixed(EmphasisStyle, text, options=UNDERSCORES)


@pytest.mark.parametrize("text", ["2 ** 3 ** 4", "a ** b", "** a\nb **", "`** a **`", "\\** a\\**", "**a** b **c**"])
def test_signs_that_are_no_emphasis_and_none_was_meant(found: Found, text: str) -> None:
    """A power, a sign alone, code: nobody meant emphasis."""
    assert [] == found(EmphasisStyle, text)


@pytest.mark.parametrize(("text", "kept"), [("a\n***\n", True), ("***\n\na\n\n---\n", True), ("a\n\n***\n", False)])
def test_a_break_where_dashes_mean_something_else(fixed: Fixed, text: str, *, kept: bool) -> None:
    """Below text dashes make a heading, at the top of a note they open properties."""
    assert kept is (text == fixed(HorizontalRuleStyle, text))


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("a #\n===\n", Headings(underlined=True), "a #\n===\n"),
        ("a ^b\n===\n", Headings(underlined=True), "a ^b\n===\n"),
        ("a\nb\n===\n", Headings(underlined=True), "a\nb\n===\n"),
        ("  a  \n  ---  \nb\n", Headings(underlined=True), "## a\nb\n"),
        ("## a #b # ##\n", Headings(), "## a #b # ##\n"),
        ("#\n## \n", Headings(style="closed"), "#\n## \n"),
        ("#tag\n", Headings(style="closed"), "#tag\n"),
    ],
)
def test_headings(fixed: Fixed, text: str, options: Headings, expected: str) -> None:
    """A heading keeps what is a part of its text, and nothing becomes one."""
    assert expected == fixed(HeadingStart, text, options=options)


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        (">a\n>>b\n> >c\n>\n", "> a\n> > b\n> > c\n>\n"),
        (">\tcode\n", ">\tcode\n"),
        (">-\ta\n> -\tb\n", ">-\ta\n> -\tb\n"),
        ("- >a\n  >b\n", "- > a\n  > b\n"),
        (">%%a\n>b%%\n", ">%%a\n>b%%\n"),
    ],
)
def test_quotes(fixed: Fixed, text: str, spaced: str) -> None:
    """Each `>` with text or another one behind it gets its space, or loses it."""
    assert spaced == fixed(BlockquoteStyle, text)
    assert spaced == fixed(BlockquoteStyle, fixed(BlockquoteStyle, spaced, options=Quotes(style="no-space")))


@pytest.mark.parametrize("text", ["~~~\n```\n~~~\n", "~~~ a`b\n~~~\n", "~~~\na\n", "%%\n~~~\na\n~~~\n%%\n", "`~~~`\n"])
def test_fences_that_stay(fixed: Fixed, text: str) -> None:
    """A fence stays where backticks could not stand in its place."""
    assert text == fixed(CodeBlockStyle, text)


def test_code_by_indent(fixed: Fixed) -> None:
    """Tabs and spaces that make a line code go, the others stay; the fence is longer than any in the code."""
    text = "a\n\n\tb\n\n \t\tc\n    ````\n\nd\n"
    expected = "a\n\n`````\nb\n\n\tc\n````\n`````\n\nd\n"

    assert expected == fixed(CodeBlockStyle, text, options=Fences(indented="fenced"))
