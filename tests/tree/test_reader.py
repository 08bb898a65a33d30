"""The second reader takes any text, within bounds, and says so where it refuses one."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.tree import PLUGINS, Node, Unreadable, parse
from vaultlint.tree.meaning import meaning
from vaultlint.tree.parsers import FREE_TOKENS, MAX_DEPTH, MAX_MARKS

LENGTH = 10_000

SIGNS = ["*", "_", "`", "[", "]", "![", "[[", "![[", "%%", "$$", "$", "==", "~~", "#", "^", "^[", "[^", "<", "<!--"]
SIGNS += ["<a ", "&", "\\", "|", "(", "\t", " ", "\n", "- \n", "[a](", "](", "[](<", "[[a\n", "%%a\n", "$$ a\n"]
SIGNS += ["a ^a\n", "[^a]: b\n", "[a]: b 'c\n", "> [a]: b\n\n[c]: d\n\n", "<a b='", "<?", "<div>\n\n", "2. x\n"]
SIGNS += ["- a\n* b\n", "> a\nb\n", "> a\n- b\n", "- a\n> b\n", "> [!a] b\n\n", "```a`\n", "a|b\n-|-\n", "- [ ] 1. a\n"]
SIGNS += ["|a|\n|-|\n", "==a ~~b ", "[![a](b)](c)", "*a **b** c* ", "\x00", "\x0b\x0c", "\u2028", "\ud83d\ude00"]


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_nothing_but_one_sign(sign):
    """A note of nothing but one sign is read, or refused; it never brings the reader down."""
    text = sign * (LENGTH // len(sign))
    with suppress(Unreadable):
        assert meaning(parse(text)) == meaning(parse(text))


@pytest.mark.parametrize("sign", [">", "> ", "- ", "1. ", "> - "])
def test_nesting_without_end(sign):
    """Quotes and lists nested deeper than any note needs are refused, not read as something else."""
    with pytest.raises(Unreadable, match="nested"):
        parse(sign * 10_000 + "a")


def test_nesting_that_is_read():
    """Up to the bound, each level is there."""
    kinds = [node.type for node in parse("> " * MAX_DEPTH + "a").walk()]

    assert MAX_DEPTH == kinds.count("block_quote")
    with pytest.raises(Unreadable, match=f"over {MAX_DEPTH} deep"):
        parse("> " * (MAX_DEPTH + 1) + "a")


def test_nested_and_long():
    """A long text that is deep everywhere would be read too often."""
    with pytest.raises(Unreadable, match="deep"):
        parse((">" * 29 + " " + "word " * 40 + "\n") * 500)


def test_too_much_emphasis():
    """A paragraph of nothing but emphasis is refused; a run of signs is one sign."""
    for text in ("*word* " * (MAX_MARKS // 2 + 1), "**a " * 10_000 + "b** " * 10_000):
        with pytest.raises(Unreadable, match="emphasis"):
            parse(text)
    assert 1 == len(parse("*" * 1_000_000).children)


def test_more_marks_than_text():
    """A note of nothing but marks is refused before it costs more than its length."""
    with pytest.raises(Unreadable, match="marks"):
        parse("[" * 3 * FREE_TOKENS)


def test_a_wide_table():
    """Cells that a row does not have are not made up."""
    table = "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "x\n" * 1_000

    assert 2_000 == sum(node.type == "table_cell" for node in parse(table).walk())


def test_what_is_no_text():
    """Half a surrogate pair, or what the reader itself uses as a sign, is refused."""
    for sign in ("\udc80", "\ufdd0"):
        with pytest.raises(Unreadable, match="no text"):
            parse(f"a{sign}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("```\n\tx\n```\n", "```\n    x\n```\n"),
        ("> ```\n> \tx\n> ```\n", "> ```\n>     x\n> ```\n"),
        ("- a\n\n\t```\n\t\tx\n\t```\n", "- a\n\n\t```\n\t    x\n\t```\n"),
        ("- a\n\n  ```\n  \tx\n  ```\n", "- a\n\n  ```\n      x\n  ```\n"),
        ("` a `", "`a`"),
        ("`a\nb`", "`a b`"),
    ],
)
def test_code_byte_for_byte(one, other):
    """A tab in code is not as many spaces, wherever the code stands; a code span keeps its edges."""
    assert meaning(parse(one)) != meaning(parse(other))


@given(st.text(alphabet="ab \n\t#*_`[]()|!>-+1.%$=~^<\\:x&;\"'\u00a0é", max_size=80))
def test_any_text(text):
    """Any text is read, the same each time, and into a tree whose root is the note."""
    note = parse(text)

    assert "note" == note.type
    assert meaning(note) == meaning(parse(text))


def test_the_tree():
    """Blocks hold lines, and lines hold what is in them, each with what is written."""
    note = parse("# A [[b|c]]\n")

    link = Node("wikilink", "b|c", {"target": "b", "path": "b", "subpath": "", "alias": "c"})
    assert (Node("heading", "A [[b|c]]", {"style": "atx", "level": 1}, (Node("text", "A "), link)),) == note.children


def test_quotes_and_lists_in_turn():
    """Quotes and lists that end each other stand in the order of the text, however many there are."""
    kinds = [node.type for node in parse("> a\n- b\n" * 500).children]

    assert ["block_quote", "list"] * 500 == kinds


def test_a_heading_ends_a_quote():
    """A heading right behind a quote is none of its lazy lines; plain text is."""
    kinds = [node.type for node in parse("> a\nb\n# c\n").children]

    assert ["block_quote", "heading"] == kinds


def test_white_space_that_is_not_ascii():
    """A no-break space at the start of a line stays."""
    assert meaning(parse("a\n\u00a0b")) != meaning(parse("a\nb"))


@pytest.mark.parametrize("text", ["[a](b)", "[![a *b*](c)](d)", "[<http://a.b>](c)", "*[a](b*c)*"])
@pytest.mark.parametrize("definition", ["", "\n\n[a]: x\n"])
def test_plain_destinations(text, definition):
    """A link is the same whether or not its destination stands in angle brackets."""
    in_brackets = text.replace("](", "](<").replace(")", ">)")

    assert parse(text + definition).children[0].children == parse(in_brackets + definition).children[0].children


def test_brackets_in_footnotes_in_footnotes():
    """An inner footnote ends where it would by itself, with a code span in it, too."""
    texts = [node.text for node in parse("^[a [b] ^[#c] d] ^[e `]` ^[#f [g]]]").walk() if node.type in ("tag", "text")]

    assert ["a [b] ", "c", " d", " ", "e ", " ", "f", " [g]"] == texts


def test_plugins_have_one_name():
    """The plug-ins are all different."""
    assert len(PLUGINS) == len(set(PLUGINS))


def test_it_stands_alone():
    """To import the second reader loads nothing else of ours, and not the first reader's parser."""
    code = "import sys, vaultlint.tree, vaultlint.tree.meaning; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    ours = {name.split(".")[1] for name in loaded if name.startswith("vaultlint.")}
    assert {"tree"} == ours
    assert "pyromark" not in loaded
