"""Dates and times in text."""

from __future__ import annotations

import pytest

from vaultlint.schema.moments import read_moment, read_time


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2026-13-40", False),
        ("2024-03-31T12:30", True),
        ("2024-03-31 12:30:59", True),
        ("2024-03-31T24:00", True),
        ("2024-03-31T25:61", False),
        ("2024-03-31T12:30:00.123Z", True),
        ("2024-03-31T12:30+02:00", True),
    ],
)
def test_what_exists(text: str, real: bool) -> None:
    """A moment is real if the calendar has its day and the clock its time."""
    moment = read_moment(text)

    assert moment is not None
    assert real is moment.real


@pytest.mark.parametrize("text", ["2024", "2024-1-1", "2024-01-01x", "v2024-01-01", "12:30", "2024-01-01-02", ""])
def test_what_has_no_such_form(text: str) -> None:
    """Anything else is no moment, real or not."""
    assert read_moment(text) is None


def test_zones_are_taken_off() -> None:
    """Moments with zones compare on one line of time."""
    early, late = read_moment("2024-03-31T12:30+02:00"), read_moment("2024-03-31T11:00Z")

    assert early is not None
    assert late is not None
    assert 1800.0 == (late.total or 0) - (early.total or 0)


def test_times_of_the_day() -> None:
    """A time of the day is seconds since midnight, or nothing."""
    assert [45000, 45059, None, None] == [read_time(each) for each in ("12:30", "12:30:59", "12:60", "noon")]
