"""The proof: what a fix may change, and what it must not; two readers must agree to it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import accumulate

import pytest

from vaultlint.engine.edits import apply_edits
from vaultlint.engine.meaning import licence_of, refusal, what_changed
from vaultlint.engine.yaml_meaning import said_in
from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind


def changed(text: str, old: str, new: str, *may_change: Aspect, kind: Kind = Kind.CONTENT) -> str | None:
    """What the proof says of one edit, `old` to `new`, at the first place of `old`."""
    start = text.index(old)
    edit = Edit("a.md", Span(start, start + len(old)), new)
    fix = Fix("mend it", (edit,), Applicability.SAFE, kind, frozenset(may_change))
    before = parse_note(text, "a.md")
    after = parse_note(apply_edits(text, [edit]), "a.md")
    return what_changed(before, after, [edit], licence_of(fix))


@pytest.mark.parametrize(
    ("text", "old", "new", "said", "licence"),
    [
        ("see [[Old]] here", "Old", "New", "links", Aspect.LINKS),
        ("see ![[Old]] here", "!", "", "links", Aspect.LINKS),
        ("see [[Old#One]] here", "One", "Two", "links", Aspect.LINKS),
        ("see [a](Old.md) here", "Old", "New", "links", Aspect.LINKS),
        ("see [[Old]] here", "[[Old]]", "Old", "links", Aspect.LINKS),
        ("see [[Note|old]] here", "old", "new", "aliases", Aspect.ALIASES),
        ("a #old tag", "old", "new", "tags", Aspect.TAGS),
        ("text ^old\n", "old", "new", "block ids", Aspect.BLOCK_IDS),
        ("# Old\n", "Old", "New", "headings", Aspect.HEADINGS),
        ("# Old\n", "#", "##", "headings", Aspect.HEADINGS),
        ("---\nkey: old\n---\n", "old", "new", "properties", Aspect.PROPERTIES),
        ("---\nold: value\n---\n", "old", "new", "properties", Aspect.PROPERTIES),
        ("text %%old%%", "old", "new", "comments", Aspect.COMMENTS),
        ("text <!-- old -->", "old", "new", "comments", Aspect.COMMENTS),
        (
            'a <a data-t="00:12:03">[00:12:03]</a> b',
            '"00:12:03"',
            '"00:12:04"',
            "timestamps",
            Aspect.TIMESTAMPS,
        ),
        ("```py\ncode\n```\n", "py", "pi", "languages", Aspect.LANGUAGES),
        ("> [!note] a\n> b\n", "]", "]-", "callouts", Aspect.CALLOUTS),
        ("> [! note ] a\n", "! note ", "!note", "callouts", Aspect.CALLOUTS),
        ("> [!note]a b\n> c #d\n", "]", "] ", "callouts", Aspect.CALLOUTS),
        (">\n> [!note] a\n> b\n", ">\n", "", "callouts", Aspect.CALLOUTS),
    ],
)
def test_licence(text: str, old: str, new: str, said: str, licence: Aspect) -> None:
    """Each part of a note's meaning may change with its licence, and not without it."""
    assert said == changed(text, old, new)
    assert said == changed(text, old, new, *(set(Aspect) - {licence, Aspect.LINKS}))
    assert changed(text, old, new, licence) is None


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("a `code` b", "code", "core"),
        ("a `code` b", "`code`", "code"),
        ("```py\ncode\n```\n", "code", "core"),
        ("a $x+1$ b", "x", "y"),
        ("$$\nx\n$$\n", "x", "y"),
        ("plain\n", "plain", "    plain"),
    ],
)
def test_code_and_math(text: str, old: str, new: str) -> None:
    """Code and math never change, whatever a fix says."""
    assert "code or math" == changed(text, old, new, *Aspect)


