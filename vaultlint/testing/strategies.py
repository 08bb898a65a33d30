"""Obsidian Markdown for hypothesis: pieces of notes, whole notes and whole vaults, for tests of anybody's rules.

```python
from hypothesis import given
from vaultlint.testing.strategies import notes

@given(notes())
def test_my_rule(text): ...
```

Every strategy makes text, `vaults()` a mapping of path -> text. They shrink towards a short note of plain words, and
filter nothing. Most of what they make is what people write, some of it is broken as people break it; `soup()` is
neither, but the signs of Markdown in any order. Needs hypothesis (`obsidian-vaultlint[testing]`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from vaultlint.testing.settings import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from vaultlint.rule.kinds import Rule

    Text = SearchStrategy[str]

_T = TypeVar("_T")

NAMES = (
    "Soup",
    "Tea",
    "soup",
    "Green Tea",
    "2024-05-01",
    "v1.9",
    "日本語",
    "Crème brûlée",
    "😀",
    "C# (draft)",
    "a+b & c",
)
"""Names of notes, awkward ones last."""

FOLDERS = ("", "Maps/", "Maps/Old/", "Tea/", "été/")
_WORDS = (
    "word",
    "and",
    "a",
    "TODO",
    "1",
    "2.5",
    "it's",
    "don't",
    "(so)",
    "日本",
    "é",
    "e\u0301",
    "😀",
    "\u00a0",
    "İ",
    "ß",
    "\u200b",
)
_ODD_INLINE = (
    "\\[[a]]",
    "\\#no",
    "&amp;",
    "&#x5b;",
    "a_b_c",
    "2*3*4",
    "~~gone~~",
    "**",
    "_x",
    "`",
    "[[",
    "]]",
    "$",
    "%%",
    "==",
)


def _named(strategy: SearchStrategy[_T]) -> SearchStrategy[_T]:
    """The strategy under a short name: hypothesis would else describe each by all that it is made of."""

    @st.composite
    def part_of_a_note(draw: st.DrawFn) -> _T:
        return draw(strategy)

    return part_of_a_note()


def words(most: int = 5) -> Text:
    """Plain words, some in other scripts, some with odd signs."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=most).map(" ".join)


def wikilinks(names: Sequence[str] = NAMES) -> Text:
    """`[[links]]` and `![[embeds]]` to these notes and to others; with headings, blocks, aliases, spaces."""
    target = st.one_of(
        st.sampled_from([*names, "Nowhere", "", " Soup ", "soup.md", "pic.png"]),
        st.builds("{}{}".format, st.sampled_from([*FOLDERS, "../", "/", "./"]), st.sampled_from(list(names))),
    )
    part = st.sampled_from(["", "", "", "#Steps", "#Steps#More", "#^id", "#", "#No such", "#^", "##", "#a|"])
    alias = st.one_of(
        st.just(""),
        st.builds("{}{}".format, st.sampled_from(["|", "\\|", " | ", "| ", "||"]), words(2)),
        st.builds("|{}".format, st.sampled_from([*names, "", " ", "100", "100x200", "{{x}}", "<% x %>"])),
    )
    return _named(st.builds("{}{}{}{}]]".format, st.sampled_from(["[[", "[[", "![["]), target, part, alias))


def markdown_links(names: Sequence[str] = NAMES) -> Text:
    """`[text](target)` and its kin, inside the vault and outside."""
    destination = st.one_of(
        st.sampled_from([f"{name}.md".replace(" ", "%20") for name in names]),
        st.sampled_from([f"<{name}.md>" for name in names]),
        st.sampled_from(
            ["https://example.org/a_(b)", "#Steps", "Soup.md#^id", "a b", "", "<", 'Soup.md "title"', "file:///x"]
        ),
    )
    inline = st.builds("{}[{}]({})".format, st.sampled_from(["", "!"]), words(2), destination)
    other = st.sampled_from(
        ["[r]", "[a][r]", "<https://example.org>", "https://example.org/a?t=75", "[r][]", "![a|100](b.png)"]
    )
    return _named(st.one_of(inline, other))


