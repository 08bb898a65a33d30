"""Each plug-in serves a user of mistune alone, and reads what Obsidian reads."""

from __future__ import annotations

import pytest

from vaultlint.tree.block_ids import block_ids
from vaultlint.tree.callouts import callouts
from vaultlint.tree.comments import comments
from vaultlint.tree.footnotes import footnotes
from vaultlint.tree.frontmatter import frontmatter
from vaultlint.tree.highlights import highlights, strikethrough
from vaultlint.tree.math import math
from vaultlint.tree.tables import tables
from vaultlint.tree.tags import tags
from vaultlint.tree.tasks import tasks
from vaultlint.tree.wikilinks import wikilinks


def raws(found, tokens, kind):
    return [token["raw"] for token in found(tokens, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Soup]]", [("Soup", "", None)]),
        ("[[Soup#Salt#How much|x]]", [("Soup", "#Salt#How much", "x")]),
        ("[[#h#s||x]]", [("", "#h#s", "|x")]),  # the first bar splits, the others stay
        ("[[pa#th/x]]", [("pa", "#th/x", None)]),  # the first `#` splits
        ("[[a\\|b]]", [("a", "", "b")]),
        ("[[ a | b ]]", [("a", "", " b ")]),
        ("[[|]] [[|x]]", [("|", "", None), ("|x", "", None)]),  # a bar in front does not split
        ("[[]]", []),
        ("[[Sq]uare]]", [("Sq]uare", "", None)]),
        ("[[a.md][b]]", [("a.md][b", "", None)]),
        ("[[Nested [[Inner]] x]]", [("Inner", "", None)]),
        ("[[Two\nlines]]", []),
        ("\\[\\[Soup\\]\\]", []),
        ("`[[Soup]]`", []),
        ("[[x`[[`y]]", []),  # a code span wins
        ("[[a]](b)", [("a", "", None)]),
        ("[[<% tp.x %>]]", [("<% tp.x %>", "", None)]),
        ("[[如何100%保证]]", [("如何100%保证", "", None)]),
        ("# See [[Soup]]", [("Soup", "", None)]),
    ],
)
def test_wikilinks(tokens, found, text, expected):
    """A wikilink has a path, a subpath with its `#`, and an alias behind the first bar."""
    seen = [token["attrs"] for token in found(tokens(text, wikilinks), "wikilink")]

    assert expected == [(each["path"], each["subpath"], each["alias"]) for each in seen]


def test_embeds(tokens, found):
    """A wikilink with `!` before it is an embed, and no wikilink."""
    seen = tokens("![[Pan.png|300]] \\![[Pot]]", wikilinks)

    assert ["Pan.png|300"] == raws(found, seen, "embed")
    assert ["Pot"] == raws(found, seen, "wikilink")


def test_wikilinks_on_a_page(html):
    """On a page a wikilink is a link, and nothing in it is markup of the page."""
    page = html('[[a"b#c|x < y]] ![[d"e.png]]', wikilinks)

    assert (
        '<p><a class="internal-link" href="a%22b%23c">x &lt; y</a> '
        '<span class="internal-embed" data-src="d&quot;e.png">d&quot;e.png</span></p>\n'
    ) == page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#one #two/three #a-b_c #日本語 #✅", ["one", "two/three", "a-b_c", "日本語", "✅"]),
        ("#1 #2024 #2024-goal", ["2024-goal"]),
        ("#a#b #c/#d", ["a", "b", "c/", "d"]),
        ("(#a) x#b /#c \\#d ：#e", []),
        ("#e, #f. #g–h", ["e", "f", "g"]),
        ("_#h_ **#i** snake_#l", ["h", "i", "l"]),
        ("[#m](x) [n #o](https://a.example/#no) [#p] ![#no](v)", ["m", "o"]),
        ("`p`#q", ["q"]),
        ("`#r` <b a='#no'>", []),
        ("\\[\\[#Esc", ["Esc"]),
        ("#Word\n# Heading #h", ["Word", "h"]),
    ],
)
def test_tags(tokens, found, text, expected):
    """A tag begins where a run of text begins or behind white space, and is more than digits."""
    assert expected == raws(found, tokens(text, tags), "tag")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a %%b%% c", [("comment", "b")]),
        ("a %%b\nc%% d", [("comment", "b\nc")]),
        ("a %%b", []),
        ("a `%%` b %%c%%", [("comment", "c")]),
        ("%%\n# no\n\n- no\n%%\n", [("block_comment", "\n# no\n\n- no\n")]),
        ("%% a line %%\n", [("block_comment", " a line ")]),
        ("%% a %% b\n", [("comment", " a ")]),
        ("para\n%%\nx\n%%\n", [("block_comment", "\nx\n")]),
        ("- item\n%%\nx\n%%\n", [("block_comment", "\nx\n")]),
        ("> quote\n%%\nx\n%%\n", [("block_comment", "\nx\n")]),
        ("%%\nto the end\n\n# no\n", [("block_comment", "\nto the end\n\n# no\n")]),
        ("```\n%%\n```\n%%x%%\n", [("block_comment", "x")]),
    ],
)
def test_comments(tokens, found, text, expected):
    """A comment is a block where it begins a line, and else within a line; code hides its signs."""
    seen = tokens(text, comments)

    assert expected == [(kind, raw) for kind in ("block_comment", "comment") for raw in raws(found, seen, kind)]
    assert [] == found(seen, "heading")