@pytest.mark.parametrize(
    ("text", "old", "new", "licence", "said"),
    [
        ("[[a]] ` [[b]] [[c]]", "[[a]]", "`[[a]]", Aspect.LINKS, "code or math"),
        ("[[a]] #tag", "[[a]] ", "[[a]]x", Aspect.LINKS, "tags"),
        ("# [[a]]\n", "# ", "", Aspect.LINKS, "headings"),
        ("x [[a]]\n\n# H\n", "[[a]]", "[[a]]\n\n```", Aspect.LINKS, "code or math"),
        ("---\nk: 1\n---\n[[a]]", "[[a]]", "[[b]]", Aspect.TAGS, "links"),
        ("---\nk: [[a]]\nl: 2\n---\n", "k: [[a]]", "k: [[a", Aspect.LINKS, "properties"),
    ],
)
def test_a_licence_ends_where_the_edits_end(text: str, old: str, new: str, licence: Aspect, said: str) -> None:
    """A licence for one part covers no other part, and nothing that the edits do not touch."""
    assert said == changed(text, old, new, licence)


@pytest.mark.parametrize(
    "text",
    [
        "# About [[Old]] things\n",
        '---\nsee: ["[[Old]]", more]\n---\n',
        "%% see [[Old]] %%",
        "- [[Old]] ^id\n",
    ],
)
def test_what_holds_a_link_changes_with_it(text: str) -> None:
    """A licence to change a link is one to change it inside a heading, a property or a comment."""
    assert changed(text, "Old", "New", Aspect.LINKS) is None


@pytest.mark.parametrize("text", ["# About [[Old]] things\n", '---\nsee: ["[[Old]]", About]\n---\n'])
def test_not_so_the_words_beside_it(text: str) -> None:
    """The words beside the link are not covered by it."""
    assert changed(text, "About", "Abort", Aspect.LINKS) in ("headings", "properties")


def test_mending_the_frontmatter() -> None:
    """Where the app could read no property, a fix that may change properties makes all of them appear."""
    text = "---\nkey: value\nkey: again\nother: 1\nsee: '[[x]]'\n---\n"

    assert changed(text, "key: again\n", "", Aspect.PROPERTIES) is None
    assert changed(text, "key: again\n", "") is not None


def test_a_paragraph_of_tags() -> None:
    """Tags that move to the properties, or from there, take their paragraph along, and nothing else does."""
    text = "One.\n\n#old #new\n\n- Two.\n"

    assert changed(text, "#old #new\n\n", "", Aspect.TAGS, Aspect.WORDS) is None
    assert changed(text, "- Two.\n", "- Two.\n\n#more\n", Aspect.TAGS, Aspect.WORDS) is None
    assert "tags" == changed(text, "#old #new\n\n", "", Aspect.WORDS)
    assert "words" == changed(text, "#old #new\n\n", "", Aspect.TAGS)
    assert "blocks" == changed(text, "One.\n\n", "", Aspect.WORDS)
    assert "lists" == changed(text, "\n\n- ", "\n\n", Aspect.TAGS, Aspect.WORDS)


