"""Two notes mean the same where only their layout differs, and not where anything else does."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from vaultlint.tree import parse
from vaultlint.tree.meaning import KINDS, meaning


def entries(text):
    return meaning(parse(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  b\n", "a b\n\n\n"),
        ("# Head\ntext", "# Head #\n\ntext"),
        ("Head\n====\n", "# Head\n"),
        ("* a\n* b\n", "- a\n- b\n"),
        ("- a\n    - b\n", "- a\n\t- b\n"),
        ("*a* __b__", "_a_ **b**"),
        ("~~~py\nx\n~~~\n", "```py\nx\n```\n"),
        ("    x\n", "```\nx\n```\n"),
        ("***\n", "---\n"),
        ("a\\_b", "a_b"),
        ("|a|b|\n|-|-|\n|1|\n", "| a   | b |\n| --- | --- |\n| 1   |     |\n"),
        ("> a\n>b\n", ">  a\n> b\n"),
        ("a  \nb", "a\\\nb"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("[[ Soup ]]", "[[Soup]]"),
        ("a\n     \nb", "a\n\nb"),
        ("# a\n\t  \nb", "# a\n\nb"),
        ("> a\n>       \n> b", "> a\n>\n> b"),
        ("\ufefftext", "text"),
    ],
)
def test_layout(one, other):
    """How a note is laid out is not what it means."""
    assert entries(one) == entries(other)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("a b", "ab", "text"),
        ("AT&amp;T", "AT\\&amp;T", "text"),
        ("a\n=--\n", "a\n=-\n", "text"),
        ("a b", "a c", "text"),
        ("a\u00a0b", "a b", "text"),
        ("a\nb", "a b", "soft-break"),
        ("a  \nb", "a\nb", "hard-break"),
        ("# a", "## a", "heading"),
        ("# *a*", "# _a_", "heading-raw"),
        ("a\n\nb", "a\nb", "paragraph"),
        ("a\nb\n===\n", "a b\n===\n", "heading"),
        ("- a\n  - b\n", "- a\n- b\n", "list"),
        ("- a\n- b\n", "1. a\n2. b\n", "list"),
        ("2. a\n", "3. a\n", "list-start"),
        ("- a\n- b\n", "- a\n\n- b\n", "list-tight"),
        ("- [ ] a\n", "- [x] a\n", "task"),
        ("- [ ] a\n", "- a\n", "task"),
        ("> a\n", "a\n", "quote"),
        ("> [!note] a\n", "> [!tip] a\n", "callout"),
        ("> [!note]- a\n", "> [!note]+ a\n", "callout"),
        ("> [!note] a\n", "> [!note] b\n", "text"),
        ("> [!a] b\n> c\n", "> [!a] b\n>\n> > c\n", "paragraph"),
        ("[[a]]", "[[b]]", "wikilink"),
        ("[[a#b]]", "[[a#c]]", "wikilink"),
        ("[[a]]", "[[a|a]]", "wikilink"),
        ("[[a]]", "![[a]]", "wikilink"),
        ("[a](b)", "[a](c)", "link"),
        ("[a](b)", '[a](b "t")', "link"),
        ("**[a](x)** [b](y)", "**[a](x) [b](y)**", "strong"),
        ("![a](b)", "![c](b)", "image"),
        ("#a", "#A", "tag"),
        ("a ^b", "a ^c", "block-id"),
        ("a ^b\n\nc\n", "a\n\nc ^b\n", "block-id"),
        ("- a\n- b\n\n^x\n", "- a\n- b ^x\n", "block-id"),
        ("|a|\n|-|\n\n^x\n", "|a|\n|-|\n\nb\n\n^x\n", "block-id"),
        ("---\na: 1\n---\n", "---\na:  1\n---\n", "frontmatter"),
        ("`a  b`", "`a b`", "code"),
        ("```\na \n```\n", "```\na\n```\n", "code-block"),
        ("```py\na\n```\n", "```js\na\n```\n", "code-block"),
        ("$a  b$", "$a b$", "math"),
        ("$$\na  b\n$$\n", "$$\na b\n$$\n", "math-block"),
        ("a %%b  c%%", "a %%b c%%", "comment"),
        ("%%\n[[a]] [[b]]\n%%\n", "%%\n[[a]] [[c]]\n%%\n", "hidden-wikilink"),
        ("%%\na  b\n%%\n", "%%\na b\n%%\n", "comment-block"),
        ("%%a `[[b]]`%%\n", "%%a `[[c]]`%%\n", "comment-block"),
        ("<b  c='d'>x</b>", "<b c='d'>x</b>", "html"),
        ("<!-- a  b -->\n", "<!-- a b -->\n", "html-block"),
        ("|a|b|\n|-|-|\n|1|2|\n", "|a|b|\n|-|-|\n|2|1|\n", "text"),
        ("|a|b|\n|-|-|\n|1||\n", "|a|b|\n|-|-|\n||1|\n", "text"),
        ("|a|\n|-|\n", "|a|\n|:-:|\n", "table"),
        ("a[^1]", "a[^2]", "footnote-ref"),
        ("[^1]: a\n", "[^2]: a\n", "footnote"),
        ("[^1]: a\n", "[^1]: b\n", "text"),
        ("a^[b]", "a^[c]", "text"),
        ("[a]\n\n[a]: b\n", "[a]\n\n[a]: c\n", "link"),
        ("[a]: b\n", "[a]: c\n", "definition"),
        ("==a==", "a", "highlight"),
        ("~~a~~ b", "~~a b~~", "text"),
        ("a\n\n---\n", "a\n", "rule"),
    ],
)
def test_what_a_note_says(one, other, kind):
    """What is not layout is told apart, and by an entry of the kind that it is."""
    pairs = list(zip_longest(entries(one), entries(other)))

    assert kind in {side.kind for pair in pairs if pair[0] != pair[1] for side in pair if side}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\n\nb ^x\n", ("paragraph", 2)),
        ("# a ^x\n", ("heading", 1)),
        ("- a\n- b ^x\n", ("item", 2)),
        ("- a\n- b\n\n^x\n", ("list", 1)),
        ("- a\n  ^x\n- b\n", ("item", 1)),
        ("> a\n>\n> b ^x\n", ("block_quote", 1)),
        ("> a\n\n> b ^x\n", ("block_quote", 2)),
        ("> [!a] b\n> c\n\n^x\n", ("callout", 1)),
        ("|a|\n|-|\n^x\n", ("table", 1)),
        ("|a|\n|-|\n\n^x\n", ("table", 1)),
        ("```\na\n```\n\n^x\n", ("block_code", 1)),
        ("$$\na\n$$ ^x\n", ("block_math", 1)),
        ("^x\n", ("paragraph", 1)),
    ],
)
def test_what_an_id_names(text, named):
    """A block id names the block that it ends, the item or quote around it, or, alone, the block before it."""
    assert [("x", *named)] == [entry.value for entry in entries(text) if entry.kind == "block-id"]


def test_kinds_have_names():
    """Every kind of entry that is made has its line in the list of kinds."""
    text = (
        "---\na: b\n---\n# H [[a|b]] #t\ntext\nmore  \n*e* **s** ~~d~~ ==h== `c` $m$ %%n%% <b> ![[f]] "
        "[g](h) ![i](j) ^k\n\n"
        "> [!l] m\n\n> n\n\n2. o\n- [ ] p\n- q\n\n|r|\n|-|\n|s|t|\n\n[^u]: v\n\nw[^u] ^[x]\n\n[y]: z\n\n"
        "```\na\n```\n\n$$\nb\n$$\n\n%%\nc [[d]] ![[e]] #f\n%%\n\n<div>\n\n---\n"
    )

    assert set(KINDS) == {entry.kind for entry in entries(text)}


def test_an_unpaired_mark_in_a_comment():
    """Brackets in a comment that are no link are not taken for the place of one."""
    assert entries("%%[[]] [[a]]%%\n") != entries("%%[[a]] [[]]%%\n")
