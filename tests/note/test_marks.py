"""Code, math, comments, HTML, footnotes, highlights, fields and Templater's commands."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultlint.note import markdown
from vaultlint.note.markdown import read_emphasis, read_structure
from vaultlint.note.note import parse_note


def test_code() -> None:
    """Code knows its content, its language, and whether its fence is closed."""
    text = "```py title\na\n```\n\n    b\n    c\n\n``d`e`` \n\n> ~~~\n> f\n> ~~~\n\n```\ng"
    found = parse_note(text).code

    assert ["fenced", "indented", "inline", "fenced", "fenced"] == [code.kind for code in found]
    assert ["a\n", "b\n    c", "d`e", "> f\n", "g"] == [code.content_span.of(text) for code in found]
    assert ["```py title\na\n```", "b\n    c", "``d`e``", "~~~\n> f\n> ~~~", "```\ng"] == [
        code.span.of(text) for code in found
    ]
    assert "py" == found[0].language
    assert "py title" == (found[0].info_span and found[0].info_span.of(text))
    assert [True, True, True, True, False] == [code.closed for code in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a$ and $$b$$", ["$a$", "$$b$$"]),
        ("$5 and $6", []),
        ("$a $ b$ $ c$", []),
        ("$a$5 $b$", ["$b$"]),
        ("\\$a$ b$", []),
        ("$a\\$b$", ["$a\\$b$"]),
        ("`$`a$ b$", []),
        ("$a `$` b$", ["$a `$` b$"]),
        ("$a\nb$", ["$a\nb$"]),
        ("$a\n\nb$", []),
        ("$$\na\n\nb\n$$", ["$$\na\n\nb\n$$"]),
        ("$$a$$ text", ["$$a$$"]),
        ("$$\na", ["$$\na"]),
        ("- $$\n  a\n  $$", ["$$\n  a\n  $$"]),
        ("| $a$ | $b |\n|---|---|\n| c$ | d |", ["$a$"]),
        ("# $a$", ["$a$"]),
        ("%% $a$ %%", ["$a$"]),
    ],
)
def test_math(text: str, expected: list[str]) -> None:
    """Math begins and ends at signs, not at white space, prices or escapes; a block needs no closing signs."""
    assert expected == [math.span.of(text) for math in parse_note(text).math]


def test_parts_of_math() -> None:
    """Math knows whether it is displayed, and whether it is closed."""
    text = "$a$ $$b$$\n\n$$\nc"
    found = parse_note(text).math

    assert [("a", False, True), ("b", True, True), ("\nc", True, False)] == [
        (math.content_span.of(text), math.display, math.closed) for math in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a %%b%% c", [("b", False, False, True)]),
        ("%% a %%", [(" a ", False, True, True)]),
        ("%%\na\n\nb\n%%\n", [("\na\n\nb\n", False, True, True)]),
        ("%%\na", [("\na", False, True, False)]),
        ("%%%%", [("", False, True, True)]),
        ("a %%b", []),
        ("`%%` a %%b%% `%%`", [("b", False, False, True)]),
        ("```\n%%\n```\na %%b%%", [("b", False, False, True)]),
        ("a <!-- b --> c", [(" b ", True, False, True)]),
        ("<!-- a\nb -->\n", [(" a\nb ", True, True, True)]),
        ("<!-- a", [(" a", True, True, False)]),
        ("<div><!-- a --></div>", [(" a ", True, True, True)]),
        ("%% <!-- a --> %%", [(" <!-- a --> ", False, True, True), (" a ", True, True, True)]),
        ("`<!-- a -->`", []),
    ],
)
def test_comments(text: str, expected: list[tuple[str, bool, bool, bool]]) -> None:
    """Comments of both kinds, in a line or as blocks; a `%%` in a line that nothing closes is none."""
    assert expected == [
        (each.content_span.of(text), each.html, each.block, each.closed) for each in parse_note(text).comments
    ]


def test_html() -> None:
    """Blocks and single tags; comments are told apart."""
    text = "a <b c='d'>e</b> <!-- f -->\n\n<div>\ng\n</div>\n\n<!-- h -->\n"

    assert [("<b c='d'>", False), ("</b>", False), ("<div>\ng\n</div>", True)] == [
        (each.span.of(text), each.block) for each in parse_note(text).html
    ]


def test_footnotes() -> None:
    """References, defined or not, definitions with all their lines, and footnotes in the line."""
    text = "a[^1] b[^no] c^[in [x] it] \\[^2] `[^3]` [[^4]]\n\n[^1]: one\n    more\n\n    and\n\nend"

    assert [
        ("[^1]", "reference", "1", None),
        ("[^no]", "reference", "no", None),
        ("^[in [x] it]", "inline", "", "in [x] it"),
        ("[^1]: one\n    more\n\n    and", "definition", "1", "one\n    more\n\n    and"),
    ] == [
        (each.span.of(text), each.kind, each.id, each.content_span and each.content_span.of(text))
        for each in parse_note(text).footnotes
    ]


def test_highlights() -> None:
    """A highlight has no white space at its edges and stays in its block."""
    text = "==a== b ==c d== == e == ==f\n\ng== `==h==` ===i=== \\==j=="

    assert ["a", "c d"] == [each.content_span.of(text) for each in parse_note(text).highlights]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key:: value", [("key", "value", "key:: value")]),
        ("**Level**:: Rare  ", [("Level", "Rare", "**Level**:: Rare")]),
        ("- [ ] due date:: [[x]]", [("due date", "[[x]]", "due date:: [[x]]")]),
        ("> a:: b", [("a", "b", "a:: b")]),
        ("text [a:: b [[c]]] and (d::e)", [("a", "b [[c]]", "[a:: b [[c]]]"), ("d", "e", "(d::e)")]),
        ("a:: b:: c", [("a", "b:: c", "a:: b:: c")]),
        ("key::", [("key", "", "key::")]),
        ("`a:: b`", []),
        ("[a:: b", []),
        (":: a", []),
        ("[x](y) a:: b", []),
    ],
)
def test_inline_fields(text: str, expected: list[tuple[str, str, str]]) -> None:
    """A field is a whole line, or stands in brackets."""
    assert expected == [(each.key, each.value, each.span.of(text)) for each in parse_note(text).inline_fields]


def test_templater() -> None:
    """Templater's commands are found anywhere, over lines too; without an end there is none."""
    text = "---\na: <% b %>\n---\n`<%* c\nd -%>` <% e"

    assert ["<% b %>", "<%* c\nd -%>"] == [each.span.of(text) for each in parse_note(text).templater]