def test_layout() -> None:
    """A change of layout leaves every word and every part as it was."""
    assert changed("a\n\n\nb", "\n\n\n", "\n\n", kind=Kind.LAYOUT) is None
    assert "words" == changed("a b", "a b", "ab", kind=Kind.LAYOUT)
    assert "code or math" == changed("`a  b`", "a  b", "a b", kind=Kind.LAYOUT)


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        ("- a\n- b\n", "- b", "  b", "lists"),
        ("- a\n- b\n", "- b", "\n1. b", "lists"),
        ("- a\n- b\n", "- b", "  - b", "lists"),
        ("- [ ] a\n", "[ ]", "[x]", "lists"),
        ("- a\n- b\n", "- b", "%% c %%\n- b", "lists"),
        ("| a | b |\n|---|---|\n| c | d |\n", "c", "c | e", "tables"),
        ("| a | b |\n|---|---|\n| c | d |\n", "| c", "\n| c", "tables"),
        ("> [!note] a\n> b\n", "note", "tip", "callouts"),
        ("> [!note] a\n> b\n", "a", "c", "callouts"),
        ("> [!note] a\n> b\n", "\n> ", "\n\n", "callouts"),
        ("a[^1]\n\n[^1]: b\n", "[^1]", "[^2]", "footnotes"),
        ("key:: a\n", "a", "b", "inline fields"),
        ("<% a %>\n", "a", "b", "templates"),
        ("a\nb\n", "\n", "\n\n", "blocks"),
        ("a\nb\n", "b", "---", "headings"),
        ("a\n\n^id\n", "\n\n", "\n\n---\n\n", "block ids"),
    ],
)
def test_what_a_fix_of_words_leaves_alone(text: str, old: str, new: str, said: str) -> None:
    """Lists, tasks, tables, callouts, footnotes, fields, templates, blocks, and what an id names stay as they are."""
    assert said == changed(text, old, new, Aspect.COMMENTS)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("- [ ] a b\n  c\n", "b", "b %% c %%"),
        ("> a\n> b ^id\n", "a", "a %% c %%"),
        ("| a |\n|---|\n", "| a", "%% c %%\n| a"),
        ("a[^1] b\n\n[^1]: c\n", " b", " %% d %% b"),
        ("# H\n\n- a\n\n  b\n\n^id\n", "# H", "%% c %%\n# H"),
    ],
)
def test_a_comment_beside_them(text: str, old: str, new: str) -> None:
    """A comment changes none of them, nor does taking it out."""
    assert changed(text, old, new, Aspect.COMMENTS) is None
    assert changed(text.replace(old, new), new, old, Aspect.COMMENTS) is None


@pytest.mark.parametrize(
    ("text", "old", "new", "licence"),
    [
        ("see [[Old]] here", "[[Old]]", "", Aspect.LINKS),
        ("see [[Old|that one]] here", "[[Old|that one]]", "Old", Aspect.LINKS),
        ("see [that one](Old.md) here", "[that one](Old.md)", "", Aspect.LINKS),
    ],
)
def test_no_link_vanishes(text: str, old: str, new: str, licence: Aspect) -> None:
    """A link may become what it shows, and not be lost."""
    assert changed(text, old, new, licence) is not None


def test_a_path_is_where_it_leads() -> None:
    """Another way to write the path of a file is no change of a link; what is shown is one of its alias."""
    text = "see [[Old|it]] and [[Old]]"
    files = {"Old": "Notes/Old.md", "Notes/Old": "Notes/Old.md"}

    def said(old: str, new: str) -> str | None:
        start = text.index(old)
        edit = Edit("a.md", Span(start, start + len(old)), new)
        before, after = parse_note(text, "a.md"), parse_note(apply_edits(text, [edit]), "a.md")
        return what_changed(before, after, [edit], frozenset(), lambda path: files.get(path, path))

    assert said("[[Old|it]]", "[[Notes/Old|it]]") is None
    assert "aliases" == said("[[Old]]", "[[Notes/Old]]")
    assert "links" == said("[[Old|it]]", "[[Other|it]]")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [("[[a#b]]", "[[a#b]]", "[[a#b|a#b]]"), ("[[#x]]", "[[#x]]", "[[#x|#x]]"), ("![[100]]", "]]", "|100]]")],
)
def test_what_a_link_shows_by_itself(text: str, old: str, new: str) -> None:
    """Without an alias, `[[a#b]]` is shown as `a > b`: to write its own target behind a bar shows something else."""
    assert "aliases" == changed(text, old, new, kind=Kind.LAYOUT)
    assert changed("[[a#b]]", "[[a#b]]", "[[a#b|a > b]]", kind=Kind.LAYOUT) is None


def test_words_that_stay_where_they_were_are_no_matter_of_how_many() -> None:
    """A table of all words then by all words now would be too large; that each is the same is seen at once."""
    text = "see [[Note|old]] here\n" + "and there " * 20_000

    assert changed(text, "|old", "|new", Aspect.ALIASES) is None


