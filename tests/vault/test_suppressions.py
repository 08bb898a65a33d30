"""Comments that keep vaultlint quiet, and the lines over which they do."""

from __future__ import annotations

import pytest

from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.vault.facts import Suppression
from vaultlint.vault.suppressions import LAST_LINE, find_suppressions

END = LAST_LINE


def found(text: str) -> list[tuple[str, tuple[str, ...], int, int]]:
    """Kind, names, first and last line of each suppression."""
    return [(one.kind, one.rules, one.first_line, one.last_line) for one in find_suppressions(parse_note(text))]


def without(text: str) -> str:
    """The text after its first suppression is taken out."""
    span = one(text).removal_span
    return text[: span.start] + text[span.end :]


def one(text: str) -> Suppression:
    """The first suppression of a note."""
    return find_suppressions(parse_note(text))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%% vaultlint-disable a, b %%\n\nx\n", [("disable", ("a", "b"), 1, END)]),
        ("x\n\n%% vaultlint-disable %%\n", [("disable", (), 3, END)]),
        ("%%vaultlint-disable a b%%\n", [("disable", ("a", "b"), 1, END)]),
        ("x %% vaultlint-disable-line a %%\n", [("line", ("a",), 1, 1)]),
        ("%% vaultlint-disable-next-line %%\nx\n", [("next-line", (), 2, 2)]),
        ("x\n\nx %% vaultlint-disable-file a %%\n", [("file", ("a",), 1, END)]),
        ("<!-- vaultlint-disable a -->\n\nx\n", [("disable", ("a",), 1, END)]),
        ("x <!-- vaultlint-disable-line a --> x\n", [("line", ("a",), 1, 1)]),
        ("%% vaultlint-disable a -- since 2020, we know %%\n", [("disable", ("a",), 1, END)]),
        ("%% vaultlint-disable -- all of it %%\n", [("disable", (), 1, END)]),
        ("%%\nvaultlint-disable-next-line a\nsince we know\n%%\nx\n", [("next-line", ("a",), 5, 5)]),
    ],
)
def test_forms(text: str, expected: list[object]):
    """Each form holds over the lines that its name says, for the rules that it names or for all."""
    assert expected == found(text)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (" a", ("a",)),
        (' "a"', ("a",)),
        (" a, b", ("a", "b")),
        (" 'a b'", ("a", "b")),
        (" [a, b]", ("a", "b")),
        ("\n  - a\n  - b", ("a", "b")),
        (" [a, 3, 'b']", ("a", "b")),
        (" all", ()),
        (" [All]", ()),
        (" [a, all]", ()),
        (" true", ()),
    ],
)
def test_the_property(written: str, names: tuple[str, ...]):
    """A property names rules that are off in its whole note, in a list or a text; `all` and a ticked box mean each."""
    text = f"---\nx: y\nvaultlint-disable:{written}\n---\n"

    assert [("property", names, 1, END)] == found(text)
    assert "---\nx: y\n---\n" == without(text)


@pytest.mark.parametrize("written", ["", " false", " []", " ''", " {a: b}", " 3"])
def test_a_property_that_says_nothing(written: str):
    """A property without a name switches nothing off, and is no suppression that could be unused."""
    assert [] == found(f"---\nvaultlint-disable:{written}\n---\n")


def test_a_property_beside_comments():
    """Comments hold as ever, and a property is read where the app reads it: not where the block is broken."""
    text = "---\nvaultlint-disable: a\n---\nx %% vaultlint-disable-line b %%\n"

    assert [("property", ("a",), 1, END), ("line", ("b",), 4, 4)] == found(text)
    assert [] == found("---\nvaultlint-disable: a\nx: [\n---\n")


def test_the_places_of_names_in_a_property():
    """A name that is a value of its own has its quotes; of several in one text each has its letters."""
    alone, several = "---\nvaultlint-disable: ['a', b]\n---\n", '---\nvaultlint-disable: "a, b"\n---\n'

    assert ["'a'", "b"] == [span.of(alone) for span in one(alone).name_spans]
    assert ["a", "b"] == [span.of(several) for span in one(several).name_spans]


@pytest.mark.parametrize(
    "text",
    [
        "vaultlint-disable a\n",
        "`%% vaultlint-disable a %%`\n",
        "```\n%% vaultlint-disable a %%\n```\n",
        "%% we use vaultlint-disable a here %%\n",
        "---\nx: vaultlint-disable a\n---\n",
        "%% something else %%\n",
    ],
)
def test_what_is_none(text: str):
    """Only a comment that begins so counts: not text, not code, not properties."""
    assert [] == found(text)


