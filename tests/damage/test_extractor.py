"""Damage of each kind is seen: a small one, made by hand, and what the same meaning in other words is not."""

from __future__ import annotations

from pathlib import Path

import extractor
import pytest

DAMAGE = {
    "a word is lost": ("one two\n", "one\n", "prose"),
    "words change places": ("one two\n", "two one\n", "prose"),
    "a space before a link is lost": ("see [[a]]\n", "see[[a]]\n", "prose"),
    "lines are joined": ("one\ntwo\n", "one two\n", "line breaks"),
    "the spaces of a hard break are lost": ("one  \ntwo\n", "one\ntwo\n", "hard breaks"),
    "the backslash of a hard break is lost": ("one\\\ntwo\n", "one\ntwo\n", "hard breaks"),
    "a time changes": ("- 12:03 dough\n", "- 12:30 dough\n", "times"),
    "emphasis is lost": ("one *two*\n", "one two\n", "emphasis"),
    "a link leads elsewhere": ("[[a|x]]\n", "[[b|x]]\n", "wikilinks"),
    "a link becomes text": ("[[a]]\n", "\\[\\[a]]\n", "wikilinks"),
    "a link shows something else": ("[[a|x]]\n", "[[a|y]]\n", "shown by wikilinks"),
    "a link loses its alias": ("[[a|x]]\n", "[[a]]\n", "shown by wikilinks"),
    "an embed becomes a link": ("![[a]]\n", "[[a]]\n", "embeds"),
    "an embed loses its size": ("![[a.png|300]]\n", "![[a.png]]\n", "embeds"),
    "a destination changes": ("[x](a.md)\n", "[x](b.md)\n", "links"),
    "a title is lost": ('[x](a.md "t")\n', "[x](a.md)\n", "links"),
    "a link takes in a word": ("[x](a) y\n", "[x y](a)\n", "links"),
    "a definition of a link is lost": ("[x]: a.md\n", "\n", "links"),
    "an image changes": ("![x](a.png)\n", "![x](b.png)\n", "images"),
    "a tag is glued to a word": ("one #two\n", "one#two\n", "tags"),
    "a tag gets another case": ("#Two\n", "#two\n", "tags"),
    "a tag of the properties is lost": ("---\ntags: [a, b]\n---\n", "---\ntags: [a]\n---\n", "tags"),
    "a block id moves": ("one ^x\n\ntwo\n", "one\n\ntwo ^x\n", "block ids"),
    "a block id leaves the end of its line": ("one ^x\n", "one ^x two\n", "block ids"),
    "a block id comes near its list": ("- one\n\n^x\n", "- one\n^x\n", "block ids"),
    "a block id gets far from its table": ("|a|\n|-|\n\n^x\n", "|a|\n|-|\n\nb\n\n^x\n", "block ids"),
    "a heading changes its level": ("# one\n", "## one\n", "headings"),
    "a heading becomes a tag": ("# one\n", "#one\n", "headings"),
    "a heading appears": ("one\n\n---\n", "one\n---\n", "headings"),
    "a callout becomes a quote": ("> [!note] x\n", "> \\[!note] x\n", "quotes"),
    "a callout is folded": ("> [!note] x\n", "> [!note]- x\n", "quotes"),
    "two quotes become one": ("> a\n\n> b\n", "> a\n>\n> b\n", "quotes"),
    "an item is no longer nested": ("- a\n\t- b\n", "- a\n- b\n", "lists"),
    "an item becomes text": ("- a\n- b\n", "- a\n-b\n", "lists"),
    "bullets become numbers": ("- a\n", "1. a\n", "lists"),
    "a list begins with another number": ("3. a\n", "1. a\n", "lists"),
    "a list is split by another bullet": ("- a\n- b\n", "- a\n* b\n", "lists"),
    "a task is done": ("- [ ] a\n", "- [x] a\n", "lists"),
    "a cell is lost": ("|a|b|\n|-|-|\n|c|d|\n", "|a|b|\n|-|-|\n|c|\n", "tables"),
    "a row is lost": ("|a|\n|-|\n|b|\n|c|\n", "|a|\n|-|\n|b|\n", "tables"),
    "a table becomes text": ("|a|\n|-|\n", "|a|\n\n|-|\n", "tables"),
    "a column is set otherwise": ("|a|\n|:-|\n", "|a|\n|-:|\n", "tables"),
    "a bar loses its backslash": ("|[[a\\|b]]|c|\n|-|-|\n", "|[[a|b]]|c|\n|-|-|\n", "tables"),
    "a line is lost": ("a\n\n---\n", "a\n", "thematic breaks"),
    "a comment changes": ("a %% b %%\n", "a %%b %%\n", "comments"),
    "a block comment loses a blank line": ("%%\na\n\nb\n%%\n", "%%\na\nb\n%%\n", "comments"),
    "a comment comes to light": ("%%\n# a\n%%\n", "# a\n", "comments"),
    "an HTML comment changes": ("a <!-- b -->\n", "a <!-- c -->\n", "comments"),
    "a space in a code span is lost": ("a `b  c`\n", "a `b c`\n", "code"),
    "a line of code is indented": ("```\na\n```\n", "```\n a\n```\n", "code"),
    "code changes its language": ("```py\na\n```\n", "```\na\n```\n", "code"),
    "a fence is lost": ("```\na\n```\n\nb\n", "```\na\n\nb\n", "code"),
    "indented code becomes text": ("a\n\n    b\n", "a\n\nb\n", "code"),
    "a formula changes": ("a $b_1$\n", "a $b*1$\n", "math"),
    "a block of math changes": ("$$\na\n$$\n", "$$\nb\n$$\n", "math"),
    "a tag of HTML is lost": ("a <br> b\n", "a b\n", "html"),
    "an attribute changes": ('<a data-t="1">x</a> y\n', '<a data-t="2">x</a> y\n', "html"),
    "a block of HTML changes": ("<div>\na\n</div>\n", "<div>\n a\n</div>\n", "html"),
    "a footnote's reference is lost": ("a[^1]\n\n[^1]: b c\n", "a\n\n[^1]: b c\n", "footnotes"),
    "a footnote's text is lost": ("a[^1]\n\n[^1]: b c\n", "a[^1]\n", "footnotes"),
    "a footnote changes its name": ("[^1]: b c\n", "[^2]: b c\n", "footnotes"),
    "a footnote in the text becomes text": ("a ^[b]\n", "a [b]\n", "footnotes"),
    "properties change places": ("---\na: 1\nb: 2\n---\n", "---\nb: 2\na: 1\n---\n", "properties"),
    "a property is lost": ("---\na: 1\nb:\n---\n", "---\na: 1\n---\n", "properties"),
    "a property gets another name": ("---\ntag: a\n---\n", "---\ntags: a\n---\n", "properties"),
    "a value changes": ("---\na: b\n---\n", "---\na: c\n---\n", "property values"),
    "a text becomes a number": ('---\na: "1"\n---\n', "---\na: 1\n---\n", "property values"),
    "a number is written otherwise": ("---\na: 1.0\n---\n", "---\na: 1\n---\n", "property values"),
    "a text becomes a list": ("---\na: b\n---\n", "---\na: [b]\n---\n", "property values"),
    "items change places": ("---\na: [b, c]\n---\n", "---\na: [c, b]\n---\n", "property values"),
    "a fault in YAML changes": ("---\na: b: c\n---\n", "---\na: 'b: c'\n---\n", "property values"),
    "a comment of YAML is lost": ("---\na: 1 # b\n---\n", "---\na: 1\n---\n", "yaml comments"),
    "a comment of YAML on its own line is lost": ("---\n# b\na: 1\n---\n", "---\na: 1\n---\n", "yaml comments"),
    "an odd sign in YAML is lost": ("---\na: b\x0b\n---\n", "---\na: b\n---\n", "property values"),
    "an embed gets the size that it is named": ("![[100]]\n", "![[100|100]]\n", "embeds"),
    "a line becomes a heading, not a table": ("|a\n\n-\n", "|a\n-\n", "headings"),
    "words behind a comment are lost": ("%%\na\n%% b\n", "%%\na\n%%\n", "prose"),
    "the properties become text": ("---\na: 1\n---\n", "\n---\na: 1\n---\n", "properties"),
}