def test_emphasis() -> None:
    """Emphasis comes with its signs, nested ones behind what holds them; none in code, comments and links' targets."""
    text = "a *b **c** d* __e__ f_g_h `*i*`\n\n> *j*\n\n%%\n*k*\n%%\n"
    found = parse_note(text).emphasis

    assert ["*b **c** d*", "**c**", "__e__", "*j*"] == [each.span.of(text) for each in found]
    assert [False, True, True, False] == [each.strong for each in found]
    assert () == parse_note("*\u00a0a* b*\u201ca\u201d*b").emphasis


@example("\u00e9_a_")
@example("_a_\u00e9")
@given(st.lists(st.sampled_from(("*", "**", "_", "a", " ", ".", "\u00e9", "\u201c", "\n")), max_size=12).map("".join))
def test_emphasis_is_the_same_in_a_text_that_is_read_again(text: str) -> None:
    """Letters and signs beyond ASCII decide what is emphasis: only with such beside its signs a text is read again."""
    structure = read_structure(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_BESIDE_EMPHASIS", re.compile(""))
        again = read_emphasis(structure._replace(text=f"{text}\n\n\u00e9"))
    assert read_emphasis(structure) == again


@given(
    st.lists(st.sampled_from(("%%", "%", "a", " ", "\n", "\n\n", "<!--", "-->", "<b>", "> ", "`", "$$")), max_size=12)
)
def test_where_comments_close_none_is_open_and_no_sign_is_left_over(parts: list[str]) -> None:
    note = parse_note("".join(parts))
    if note.comments_close:
        assert all(comment.closed for comment in note.comments)
        assert note.text.count("%%") == 2 * sum(not comment.html for comment in note.comments)


@pytest.mark.parametrize("text", ["", "a", "%%a%%", "a %%b%% c", "<!-- a\nb -->", "> <!-- a -->\n\n%%\nb\n%%"])
def test_comments_close(text: str) -> None:
    assert parse_note(text).comments_close


@pytest.mark.parametrize("text", ["%%a", "a %%b", "<!-- a", "a %%b%% %%", "> <!-- a\n\n-->", "`%%`"])
def test_something_is_left_open(text: str) -> None:
    assert not parse_note(text).comments_close