def tags() -> Text:
    """`#tags`, nested ones, and what is none."""
    return st.sampled_from(
        ["#tag", "#a/b", "#日本", "#1", "#1a", "#a-b_c", "#", "##", "#a.b", "a#b", "#😀", "#a/", "\\#a"]
    )


def timestamps() -> Text:
    """Places in recordings, as notes of talks have them."""
    clock = st.one_of(
        st.builds("{}:{:02}".format, st.integers(0, 99), st.integers(0, 61)),
        st.builds("{:02}:{:02}:{:02}".format, st.integers(0, 3), st.integers(0, 61), st.integers(0, 61)),
    )
    link = st.builds("[{}](https://youtu.be/abcdefghijk?t={})".format, clock, st.integers(0, 9000))
    html = st.builds('<a href="#" data-t="{}">[{}]</a>'.format, clock, clock)
    embed = st.builds("![[talk.mp4#t={}]]".format, clock)
    return _named(st.one_of(clock, clock.map("[{}]".format), clock.map("({})".format), link, html, embed))


def comments() -> Text:
    """`%% comments %%` and HTML comments; those for vaultlint too."""
    command = st.sampled_from(["disable", "enable", "disable-line", "disable-next-line", "disable-file", "x"])
    rules = st.sampled_from(
        ["", " alias-spacing", " unresolved-link, empty-alias", " no-such-rule", " redundant-alias -- why"]
    )
    text = st.one_of(words(3), st.builds("vaultlint-{}{}".format, command, rules))
    frame = st.sampled_from(["%% {} %%", "%%{}%%", "<!-- {} -->", "<!--{}-->"])
    return _named(st.builds(lambda outer, inner: outer.format(inner), frame, text))


def spans(names: Sequence[str] = NAMES) -> Text:
    """Everything that stands inside a line."""
    return _named(
        st.one_of(
            words(),
            wikilinks(names),
            markdown_links(names),
            tags(),
            timestamps(),
            comments(),
            st.builds(lambda frame, inner: frame.format(inner), st.sampled_from(_FRAMES), words(3)),
            st.sampled_from(_ODD_INLINE),
        )
    )


_FRAMES = (
    "**{}**",
    "*{}*",
    "=={}==",
    "~~{}~~",
    "`{}`",
    "`` ` {} ``",
    "${}$",
    "$${}$$",
    "<b>{}</b>",
    "^[{}]",
    "[^1]",
    "[k:: {}]",
    "(k:: {})",
    "<% {} %>",
    "{{{{{}}}}}",
    "<br>{}",
)


def lines(names: Sequence[str] = NAMES) -> Text:
    """One line of text, without its line break."""
    joined = st.builds(str.join, st.sampled_from([" ", " ", " ", ""]), st.lists(spans(names), min_size=1, max_size=4))
    return _named(
        st.builds("{}{}".format, joined, st.sampled_from(["", "", "", " ^id", "  ", "\\", " #tag", " ^no id"]))
    )


def headings(names: Sequence[str] = NAMES) -> Text:
    """Headings of all levels, both kinds, with and without text."""
    atx = st.builds(
        "{} {}{}".format,
        st.sampled_from(["#" * level for level in range(1, 8)]),
        lines(names),
        st.sampled_from(["", " #", " ##"]),
    )
    setext = st.builds("{}\n{}".format, lines(names), st.sampled_from(["===", "---", "-"]))
    return _named(st.one_of(st.sampled_from(["# Steps", "## More", "#", "#no", "####### no"]), atx, setext))


def paragraphs(names: Sequence[str] = NAMES) -> Text:
    """A few lines of text, or a Dataview field."""
    field = st.builds("{}:: {}".format, st.sampled_from(["key", "**key**", "a b"]), lines(names))
    return _named(st.one_of(st.lists(lines(names), min_size=1, max_size=3).map("\n".join), field))