def test_what_the_second_reader_can_not_read_is_not_proved() -> None:
    """A note beyond the bounds of the second reader has no fixes, and the reason is told."""
    text = ">" * 50 + " a  b\n"
    edit = Edit("a.md", Span(text.index("  "), text.index("  ") + 2), " ")
    before, after = parse_note(text, "a.md"), parse_note(apply_edits(text, [edit]), "a.md")

    said = refusal(before, after, [edit], frozenset())

    assert "can't be proved harmless: its lists and quotes are nested over 30 deep" == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a: 'x'", 'a: "x"'),
        ("a: x", 'a: "x"'),
        ("a: [x, y]", "a:\n  - x\n  - y"),
        ("a:   1", "a: 1"),
        ("a: 2024-01-01", "a: '2024-01-01'"),
        ("a: yes", "a: 'yes'"),
        ("a: {b: c}", "a:\n  b: c"),
        ("a: &x 1\nb: *x", "a:  &x 1\n\nb:  *x"),
    ],
)
def test_properties_as_data(one: str, other: str) -> None:
    """How a property is written is layout."""
    assert said_in(one) == said_in(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a: 1", "a: '1'"),
        ("a: true", "a: 'true'"),
        ("a: null", "a: 'null'"),
        ("a:", "a: ''"),
        ("a: 0x1F", "a: '0x1F'"),
        ("a: 1\nb: 2", "b: 2\na: 1"),
        ("a: 1 # why", "a: 1"),
        ("# one\na: 1", "a: 1\n# one"),
        ("a: |\n  x\n", "a: |-\n  x\n"),
        ("a: [x, y]", "a: [y, x]"),
        ("a: &x 1\nb: *x", "a: 1\nb: 1"),
        ("a: !!str 1", "a: 1"),
        ("a: !t x", "a: x"),
        ("a: &x 1", "a: 1"),
        ("a: [", "a:  ["),
    ],
)
def test_properties_that_differ(one: str, other: str) -> None:
    """Values, types, order, comments, anchors and tags are not; nor is anything where the block can't be read."""
    assert said_in(one) != said_in(other)


