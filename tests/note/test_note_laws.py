"""Laws that hold for every text, however broken: nothing raises, and every span covers what it names."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultlint.note.model import Span
from vaultlint.note.note import Note, parse_note

FRAGMENTS = """
[[ ]] [[a]] [[a|b]] ![[a#b]] [[a\\|b]] [[#^x|y]] [[|a]] \\[[ [ ] ( ) ]( [a](b) ![a](<b·c>) [a](b%20c.md#d) [r]
[r]:·x [^1] [^1]:·n ^[i] <http://a.b> #tag ##· #a/b # ## === --- *** ___ * _ ** `` ` ``` ~~~ $ $$ %% %%c%%
<!-- --> <div> </div> <b> <? ?> > >· -· -·[·]· -·[x]· 1.· 2)· +· | |-|-| \\ ^id
·^id key::·v [k::·v] (k::·v) ==h== == <%·x·%> [!note]+ >·[!a|b]· 12:03 https://a.b?t=5 &amp; ![ :: é
日本 😀 \u00a0 \u200b \u0301 \ufeff \ud800 e\u0301 \0 · ·· ···· \t x yy
"""
"""Pieces of Markdown, a dot in the middle for a space."""

PIECES = [fragment.replace("·", " ") for fragment in re.split("[ \n]+", FRAGMENTS) if fragment]
LINES = st.lists(st.sampled_from(PIECES), max_size=6)
BREAKS = st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\r", "\n    ", "\n> ", "\n- ", "\n  ", "\n\t"])
FRONT = st.sampled_from(
    ["", "", "\ufeff", '---\nup: "[[a#b|c]]"\n---\n', "---\r\na: 1\r\n---\r\n", "---\n", "---\n---"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = [draw(FRONT)]
    for line in draw(st.lists(LINES, max_size=12)):
        parts.append("".join(line))
        parts.append(draw(BREAKS))
    return "".join(parts)


ATTRIBUTES = [name for name in vars(Note) if not name.startswith("_") and name not in ("hidden", "property")]
SPANNED = [
    *(
        "headings",
        "wikilinks",
        "embeds",
        "links",
        "definitions",
        "tags",
        "block_ids",
        "callouts",
        "code",
        "math",
    ),
    *(
        "comments",
        "html",
        "lists",
        "items",
        "tables",
        "footnotes",
        "highlights",
        "inline_fields",
        "templater",
    ),
    *("sections", "timestamps"),
]


def spans_of(node: Any) -> list[Span]:
    return [value for name in node.__struct_fields__ if isinstance(value := getattr(node, name), Span)]


@settings(max_examples=400, deadline=None)
@given(texts())
@example("- \n\t- [ ] - [ ] 1. ")
@example("<!-->")
@example("\ufeff\r\n[[x]]")
def test_every_attribute_of_every_text(text: str) -> None:
    """Nothing that can be asked of a note raises, and every span lies inside the text, its parts inside it."""
    note = parse_note(text)
    for name in ATTRIBUTES:
        getattr(note, name)
    for name in SPANNED:
        nodes = getattr(note, name)
        starts = [node.span.start for node in nodes]
        assert sorted(starts) == starts, name
        for node in nodes:
            for span in spans_of(node):
                assert 0 <= span.start <= span.end <= len(text), (name, node)
            if name not in ("block_ids", "links"):
                assert all(node.span.covers(span) for span in spans_of(node)), (name, node)
    assert all(a.end <= b.start for a, b in pairwise(note.opaque))


@settings(max_examples=400, deadline=None)
@given(texts())
def test_a_span_covers_what_it_names(text: str) -> None:
    """The text under a span is the very thing that the node says."""
    note = parse_note(text)
    for wikilink in note.wikilinks:
        assert wikilink.span.of(text).startswith("![[" if wikilink.embed else "[[")
        assert wikilink.span.of(text).endswith("]]")
        assert not {"\n", "\r"} & set(wikilink.span.of(text))
        assert wikilink.target_span.covers(wikilink.path_span)
        if wikilink.alias_span and wikilink.bar_span:
            assert wikilink.alias_span.of(text) == wikilink.alias
            assert wikilink.bar_span.of(text) in ("|", "\\|")
    for tag in note.tags:
        assert tag.span.of(text) == "#" + tag.name
    for block_id in note.block_ids:
        assert block_id.span.of(text) == "^" + block_id.id
    for heading in note.headings:
        assert heading.text_span.of(text) == heading.text
        assert 1 <= heading.level <= 6
    for item in note.items:
        assert item.marker_span.of(text).strip("0123456789") in ("-", "*", "+", ".", ")")
        assert item.task is None or (item.task_span and item.task_span.of(text) == f"[{item.task}]")
    for link in note.links:
        assert link.text_span.of(text) == link.text
    for callout in note.callouts:
        assert callout.title_span.of(text) == callout.title
        assert callout.type_span.of(text) == callout.type
    for field in note.inline_fields:
        assert field.key_span.of(text) == field.key
        assert field.value_span.of(text) == field.value
    for comment in note.comments:
        assert comment.span.of(text).startswith("<!--" if comment.html else "%%")
    for math in note.math:
        assert math.span.of(text).startswith("$$" if math.display else "$")
    for fence in note.code:
        assert fence.kind != "inline" or fence.span.of(text)[0] == fence.span.of(text)[-1] == "`"


@settings(max_examples=300, deadline=None)
@given(texts())
def test_what_holds_what(text: str) -> None:
    """Items lie in their lists, nested ones in the item around them; links and tags in nothing that hides them."""
    note = parse_note(text)
    for place, each in enumerate(note.lists):
        for at in each.items:
            assert note.items[at].list == place
            assert each.span.covers(note.items[at].span)
    for at, item in enumerate(note.items):
        assert item.parent is None or (item.parent < at and note.items[item.parent].span.covers(item.span))
    for table in note.tables:
        for row in table.rows:
            assert table.span.covers(row.span)
            assert all(row.span.covers(cell.span) for cell in row.cells)
    for node in (*note.wikilinks, *note.tags, *note.headings, *note.block_ids):
        if node not in note.headings:
            assert not note.hidden(node.span)


@settings(max_examples=200, deadline=None)
@given(texts())
def test_line_breaks_do_not_change_the_reading(text: str) -> None:
    """A note says the same whether its lines end in `\\n`, `\\r\\n` or `\\r`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    first = parse_note(plain)
    for newline in ("\r\n", "\r"):
        second = parse_note(plain.replace("\n", newline))

        assert [w.target for w in first.wikilinks] == [w.target for w in second.wikilinks]
        assert [h.text for h in first.headings] == [h.text for h in second.headings]
        assert [t.name for t in first.tags] == [t.name for t in second.tags]
        assert [b.id for b in first.block_ids] == [b.id for b in second.block_ids]


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    """No text raises, nor does any place in it."""
    note = parse_note(text)
    for name in ATTRIBUTES:
        getattr(note, name)
    for offset in range(len(text) + 1):
        position = note.source.position(offset)
        assert position.line >= 1
        assert position.column >= 1
