"""Regular expressions of a config take bounded time, or are refused."""

from __future__ import annotations

import pickle

import pytest

from vaultlint.schema.patterns import bounded_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Za-z0-9_-]{11}$",
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        r"^[a-z]+(, [a-z]+)*$",
        r"^(\d{1,3}\.){3}\d{1,3}$",
        r"^\d+\.\d+\.\d+$",
        r"(?i)^(yes|no)$",
        r"^https?://[^\s/]+(/\S*)?$",
        r"^(0[1-9]|1[0-2])/\d{4}$",
        r"^.*a.*$",
        r".*a.*",
    ],
)
def test_usual_patterns_are_taken(pattern: str) -> None:
    """They come to an end, also with the longest text that each is held against."""
    bounded = bounded_pattern(pattern)

    for sign in ("a", "1.", "-", "/", " "):
        bounded.found_in((sign * bounded.longest)[: bounded.longest - 1] + "!")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(a|a)*b",
        r"(x+x+)+y",
        r"^(.[a-z]+)*$",
        r"^(|[a-z]+)*!?$",
        r".*a.*b.*c.*d",
        "^" + "a{0,9}" * 90 + "b",
        "^" + "(a|a)" * 90 + "b",
        "^" + "a?" * 200 + "a" * 200 + "b",
        r"(.*)*1([ab]{100}){10}x",
    ],
)
def test_what_makes_others_run_for_ever_ends(pattern: str) -> None:
    """Repeats within repeats, overlapping branches and long chains of them cost no more than other patterns."""
    bounded = bounded_pattern(pattern)

    for text in ("a", "ab", "x", "1ab"):
        bounded.found_in((text * bounded.longest)[: min(bounded.longest, 100_000) - 1] + "?")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<x>a)(?P=x)",
        r"(a)\1",
        r"(?=a)",
        r"(?<!a)b",
        "[",
        "a{99999999999999999999}",
        "a{" + "9" * 5_000 + "}",
        r"((a{99}){99}){99}",
        r"\w{1000}",
        "(" * 900 + "a" + ")" * 900,
        "a" * 2_001,
    ],
)
def test_what_can_not_be_bounded_is_refused(pattern: str) -> None:
    """Look-around, references back, broken patterns and those that count very far are errors in words."""
    with pytest.raises(ValueError, match=r"^is no regular expression") as caught:
        bounded_pattern(pattern)

    assert len(str(caught.value)) < 250


def test_the_end_as_python_writes_it() -> None:
    """`\\Z` is the end of the text, as in Python; behind an escaped backslash it is a letter."""
    assert bounded_pattern(r"a\Z").found_in("ba")
    assert not bounded_pattern(r"a\Z").found_in("ab")
    assert bounded_pattern(r"a\\Z").found_in("a\\Z")


def test_a_text_that_is_too_long_does_not_match() -> None:
    """No text is longer than the time for it allows."""
    bounded = bounded_pattern(r"(a{30}){30}")

    assert bounded.found_in("a" * 1_000)
    assert not bounded.found_in("a" * (bounded.longest + 1))


def test_text_that_is_no_unicode() -> None:
    """What stands for a byte that is no text is a sign like another."""
    assert bounded_pattern("^a.b$").found_in("a\udcffb")


def test_travels() -> None:
    """A pattern can be sent to a worker."""
    assert pickle.loads(pickle.dumps(bounded_pattern("b$"))).found_in("ab")