def test_comments_on_a_page(html):
    """On a page there is nothing of a comment."""
    assert "<p>a  c</p>\n" == html("a %%b%% c\n\n%%\nd\n%%\n", comments)


def test_links_in_comments(tokens, found):
    """A comment inside a line hides no links and no tags."""
    seen = tokens("a %%[[Soup]] #salt%%", comments, wikilinks, tags)

    assert ["Soup"] == raws(found, seen, "wikilink")
    assert ["salt"] == raws(found, seen, "tag")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x$ and $y^2$", ["x", "y^2"]),
        ("$5 and $6", []),
        ("$ x$ $x $", []),
        ("$x$5", []),
        ("\\$x$", []),
        ("`$x$`", []),
        ("a $$x$$ b", ["x"]),
        ("$$\nx\n\n[[y]]\n$$\n", ["\nx\n\n[[y]]\n"]),
        ("para\n$$\nx\n$$\n", ["\nx\n"]),
        ("$$\nto the end\n\n# no\n", ["\nto the end\n\n# no\n"]),
        ("x:: $$\ny\n", []),
    ],
)
def test_math(tokens, found, text, expected):
    """Dollars have math between them where no white space is inside and no digit behind them."""
    seen = tokens(text, math)

    assert expected == [raw for kind in ("block_math", "inline_math") for raw in raws(found, seen, kind)]


def test_an_id_behind_math(tokens, found):
    """An id behind the closing `$$` is a paragraph of its own: it does not go on in the line below."""
    seen = tokens("$$\nx\n$$ ^sum\nAfter.\n", math, block_ids)

    assert ["sum"] == raws(found, seen, "block_id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text ^one", ["one"]),
        ("Text ^one  ", ["one"]),
        ("Text ^one\nmore", []),
        ("Text^one", []),
        ("Text ^my_id", []),
        ("- item ^a-1\n  - inner ^b\n", ["a-1", "b"]),
        ("- item\n\n^list\n", ["list"]),
        ("# Head ^h", ["h"]),
        ("`x ^one`", []),
    ],
)
def test_block_ids(tokens, found, text, expected):
    """A block id ends its block, or is a paragraph alone."""
    assert expected == raws(found, tokens(text, block_ids), "block_id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!note] A *title*\n> body\n", ("note", "", "", "A *title*")),
        ("> [!Tip]- Folded\n", ("Tip", "-", "", "Folded")),
        (">[!a]+\n", ("a", "+", "", "")),
        ("> [!note|wide red] x\n", ("note", "", "wide red", "x")),
        ("> [!note]title\n", None),
        ("> [!note]? t\n", None),
        (">\n> [!note]\n", None),
    ],
)
def test_callouts(tokens, found, text, expected):
    """A quote whose first line is `[!type]` is a callout, with a fold mark, metadata and a title."""
    seen = [token["attrs"] for token in found(tokens(text, callouts), "callout")]

    assert ([expected] if expected else []) == [
        (each["callout"], each["fold"], each["metadata"], each["title"]) for each in seen
    ]


def test_a_rule_below_a_title(tokens, found):
    """The first line of a callout is its own: dashes below it make no heading of it."""
    seen = tokens("> [!note] Title\n> ---\n> > [!tip] Inner\n", callouts)

    assert [] == found(seen, "heading")
    assert ["note", "tip"] == [token["attrs"]["callout"] for token in found(seen, "callout")]


def test_what_ends_a_quote(tokens):
    """A quote stands before the blocks that end it."""
    seen = [token["type"] for token in tokens("> a\n- b\n```\nc\n```\n", callouts)]

    assert ["block_quote", "list", "block_code"] == seen


