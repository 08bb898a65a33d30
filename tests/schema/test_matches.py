"""Where a pattern is found, in bounded time: the same places as a backtracking engine finds."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.schema.matches import LinearFinder

PATTERNS = [
    "a+b?",
    "(a|ab)(c|bcd)(d*)",
    "a*?b",
    r"\bfoo\b",
    "x*",
    r"(\w+)\s(\w+)",
    "[^a-c]+",
    "(?:ab|a){2,3}?b",
    "a{2}",
    "a{0,2}",
    "(?P<x>a)(?i:B)c",
    "(a|b)*?c",
    "a|b|cd",
    r"\d{2,}-\w",
    "()a",
    r"[\w-]+?\.",
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATTERNS), st.text(alphabet="abcdABfo 12-.\nx", max_size=16))
def test_it_finds_what_re_finds(pattern: str, text: str) -> None:
    """Matches and groups are those of Python's own engine."""
    expected = []
    at = 0
    while at <= len(text) and (found := re.compile(pattern).search(text, at)):
        spans = [found.span(group + 1) for group in range(len(found.groups()))]
        expected.append((*found.span(), tuple(span if span != (-1, -1) else None for span in spans)))
        at = found.end() + (found.end() == found.start())

    assert expected == [tuple(match) for match in LinearFinder(pattern).finditer(text)]


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*c", "(x+x+)+y", "(.*)*z"])
def test_what_backtracks_for_ever_elsewhere_is_found_at_once(pattern: str) -> None:
    """Time is bounded, whether there is a match or not."""
    start = time.process_time()
    for text in ("a" * 2000 + "x" * 2000, "a" * 500 + "bcyz" + "x" * 500):
        list(LinearFinder(pattern).finditer(text))

    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("pattern", "flags", "said"),
    [
        ("a(?=b)", "", "look-around"),
        (r"(a)\1", "", "backreferences"),
        ("(", "", "unclosed group"),
        ("a", "q", "unknown flag 'q'"),
        (r"\p{L}", "", "is not known in a pattern that is to be replaced"),
        ("[a[b]]", "", "a set in a set"),
        ("a{9999}", "", "it counts too far"),
        ("((a{60}){60}){60}", "", "it counts too far"),
    ],
)
def test_what_can_not_be_is_said(pattern: str, flags: str, said: str) -> None:
    """A pattern that is wrong, too large or beyond what is known here is refused in words."""
    with pytest.raises(ValueError, match=re.escape(said)):
        LinearFinder(pattern, flags)


def test_a_group_that_is_not_there_is_said() -> None:
    """What is replaced names groups of the pattern."""
    with pytest.raises(ValueError, match="has no group '2'"):
        LinearFinder("(a)", replacement="$2")


def test_replacements() -> None:
    """Groups by number and name, the whole match, and a dollar."""
    finder = LinearFinder(r"(\w+) (?P<b>\w+)", replacement="${b}-$<b>-$1-$&-$$")
    text = "one two"

    assert ["two-two-one-one two-$"] == [finder.replaced(text, found) for found in finder.finditer(text)]
    assert [None] == [LinearFinder("a").replaced("a", found) for found in LinearFinder("a").finditer("a")]


def test_flags_and_edges() -> None:
    """`i` is any case, `m` the edges of each line, `s` a dot for line breaks, too."""
    assert [(0, 1), (2, 3)] == [found[:2] for found in LinearFinder("^a$", "im").finditer("a\nA")]
    assert [(0, 3)] == [found[:2] for found in LinearFinder("a.a", "gs").finditer("a\na")]
    assert [(1, 2)] == [found[:2] for found in LinearFinder(r"\u00e9|\x{1F600}").finditer("aé")]


def test_a_part_of_a_text_is_all_there_is() -> None:
    """Places are those of the text; what stands around the part is not seen."""
    assert [(2, 3)] == [found[:2] for found in LinearFinder("^b").finditer("abb", 2)]
