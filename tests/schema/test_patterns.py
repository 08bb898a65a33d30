"""Regular expressions of a config take bounded time, or are refused."""

from __future__ import annotations

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
        r"(aa?)*b",
        r"(x+x+)+y",
        r"((a{1,9}){3}){3}",
        r"(a*)*",
        r"(.+,)+",
        r".*a.*b.*c.*d",
        r"(?P<x>a)(?P=x)",
        r"(a)\1",
        r"[",
    ],
)
def test_what_can_take_for_ever_is_refused(pattern: str) -> None:
    """Repeats within repeats, branches within repeats, references back and broken patterns are errors."""
    with pytest.raises(ValueError, match=r"too long|not allowed|no regular expression"):
        bounded_pattern(pattern)


def test_a_text_that_is_too_long_does_not_match() -> None:
    """Where the time grows with the square of the length, a very long text is no match."""
    bounded = bounded_pattern(r"^a+.*$")

    assert bounded.found_in("a" * 100)
    assert not bounded.found_in("a" * 100_000)