SAME = {
    "the sign of a bullet, of a line, of emphasis, of a heading": (
        "* a\n\n***\n\n*b*\n\nc\n=\n",
        "- a\n\n---\n\n_b_\n\n# c\n",
    ),
    "blank lines and indents": ("# a\nb\n\n\n- c\n\t- d\n", "# a\n\nb\n\n- c\n    - d\n"),
    "the width of a table": ("|a|b|\n|-|-|\n|c|d|\n", "| a   | b   |\n| --- | --- |\n| c   | d   |\n"),
    "quotes in YAML": ("---\na: 'b'\nc: [d, e]\n---\n", '---\na: "b"\nc:\n  - d\n  - e\n---\n'),
    "an alias that says what is shown anyway": ("[[a|a]] [[a#b|a > b]]\n", "[[a]] [[a#b]]\n"),
    "the way that a destination is written": ("[x](<a b.md>)\n", "[x](a%20b.md)\n"),
    "line breaks of another system": ("---\na: 1\n---\n- b\n- c\n", "---\r\na: 1\r\n---\r\n- b\r\n- c\r\n"),
    "a backslash that is not needed": ("a\\_b\n", "a_b\n"),
    "the sign of a fence, and that the end of the note closes it": ("~~~ py\na\n\n", "```py\na\n"),
    "a backslash in a time or before a sign at the end of a line": ("12\\:03 a\\-\nb\n", "12:03 a-\nb\n"),
    "white space around comments and HTML": (
        "%% a %%\nb\n\n%%\nc\n%%\n\n<p>\n",
        "%% a %%  \nb\n\n%%\nc\n%% \n\n<p> \n",
    ),
    "white space behind the title of a callout": ("> [!note] a\n> b\n", "> [!note] a  \n> b\n"),
    "an alias that names the note that is embedded": ("![[a|a]]\n", "![[a]]\n"),
    "tabs and odd signs in YAML": ("---\na:\t\nb: c\t# d\t\n---\n", "---\na:\nb: c # d\n---\n"),
    "blank lines in what is no YAML": ("---\na: *b\n\nc:  d\n---\n", "---\na: *b\nc: d\n---\n"),
    "an indented block in a list": ("- a\n\n  ```\n  b\n  ```\n", "-   a\n\n    ```\n    b\n    ```\n"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_small_damage_is_seen(name: str) -> None:
    """What is lost, changed or moved is counted among the things of its kind."""
    before, after, kind = DAMAGE[name]

    assert kind in extractor.damage(before, after)
    assert kind in extractor.damage(after, before)


def test_every_kind_has_a_damage() -> None:
    """No kind of thing goes without such a test."""
    assert set(extractor.KINDS) == {kind for _, _, kind in DAMAGE.values()}


@pytest.mark.parametrize("name", SAME)
def test_the_same_is_no_damage(name: str) -> None:
    """What only looks different in the file is not counted."""
    assert {} == extractor.damage(*SAME[name])


def test_things_stand_where_they_stand() -> None:
    """The lines of things are those of the note, below properties, in quotes and behind what takes several lines."""
    text = "---\na: 1\n---\n> [!note] b\n> c `d\n> e` [[f]]\n\n|g|\n|-|\n|h|\n\n%%\n#i\n%%\n"
    things = [(thing.kind, thing.value, thing.first, thing.last) for thing in extractor.extract(text)]

    assert ("property values", ("a", "number", "1"), 1, 1) in things
    assert ("code", "`d\ne`", 4, 5) in things
    assert ("wikilinks", "f", 5, 5) in things
    assert ("prose", "h", 9, 9) in things
    assert ("comments", "%%\n#i\n%%", 11, 13) in things
    assert ("tags", "i", 12, 12) in things


def test_things_behind_others_stand_on_their_own_lines() -> None:
    """What takes several lines shifts what stands behind it in the same paragraph."""
    things = extractor.extract("[a](\nb) `c\nd` e [f\ng](h) i\n")

    assert [("e", 2), ("f", 2), ("g", 3), ("i", 3)] == [
        (thing.value, thing.first) for thing in things if thing.kind == "prose" and thing.value.isalpha()
    ][1:]


def test_a_property_that_holds_itself_ends() -> None:
    """Of an alias within what it names, no more is read."""
    assert extractor.extract("---\na: &b [*b, c]\n? [d, e]\n: f\n---\n")


def test_two_folders_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The script counts what changed in the notes of a folder, notes that are gone included."""
    for folder, files in {"before": {"a.md": "one #two\n", "b.md": "[[c]]\n"}, "after": {"a.md": "one two\n"}}.items():
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text, encoding="utf-8")

    assert 1 == extractor.main(["--list", str(tmp_path / "before"), str(tmp_path / "after")])
    printed = capsys.readouterr().out
    assert "a.md:1: tags: ['two'] -> []\n" in printed
    assert ["tags", "1", "1"] in [line.split() for line in printed.splitlines()]
    assert ["wikilinks", "1", "1"] in [line.split() for line in printed.splitlines()]
    assert 0 == extractor.main([str(tmp_path / "before"), str(tmp_path / "before")])