def test_many_references_to_one_anchor() -> None:
    """A block whose values would have no bound is read in no time."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 100))]

    assert 800 > len(said_in("\n".join(lines)))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("> [!note]a b\n> c\n", "]a b", "] a"),
        ("> [!note]a\n> c\n", "]a\n", "] a "),
        ("> [!note]a\n", ">", ""),
        ("> a\n> - b\n", "a", "[!note]"),
    ],
)
def test_a_callout_says_what_its_quote_said(text: str, old: str, new: str) -> None:
    """Who may make a callout of a quote takes no word from it, joins no lines and ends no quote."""
    assert changed(text, old, new, Aspect.CALLOUTS) is not None


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("~~~py\ncode\n~~~\n", "~~~py\ncode\n~~~", "```py\ncode\n```"),
        ("    a\n\n      b\n", "    a\n\n      b", "```\na\n\n  b\n```"),
        ("$$a$$\n", "$$a$$", "$$\na\n$$"),
    ],
)
def test_layout_of_code_and_math(text: str, old: str, new: str) -> None:
    """Which fence is around code, and whether the signs of math stand on lines of their own, is layout."""
    assert changed(text, old, new, kind=Kind.LAYOUT) is None


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [("a\n", "a\n", "# b\n\na\n"), ("a\n\n## c\n", "## c", "## b\n\n## c"), ("##a\n\nb\n", "##a", "## a")],
)
def test_new_headings(text: str, old: str, new: str) -> None:
    """Headings come with a licence of their own, where there was nothing or in the place of a paragraph; none goes."""
    usual = (Aspect.HEADINGS, Aspect.WORDS)

    assert changed(text, old, new, *usual, Aspect.NEW_HEADINGS) is None
    assert changed(text, old, new, *usual) is not None
    assert changed(text.replace(old, new), new, old, *usual, Aspect.NEW_HEADINGS) is not None


FOOTNOTES = frozenset({Aspect.FOOTNOTES})


def test_footnotes_may_be_renamed_and_moved() -> None:
    """Each mark leads to the same text, whatever it is called and wherever that stands."""
    text = "a[^1] b[^2]\n\n[^1]: one[^2]\n\n    more\n\nc\n\n[^2]: two\n"
    moved = "a[^2] b[^1]\n\nc\n\n[^1]: two\n[^2]: one[^1]\n\n    more\n"

    assert renamed(text, moved) is None


def renamed(before: str, after: str) -> str | None:
    """What the proof says of footnotes renamed and moved: an edit for each line that differs."""
    matcher = SequenceMatcher(None, lines := before.splitlines(keepends=True), now := after.splitlines(keepends=True))
    starts = [0, *accumulate(map(len, lines))]
    edits = [
        Edit("a.md", Span(starts[first], starts[last]), "".join(now[begin:end]))
        for tag, first, last, begin, end in matcher.get_opcodes()
        if tag != "equal"
    ]
    return what_changed(parse_note(before, "a.md"), parse_note(after, "a.md"), edits, FOOTNOTES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a[^1] b[^2]\n\n[^1]: one\n[^2]: two\n", "a[^2] b[^1]\n\n[^1]: one\n[^2]: two\n"),
        ("a[^1] b[^2]\n\n[^1]: one\n[^2]: two\n", "a[^1] b[^2]\n\n[^1]: one\n"),
        ("a[^1]\n\n[^1]: one\n\nb\n", "a[^1]\n\nb\n\n[^1]: on\n"),
        ("a[^1]\n\n[^1]: one\n    more\n\nb\n", "a[^1]\n\n    more\n\nb\n\n[^1]: one\n"),
        ("a[^1] b\n\n[^1]: one\n", "a[^1]\n\n[^1]: one\n"),
    ],
)
def test_footnotes_that_mean_something_else(before: str, after: str) -> None:
    """A mark that leads elsewhere, a footnote lost, torn or worded otherwise, a word gone beside one."""
    assert renamed(before, after) is not None


def test_lists_may_be_joined() -> None:
    """Two lists that stand next to each other, with what is in them."""
    text = "- a\n- b\n+ c\n  - d\n\n1. e\n   - f\n"

    assert changed(text, "\n+", "\n-", kind=Kind.LAYOUT) == "lists"
    assert changed(text, "\n+", "\n-", Aspect.LISTS) is None


def test_an_item_without_words_may_go() -> None:
    """It, and not one with words."""
    assert changed("- a\n-\n- b\n", "\n-\n", "\n", Aspect.LISTS) is None
    assert changed("- a\n- x\n- b\n", "\n- x\n", "\n", Aspect.LISTS) is not None
    assert changed("- - a\n", "- - a", "- a", Aspect.LISTS) is None


def test_text_may_become_a_list() -> None:
    """Where words and lists may change; without either, it may not."""
    assert changed("a\n\u2022 b\n", "\n\u2022", "\n-", Aspect.LISTS, Aspect.WORDS) is None
    assert changed("a\n\u2022 b\n", "\n\u2022", "\n-", Aspect.WORDS) is not None
    assert changed("a\n\u2022 b\n", "\n\u2022", "\n-", Aspect.LISTS) is not None


def test_code_in_an_item_may_move_with_it() -> None:
    """Its indent is that of the item; what is indented further is its own."""
    text = "- a\n\n  ```\n  b\n    c\n  ```\n"

    assert what_changed_all(text, "-  a\n\n   ```\n   b\n     c\n   ```\n") is None
    assert what_changed_all(text, "-  a\n\n   ```\n   b\n    c\n   ```\n") is not None


def what_changed_all(before: str, after: str) -> str | None:
    """What the proof says where the white space at the beginning of lines is another."""
    edits = []
    start = 0
    for then, now in zip(before.splitlines(keepends=True), after.splitlines(keepends=True), strict=True):
        if then != now:
            head, tail = then.rstrip(), now.rstrip()
            rest = len(head.lstrip("- "))
            span = Span(start, start + len(head) - rest)
            edits.append(Edit("a.md", span, tail[: len(tail) - rest]))
        start += len(then)
    return what_changed(parse_note(before, "a.md"), parse_note(after, "a.md"), edits, frozenset())