def test_until_it_is_enabled():
    """A `vaultlint-enable` ends what came before it; its own line is still quiet."""
    text = "%% vaultlint-disable a %%\n\nx\n\n%% vaultlint-enable %%\n\nx\n"

    assert [("disable", ("a",), 1, 5)] == found(text)


def test_rules_that_are_enabled_one_by_one():
    """Names of one comment can end at different places."""
    text = "%% vaultlint-disable a, b, c %%\n\n%% vaultlint-enable b %%\n\n%% vaultlint-enable a %%\n"

    assert [("disable", ("a",), 1, 5), ("disable", ("b",), 1, 3), ("disable", ("c",), 1, END)] == found(text)


def test_two_that_are_ended_together():
    """A `vaultlint-enable` without names ends all that is running."""
    text = "%% vaultlint-disable a %%\n\n%% vaultlint-disable %%\n\n%% vaultlint-enable %%\n"

    assert [("disable", ("a",), 1, 5), ("disable", (), 3, 5)] == found(text)


def test_all_rules_do_not_end_by_one():
    """Where all rules are suppressed, naming one does not bring it back."""
    text = "%% vaultlint-disable %%\n\n%% vaultlint-enable a %%\n"

    assert [("disable", (), 1, END), ("enable", ("a",), 1, 0)] == found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%% vaultlint-enable %%\n", [("enable", (), 1, 0)]),
        ("%% vaultlint-enable a, b %%\n", [("enable", ("a", "b"), 1, 0)]),
        (
            "%% vaultlint-disable a %%\n\n%% vaultlint-enable a, b %%\n",
            [("disable", ("a",), 1, 3), ("enable", ("b",), 1, 0)],
        ),
        ("%% vaultlint-disable-nextline a %%\n", [("unknown disable-nextline", ("a",), 1, 0)]),
        ("%% vaultlint-Disable a %%\n", [("unknown Disable", ("a",), 1, 0)]),
    ],
)
def test_what_hides_nothing(text: str, expected: list[object]):
    """An end without a beginning and a word that means nothing hide nothing, and are not forgotten."""
    assert expected == found(text)


def test_places_of_names():
    """The places of names are those in the note."""
    text = "é %% vaultlint-disable-line one, two %%\n"

    suppression = one(text)

    assert ["one", "two"] == [span.of(text) for span in suppression.name_spans]
    assert "%% vaultlint-disable-line one, two %%" == suppression.span.of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n%% vaultlint-disable %%\nb\n", "a\nb\n"),
        ("a\n\n%% vaultlint-disable %%\n\nb\n", "a\n\nb\n"),
        ("a\r\n\r\n%% vaultlint-disable %%\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"),
        ("%% vaultlint-disable %%\n\nb\n", "b\n"),
        ("%% vaultlint-disable %%", ""),
        ("a\n%% vaultlint-disable %%", "a"),
        ("a\n\n%% vaultlint-disable %%\n", "a\n"),
        ("a %% vaultlint-disable %%\nb\n", "a\nb\n"),
        ("a %% vaultlint-disable %% b\n", "a b\n"),
        ("%% vaultlint-disable %% b\n", "b\n"),
        ("- %% vaultlint-disable %% b\n", "- b\n"),
        ("a%% vaultlint-disable %%b\n", "ab\n"),
        ("a %% vaultlint-disable %%  \nb\n", "a  \nb\n"),
        ("a\n\n<!-- vaultlint-disable -->\n\nb\n", "a\n\nb\n"),
        ("a\n%%\nvaultlint-disable\n%%\nb\n", "a\nb\n"),
    ],
)
def test_taking_it_out(text: str, expected: str):
    """With a comment goes its line where it stands alone, and no more than one space where not."""
    assert expected == without(text)


@pytest.mark.parametrize(
    "text",
    [
        "%% vaultlint-disable a %%\n\n",
        "%% vaultlint-enable %%\n\n",
        "%% vaultlint-disable a %%\n\n%% vaultlint-disable b %%\n\n%% vaultlint-enable b %%\n\n",
    ],
)
def test_many_comments(text: str):
    """However many comments there are, none is lost."""
    number = 4_000

    assert number * text.count("%%") // 2 == len(parse_note(text * number).comments)
    assert len(find_suppressions(parse_note(text * number))) >= number


def test_many_comments_in_a_line():
    """A line of comments comes to an end, and each is taken out with the space behind it."""
    found = find_suppressions(parse_note("a " + "%%vaultlint-disable-line b%% " * 50_000 + "c"))

    assert [Span(2, 31), Span(31, 60)] == [one.removal_span for one in found[:2]]
    assert 50_000 == len(found)