def lists(names: Sequence[str] = NAMES) -> Text:
    """Bullets, numbers and tasks, nested or not."""
    indent = st.sampled_from(["", "", "  ", "\t", "    ", "   "])
    marker = st.sampled_from(["- ", "* ", "+ ", "1. ", "2) ", "-\t", "-", "0. "])
    task = st.sampled_from(["", "", "[ ] ", "[x] ", "[/] ", "[] ", "[ ]"])
    item = st.builds("{}{}{}{}".format, indent, marker, task, lines(names))
    return _named(st.builds(str.join, st.sampled_from(["\n", "\n", "\n\n"]), st.lists(item, min_size=1, max_size=5)))


def tables(names: Sequence[str] = NAMES) -> Text:
    """Tables, some with ragged rows or a bare bar in a link."""
    cell = st.one_of(
        words(2), wikilinks(names), st.sampled_from(["", "a\\|b", "`a|b`", "[[Soup\\|s]]", "%% | %%", "$|$"])
    )
    row = st.builds(
        lambda cells, frame: frame.format(" | ".join(cells)),
        st.lists(cell, min_size=1, max_size=3),
        st.sampled_from(["| {} |", "{}|"]),
    )
    rule = st.sampled_from(["|---|---|", "| - | :-: |", "-|-", "|---|", "|:--|--:|---|"])
    return _named(
        st.builds(lambda head, bar, rows: "\n".join((head, bar, *rows)), row, rule, st.lists(row, max_size=3))
    )


def fences() -> Text:
    """Code: fenced (closed or not), indented; display math; comments over lines; raw HTML."""
    body = st.lists(
        st.one_of(words(), st.sampled_from(["[[Soup]]", "#tag", "", "%% x", "```", "---", "  x", "$$"])), max_size=3
    )
    frame = st.sampled_from(
        [
            ("```", "```"),
            ("```python", "```"),
            ("~~~", "~~~"),
            ("````md", "````"),
            ("```", ""),
            ("$$", "$$"),
            ("$$", ""),
            ("%%", "%%"),
            ("%%", ""),
            ("<!--", "-->"),
            ("<div>", "</div>"),
            ("<div>\n", "\n</div>"),
            ("<script>", "</script>"),
            ("```dataview", "```"),
            ("    x", "    y"),
        ]
    )
    return _named(st.builds(lambda ends, inner: "\n".join((ends[0], *inner, ends[1])), frame, body))


def blocks(names: Sequence[str] = NAMES) -> Text:
    """Any block: a paragraph, heading, list, table, quote, callout, fence, footnote, rule; nested in quotes."""
    flat = st.one_of(
        paragraphs(names),
        headings(names),
        lists(names),
        tables(names),
        fences(),
        st.builds("[^1]: {}".format, lines(names)),
        st.sampled_from(
            [
                "---",
                "***",
                "^id",
                "[r]: Soup.md 'T'",
                "[r]: <a b>",
                "<br>",
                "{{title}}",
                "%% vaultlint-disable %%",
                "%% vaultlint-enable %%",
            ]
        ),
    )
    return _named(
        st.one_of(
            flat,
            st.builds(_quoted, callout_heads(names), flat),
            st.builds(_quoted, st.just(""), flat),
            st.builds(_in_item, flat),
        )
    )


def callout_heads(names: Sequence[str] = NAMES) -> Text:
    """The first line of a callout, without the mark of the quote."""
    kind = st.sampled_from(["[!note]", "[!tip]-", "[!warning]+ ", "[!my own|wide] ", "[!]", "[!note"])
    return st.builds("{}{}".format, kind, st.one_of(st.just(""), lines(names)))


def _quoted(head: str, body: str) -> str:
    quoted = "\n".join(f"> {line}" for line in body.split("\n"))
    return f"> {head}\n{quoted}" if head else quoted


def _in_item(body: str) -> str:
    return "- " + body.replace("\n", "\n  ")


