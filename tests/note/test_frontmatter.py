"""Where properties stand in a note, what each covers, and what is wrong where the app reads none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultlint.note.frontmatter import read_frontmatter


def values(text: str) -> dict[str, object]:
    return {entry.key: entry.value for entry in read_frontmatter(text).properties}


def fault(text: str) -> tuple[str, str, str] | None:
    """Kind, message and the text that the span covers."""
    error = read_frontmatter(text).error
    return (error.kind, error.message, error.span.of(text)) if error else None


def faults_in(yaml: str) -> tuple[str, str]:
    """Message and covered text of a fault between the dashes."""
    found = fault(f"---\n{yaml}\n---\n")
    assert found is not None
    return found[1:]


NEVER_CLOSED = "the properties that open here are never closed by a line '---'"


@pytest.mark.parametrize(
    ("text", "block", "content"),
    [
        ("---\na: 1\n---\nbody", "---\na: 1\n---", "a: 1\n"),
        ("---\na: 1\n---", "---\na: 1\n---", "a: 1\n"),
        ("---\n---\nbody", "---\n---", ""),
        ("---\r\na: 1\r\n---\r\nbody", "---\r\na: 1\r\n---", "a: 1\r\n"),
        ("---\ra: 1\r---\rbody", "---\ra: 1\r---", "a: 1\r"),
        ("\ufeff---\na: 1\n---\n", "---\na: 1\n---", "a: 1\n"),
        ("---\n\na: 1\n\n---\n", "---\n\na: 1\n\n---", "\na: 1\n\n"),
    ],
)
def test_block(text: str, block: str, content: str) -> None:
    """A block goes from a first line of three dashes to the next such line, whatever ends the lines."""
    found = read_frontmatter(text)
    assert found.span is not None
    assert found.content_span is not None
    assert (block, content) == (found.span.of(text), found.content_span.of(text))
    assert found.error is None


@pytest.mark.parametrize(
    "text",
    ["", "text", "---", "---\n", "----\na: 1\n----\n", "a\n---\nb: 1\n---\n", "-- -\n", "---x\na: 1\n---\n"],
)
def test_no_block(text: str) -> None:
    """A note without such lines at its very beginning has no properties and nothing wrong with them."""
    found = read_frontmatter(text)
    assert (None, None, ()) == (found.span, found.error, found.properties)


def test_spans() -> None:
    """Each property says where its name, its value and all of it stand; comments belong to none."""
    text = "---\né𝒳: plain text  # note\n\"b c\": 'it''s'\nempty:   # nothing\nl: [x, \"y\"] # c\n---\n"
    found = read_frontmatter(text).properties
    assert [("é𝒳", "plain text"), ('"b c"', "'it''s'"), ("empty", ""), ("l", '[x, "y"]')] == [
        (entry.key_span.of(text), entry.value_span.of(text)) for entry in found
    ]
    assert ["plain", "single", "null", "flow"] == [entry.style for entry in found]
    assert ["é𝒳: plain text  # note", "empty:   # nothing"] == [found[i].span.of(text) for i in (0, 2)]
    assert found[2].value_span.start == text.index("empty:") + len("empty:")


def test_items() -> None:
    """Each item of a list has its own place and style; an empty one stands right behind its dash."""
    text = "---\nl:\n  - a b # c\n  -\n  - 'q'\n  - [x]\nf: [y, {z: 1}]\n---\n"
    block, flow = read_frontmatter(text).properties
    assert [("a b", "plain"), ("", "null"), ("'q'", "single"), ("[x]", "flow")] == [
        (item.span.of(text), item.style) for item in block.items
    ]
    assert "- a b # c\n  -\n  - 'q'\n  - [x]" == block.value_span.of(text)
    assert ["a b", None, "q", ["x"]] == block.value == [item.value for item in block.items]
    assert ["y", "{z: 1}"] == [item.span.of(text) for item in flow.items]


def test_block_scalars() -> None:
    """A value of several lines ends with its last line that is not blank."""
    text = "---\na: |\n  x\n\n  y  \n\n\nb: >-\n  folded\n  text\n---\n"
    literal, folded = read_frontmatter(text).properties
    assert ("|\n  x\n\n  y  ", "literal", "x\n\ny  \n") == (
        literal.value_span.of(text),
        literal.style,
        literal.value,
    )
    assert (">-\n  folded\n  text", "folded", "folded text") == (
        folded.value_span.of(text),
        folded.style,
        folded.value,
    )


def test_characters_of_yaml_1_1() -> None:
    """Characters that YAML 1.1 refuses, or takes for line breaks, are text like any other."""
    text = "---\na: x\u2028y\x85z\nb: [\x07, \ufeff, \ud800, 😀]\nc: 'é\u2029'\n---\n"
    found = read_frontmatter(text).properties
    assert {"a": "x\u2028y\x85z", "b": ["\x07", "\ufeff", "\ud800", "😀"], "c": "é\u2029"} == values(text)
    assert ["x\u2028y\x85z", "[\x07, \ufeff, \ud800, 😀]", "'é\u2029'"] == [
        entry.value_span.of(text) for entry in found
    ]


def test_shared_values() -> None:
    """An alias shares what its anchor names, and a bomb made of them is refused as the app refuses it."""
    text = "---\na: &x [1, 2]\nb: *x\n---\n"
    assert {"a": [1, 2], "b": [1, 2]} == values(text)
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "this value is referred to over 100 times" == faults_in(bomb)[0]
    assert "this value refers to itself" == faults_in("a: &a [*a]")[0]


@pytest.mark.parametrize(
    ("yaml", "message", "place"),
    [
        ("t: Foo: bar", "the value of 't' needs quotes: it holds ': '", "Foo: bar"),
        ("t: Foo:", "the value of 't' needs quotes: it ends in ':'", "Foo:"),
        ("foo bar\n\nb: 2", "'foo bar' is no property: it has no colon behind its name", "foo bar"),
        ("l:\n- a\n- b: c: d", "the value of 'b' needs quotes: it holds ': '", "c: d"),
        ("aliases:\n- @me", "a value that starts with '@' needs quotes", "@me"),
        ("t: `x` y", "a value that starts with '`' needs quotes", "`x` y"),
        ("t: ]x", "a value that starts with ']' needs quotes", "]x"),
        ("t: *x y", "'*x' refers to nothing: a value that starts with '*' needs quotes", "*x y"),
        ("a: 1\n\tb: 2", "a tab cannot indent properties: use spaces", "\t"),
        ("a: - b", "a list item cannot stand on the line of its property's name", "- b"),
        ("aliases: x\n- y", "a list item stands behind a property that has a value already", "- y"),
        ("a: [[x]] y", "text stands behind the closing ']': quote the whole value", "[[x]] y"),
        ("a: 'x' y", "text stands behind the closing quote", "y"),
        ('a: "x', 'the quote " that opens here is never closed', '"'),
        ("a: 'x\nb: y'", "the lines that this value goes on in must be indented", "'x"),
        ("a: [x,\ny]", "the lines that this value goes on in must be indented", "[x,"),
        ("  a: 1\nb: 2", "this line is indented less than the first property", "b: 2"),
        ("a: 1\n  b: 2", "'b' is indented, but the property before it has a value already", "b: 2"),
        ("a: 1\nfoo\nb: 2", "'foo' is no property: it has no colon behind its name", "foo"),
        ("l:\n  - a\n  b: c", "this line stands among list items and is none", "b: c"),
        ('a: "\\d"', "a backslash in double quotes must be doubled, or the quotes single", "\\"),
        ("a: 1\n--- \nb: 2", "properties end at a line of exactly '---'; this one ends nothing", "---"),
        ('a: "x"# y', "a comment needs a space before its '#'", "#"),
    ],
)
def test_faults_in_words(yaml: str, message: str, place: str) -> None:
    """What keeps the app from reading the properties is said in words, at the place to mend."""
    assert (message, place) == faults_in(yaml)


def test_duplicate() -> None:
    """A name that stands twice is reported where it stands the second time; case tells names apart."""
    assert ("duplicate", "the same property 'a' stands twice", "a") == fault("---\na: 1\nb: 2\na: 3\n---\n")
    error = read_frontmatter("---\na: 1\nb: 2\na: 3\n---\n").error
    assert error is not None
    assert error.span.start == 14
    assert {"A": 1, "a": 2} == values("---\nA: 1\na: 2\n---\n")


@pytest.mark.parametrize("yaml", ["- a\n- b", "just text", "42", "[a]"])
def test_not_a_map(yaml: str) -> None:
    """A list or a text instead of properties is refused whole."""
    found = fault(f"---\n{yaml}\n---\n")
    assert found is not None
    assert ("not-a-map", yaml) == (found[0], found[2])


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        (
            "---\na: 1\nb:\n- x\n\n# Head\n",
            "the properties that open here are never closed by a line '---'",
            "---",
        ),
        ("---\na: 1\n----\ntext", "the line that closes the properties must be '---', not '----'", "----"),
        ("---\na: 1\n--- \ntext", "the line that closes the properties must be '---', not '--- '", "--- "),
        ("---\na: 1\n...\ntext", "the line that closes the properties must be '---', not '...'", "..."),
    ],
)
def test_unclosed(text: str, message: str, place: str) -> None:
    """Properties that open on the first line and are never closed are no properties."""
    assert ("unclosed", message, place) == fault(text)
    assert read_frontmatter(text).span is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n---\na: 1\n---\n", "properties must begin on the first line of the note"),
        ("\n\n  \n---\na: 1\n\nb:\n  - c\n---\ntext", "properties must begin on the first line of the note"),
        ("--- \na: 1\n---\n", "the line that opens the properties must be '---' and nothing more"),
    ],
)
def test_misplaced(text: str, message: str) -> None:
    """What reads as properties and stands too late, or behind other dashes, is none to the app."""
    found = fault(text)
    assert found is not None
    assert ("misplaced", message) == found[:2]


@pytest.mark.parametrize(
    "text",
    [
        "---\nProse behind a line, and more: of it\nand more\n",
        "---\nNote: one sentence.\n\nText.\n",
        "---\n\nText: x\n",
        "\n---\nProse.\n---\n",
        "# Head\n---\na: 1\n---\n",
        "Text\n\n---\na: 1\n---\n",
        "***\na: 1\n***\n",
    ],
)
def test_thematic_breaks(text: str) -> None:
    """A line of dashes that only divides a note is no frontmatter gone wrong."""
    assert fault(text) is None


def test_limits() -> None:
    """A block over 1 MiB, or nested over 100 levels, is refused before anything can break."""
    assert fault("---\na: " + "x" * (1 << 20) + "\n---\n") is not None
    for opener in ("[", "{", "- ", "? ", "{a: "):
        found = fault(f"---\n{opener * 200_000}\n---\n")
        assert found is not None
        assert "too-deep" == found[0]
    assert "a" in values("---\na: " + "[" * 99 + "]" * 99 + "\n---\n")
    assert ("too-deep", "[") == fault("---\na: " + "[" * 100 + "]" * 100 + "\n---\n")[::2]  # type: ignore[index]


@pytest.mark.parametrize(
    "hostile",
    [
        "a: " + " " * 500_000 + "\tx",
        "a: |\n" + " \n" * 300_000,
        "a: " + "x:y#" * 200_000,
        "a:\n" + "\t\n" * 300_000,
        '"' * 500_000,
        "a " * 400_000 + ": 1",
        "#\n" * 400_000,
        "a: " + "9" * 900_000,
        "? {" + "a,b: ,[], " * 50_000 + "}\n: x",
        "".join(f"k{i}: v\n" for i in range(15_000)) + "\t\nb: 1\n" * 60,
    ],
)
@pytest.mark.parametrize("frame", ["---\n{}\n---\n", "---\n{}", "\n\n---\n{}"])
def test_hostile_text_is_read(hostile: str, frame: str) -> None:
    """No text keeps the reading from coming to an end: it has properties, or says why not."""
    text = frame.format(hostile)

    found = read_frontmatter(text)

    assert found.error is None or not found.properties
    assert all(entry.key_span.end <= len(text) for entry in found.properties)


@given(st.text(alphabet="a:-#'\"[]{}|>&*!%@`, \t\n\r\\?~0\ufeff\u2028\ud800é😀", max_size=60))
@example("---\n?\n---")
def test_never_raises(yaml: str) -> None:
    """Whatever stands between the dashes, the reading ends, and all places lie inside the note."""
    for text in (f"---\n{yaml}\n---\n", yaml, f"---\n{yaml}"):
        found = read_frontmatter(text)
        spans = [entry.span for entry in found.properties] + ([found.error.span] if found.error else [])
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        if found.error is not None:
            assert found.error.span.end > found.error.span.start
            assert () == found.properties


def test_agrees_with_the_app(shared: Path) -> None:
    """The properties that the app's dumps give are those that are read."""
    for line in (shared / "oracle" / "obsidian-metadata.jsonl").read_text("utf-8").splitlines():
        note = json.loads(line)
        assert (note.get("frontmatter") or {}) == values(note["text"]), note["path"]


@pytest.mark.parametrize("vault", ["DawnVespero+TheBlackSunLodge", "Zo-ey+venedia-obsidian-vault"])
def test_agrees_with_the_app_over_a_vault(vault: str, shared: Path, corpus: Callable[[str], Path]) -> None:
    """The same over whole vaults, where no note changed since; the dumps leave out tags and aliases."""
    root = corpus(vault)
    for line in (shared / "oracle" / "vault-notes.jsonl").read_text("utf-8").splitlines():
        note = json.loads(line)
        if note["vault"] == vault and note["unchanged"] and note.get("frontmatter"):
            got = values((root / note["path"]).read_text("utf-8"))
            assert note["frontmatter"].items() <= got.items(), note["path"]