def test_callouts_on_a_page(html):
    """On a page a callout that folds can be folded."""
    page = html("> [!note]- T\n> b\n", callouts)

    assert '<details class="callout" data-callout="note">' in page
    assert "<p>b</p>" in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\n\nb: 2\n---\n# x\n", ["a: 1\n\nb: 2\n"]),
        ("---\n---\n", [""]),
        ("\n---\na: 1\n---\n", []),
        ("---\na: 1\n", []),
    ],
)
def test_frontmatter(tokens, found, text, expected):
    """Properties stand between dashes on the first line and the next such line, and are kept as they are."""
    assert expected == raws(found, tokens(text, frontmatter), "frontmatter")


def test_tasks(tokens, found):
    """A task has any sign as its state; a box without white space behind it is text."""
    seen = tokens("- [ ] a\n- [x] b\n1. [/] c\n- [日] d\n- [ ]\n- [x]e\n- [ ](b)\n", tasks)

    assert [" ", "x", "/", "日", " "] == [token["attrs"]["state"] for token in found(seen, "task_item")]
    assert [False, True, True, True, False] == [token["attrs"]["checked"] for token in found(seen, "task_item")]


def test_a_list_in_a_task(tokens, found):
    """`- [ ] 1. text` is a task that holds a list."""
    seen = tokens("- [ ] 1. text\n", tasks)

    assert 1 == len(found(seen, "task_item"))
    assert 1 == len(found(seen, "list_item"))


def cells(found, tokens):
    return [
        [
            "".join(part.get("raw", "") for part in cell["children"])
            for cell in row["children"]
            if cell["type"] == "table_cell"
        ]
        for kind in ("table_head", "table_row")
        for row in found(tokens, kind)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|:-:|\n| 1 | 2 |\n", [["a", "b"], ["1", "2"]]),
        ("a | b\n-|-\n1 | 2\n", [["a", "b"], ["1", "2"]]),
        ("|a|\n|-|\nrow\n\nno", [["a"], ["row"]]),
        ("|a|b|\n|-|-|\n|1|\n|1|2|3|\n", [["a", "b"], ["1"], ["1", "2"]]),
        ("|a|b|\n|-|-|\n|[[x|y]]|\n", [["a", "b"], ["[[x", "y]]"]]),  # a bare bar ends the cell: no link
        ("|a|\n|-|\n|[[x\\|y]]|\n", [["a"], ["x\\|y"]]),
        ("|a|b|\n|-|\n", []),
        ("|a|\n|-|\n> quote\n", [["a"]]),
        ("text\n|a|\n|-|\n", []),
    ],
)
def test_tables(tokens, found, text, expected):
    """Bars split cells unless they are escaped; a row may have too few cells, or too many."""
    assert expected == cells(found, tokens(text, tables, wikilinks))


def test_links_beyond_the_head(tokens, found):
    """What stands in cells beyond the head's is not shown, and counts."""
    seen = tokens("|a|\n|-|\n|b|[[Soup]]|\n", tables, wikilinks)

    assert ["Soup"] == raws(found, seen, "wikilink")


def test_tables_everywhere(tokens, found):
    """A table may stand in a quote and in a list."""
    seen = tokens("> |a|\n> |-|\n\n- |b|\n  |-|\n", tables)

    assert 2 == len(found(seen, "table"))


def test_footnotes(tokens, found):
    """A footnote is a reference, defined or not; a definition where it stands; or a note inside a line."""
    seen = tokens(
        "A[^1] b[^two] c^[in [d](e) line] \\[^no]\n\n[^1]: One\n  more\n\n    And *more*.\n\nAfter.\n", footnotes
    )

    assert ["1", "two"] == raws(found, seen, "footnote_ref")
    assert 1 == len(found(seen, "inline_footnote"))
    assert ["footnote_definition", "blank_line", "paragraph"] == [token["type"] for token in seen][-3:]
    assert ["1"] == [token["attrs"]["id"] for token in found(seen, "footnote_definition")]
    assert 1 == len(found(found(seen, "footnote_definition"), "emphasis"))


def test_highlights(html):
    """Highlights and struck text have no white space inside their signs, and code hides signs."""
    page = html("==a== == b == ==`==` c== ~~d ==e==~~ \\==f==", highlights, strikethrough)

    expected = "<p><mark>a</mark> == b == <mark><code>==</code> c</mark> <del>d <mark>e</mark></del> ==f==</p>\n"
    assert expected == page