def properties(names: Sequence[str] = NAMES) -> Text:
    """A line or several of frontmatter: typed values, links, lists; what the app reads otherwise than people think."""
    key = st.sampled_from(
        [
            "title",
            "up",
            "aliases",
            "tags",
            "created",
            "modified",
            "done",
            "count",
            "status",
            "duration",
            "videoId",
            "speaker",
            "links",
            "alias",
            "tag",
            "cssclass",
            "at",
            "source",
            "é",
            "A b",
        ]
    )
    date = st.builds(
        "{}-{:02}-{:02}{}".format,
        st.sampled_from([2024, 1999, 0]),
        st.integers(0, 13),
        st.integers(0, 32),
        st.sampled_from(["", "T10:00", "T25:61", " 10:00"]),
    )
    scalar = st.one_of(
        words(2),
        st.sampled_from(list(names)),
        date,
        st.sampled_from(
            [
                "",
                "3",
                "'3'",
                "1e3",
                "true",
                "yes",
                "null",
                "~",
                "1:02:03",
                "PT1M",
                "abcdefghijk",
                "https://example.org",
                "#tag",
                "a, b",
                "- a",
                "'it''s'",
                '"a\\x41"',
                "a: b",
                "[a",
                "'b",
                "@b",
                "%b",
                "*x",
                "&x y",
                "!!str z",
                "|",
                "{{date}}",
            ]
        ),
        wikilinks(names),
        wikilinks(names).map('"{}"'.format),
        wikilinks(names).map("'{}'".format),
    )
    several = st.one_of(
        st.lists(scalar, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(scalar, min_size=1, max_size=3).map(lambda items: "".join(f"\n  - {item}" for item in items)),
        st.lists(scalar, min_size=1, max_size=2).map(lambda items: "".join(f"\n- {item}" for item in items)),
    )
    other = st.sampled_from(
        [
            "# c",
            "",
            "a:b",
            "\ta: b",
            "? a\n: b",
            "<<: {a: b}",
            "a: |\n  b\n c",
            "a: >-\n  b",
            "- x",
            "a: {b: [c]}",
            "up: [[Soup]], [[Tea]]",
        ]
    )
    return _named(
        st.one_of(
            st.builds("{}: {}".format, key, st.one_of(scalar, several)),
            st.builds("{}: {} # c".format, key, scalar),
            other,
        )
    )


def frontmatter(names: Sequence[str] = NAMES) -> Text:
    """A block of properties with its delimiters, some of them wrong."""
    frame = st.sampled_from(
        [
            "---\n{}\n---\n",
            "---\n{}\n---\n",
            "---\n{}\n---\n",
            "---\n{}\n--- \n",
            "---\n{}\n...\n",
            "---\n{}\n",
            "\n---\n{}\n---\n",
            "---\n{}\n---",
        ]
    )
    body = st.lists(properties(names), max_size=4).map("\n".join)
    return _named(st.builds(lambda outer, inner: outer.replace("{}", inner), frame, body))


def with_breaks(text: Text) -> Text:
    """The text with other line breaks, a byte order mark, or another end."""
    change = st.sampled_from([_as_is, _as_is, _as_is, _windows, _old_mac, _mixed, _marked, _unended, _blank_end])
    return st.builds(lambda change, text: change(text), change, text)


def _as_is(text: str) -> str:
    return text


def _windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def _old_mac(text: str) -> str:
    return text.replace("\n", "\r")


def _mixed(text: str) -> str:
    return text.replace("\n", "\r\n", 3).replace("\n\n", "\r\n")


def _marked(text: str) -> str:
    return "\ufeff" + text


def _unended(text: str) -> str:
    return text.rstrip("\n")


def _blank_end(text: str) -> str:
    return text + "\n  \n\t"


def bodies(names: Sequence[str] = NAMES, most: int = 6) -> Text:
    """Blocks, mostly with a blank line between them."""
    pair = st.builds("{}{}".format, blocks(names), st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n"]))
    return _named(st.lists(pair, max_size=most).map("".join))


def notes(names: Sequence[str] = NAMES, most: int = 6) -> Text:
    """Whole notes of at most so many blocks, with links to `names`; always text that a file can hold."""
    plain = st.builds("{}{}".format, st.one_of(st.just(""), frontmatter(names)), bodies(names, most))
    return with_breaks(plain)


def paths(names: Sequence[str] = NAMES) -> Text:
    """Paths of notes."""
    return st.builds("{}{}.md".format, st.sampled_from(FOLDERS), st.sampled_from(list(names)))


def vaults(names: Sequence[str] = NAMES, *, least: int = 1, most: int = 4) -> SearchStrategy[dict[str, str]]:
    """Vaults of some notes that link to one another; no two paths differ by case alone."""
    several = st.lists(
        st.tuples(paths(names), notes(names, most=3)),
        min_size=least,
        max_size=most,
        unique_by=lambda pair: pair[0].casefold(),
    )
    return several.map(dict)


def renamed(vault: Mapping[str, str]) -> SearchStrategy[dict[str, str]]:
    """The vault with one note under another name, the links to it as they were."""

    def rename(old: str, new: str) -> dict[str, str]:
        return {new if path == old else path: text for path, text in vault.items()}

    return st.builds(rename, st.sampled_from(sorted(vault)), st.sampled_from(["Renamed.md", "Maps/Renamed.md"]))


def options(rule: type[Rule]) -> SearchStrategy[Any]:
    """Options of a rule, drawn by the types that its `Options` declare; `None` where it has none."""
    kind: Any = rule.Options
    if kind is None:
        return st.none()
    return st.builds(kind, **{name: st.sampled_from(values) for name, values in samples(rule)})


_SOUP = """
[[ ]] [[a]] [[a|b]] ![[a#b]] [[a\\|b]] [[#^x|y]] [[|a]] \\[[ [ ] ( ) ]( [a](b) ![a](<b·c>) [a](b%20c.md#d) [r]
[r]:·x [^1] [^1]:·n ^[i] <http://a.b> #tag ##· #a/b # ## === --- *** ___ * _ ** `` ` ``` ~~~ $ $$ %% %%c%%
<!-- --> <div> </div> <b> <? ?> > >· -· -·[·]· -·[x]· 1.· 2)· +· | |-|-| \\ ^id TODO [[TODO]] [[a|TODO]] key:·
·^id key::·v [k::·v] (k::·v) ==h== == <%·x·%> [!note]+ >·[!a|b]· 12:03 https://a.b?t=5 &amp; ![ :: é
vaultlint-disable-line· 日本 😀 \u00a0 \u200b \u0301 \ufeff \ud800 e\u0301 \0 · ·· ···· \t x yy 𝄞
"""
_SIGNS = [sign.replace("·", " ") for sign in re.split("[ \n]+", _SOUP) if sign]
_BREAKS = ("\n", "\n", "\n\n", "\r\n", "\r", "\n    ", "\n> ", "\n- ", "\n  ", "\n\t")
_FRONT = ("", "", "\ufeff", '---\nup: "[[a#b|c]]"\n---\n', "---\r\na: 1\r\n---\r\n", "---\n", "---\n---")


def soup() -> Text:
    """The signs of Markdown in any order, half a surrogate pair and NUL among them: what only a reader must bear."""
    line = st.builds(
        "{}{}".format, st.lists(st.sampled_from(_SIGNS), max_size=6).map("".join), st.sampled_from(_BREAKS)
    )
    return st.builds("{}{}".format, st.sampled_from(_FRONT), st.lists(line, max_size=12).map("".join))


PIECES: Mapping[str, Callable[[], Text]] = {
    piece.__name__: piece
    for piece in (
        *(words, wikilinks, markdown_links, tags, timestamps, comments, spans, lines, headings, paragraphs, lists),
        *(tables, fences, callout_heads, blocks, properties, frontmatter, bodies, paths, notes, soup),
    )
}
"""Every strategy for text by its name."""
