"""Dates as people write them: each with all that it may mean, and in a format that writes it again."""

from __future__ import annotations

import time as clock
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.schema.date_forms import as_text, fits, is_other_form, readings
from vaultlint.vault.moment_format import MomentFormat, Stamp

DAY, MAY = Stamp(date(2024, 1, 5)), Stamp(date(2024, 5, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05",
        "2024-1-5",
        "20240105",
        "2024_01_05",
        "2024 01 05",
        "Jan 5, 2024",
        "january 5 2024",
        "5 January 2024",
        "5. January 2024",
        "05-Jan-2024",
        "January 5th, 2024",
        "2024 Jan 5",
        "Friday, January 5th 2024",
        "Fri 5 Jan 2024",
        "2024-01-05 Friday",
        "2024-01-05-Fri",
        "2024年1月5日",
        " 2024-01-05 ",
    ],
)
def test_dates_that_mean_one_day(text: str) -> None:
    """They are written again as they were."""
    (reading,) = readings(text)
    assert DAY == reading.stamp
    assert MomentFormat(reading.form).write(DAY).lower() == text.strip().lower()


@pytest.mark.parametrize(
    ("text", "days", "orders"),
    [
        ("5.1.2024", [DAY, MAY], ["dmy", "mdy"]),
        ("1/5/2024", [DAY, MAY], ["mdy", "dmy"]),
        ("05-01-2024", [DAY, MAY], ["dmy", "mdy"]),
        ("2024/1/5", [DAY, MAY], ["ymd", "ydm"]),
        ("2024.01.05", [DAY, MAY], ["ymd", "ydm"]),
        ("25.1.2024", [Stamp(date(2024, 1, 25))], ["dmy"]),
        ("1/25/2024", [Stamp(date(2024, 1, 25))], ["mdy"]),
        ("2024/1/25", [Stamp(date(2024, 1, 25))], ["ymd"]),
        ("2024/25/1", [Stamp(date(2024, 1, 25))], ["ydm"]),
        ("5/5/2024", [Stamp(date(2024, 5, 5))], [""]),
    ],
)
def test_dates_that_may_mean_two_days(text: str, days: list[Stamp], orders: list[str]) -> None:
    """The likelier first; one with a part over 12 tells how its like are to be read."""
    found = readings(text)
    assert (days, orders) == ([one.stamp for one in found], [one.order for one in found])


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2024-01-05 10:30", Stamp(DAY.day, time(10, 30))),
        ("2024-01-05T9:30:15", Stamp(DAY.day, time(9, 30, 15))),
        ("2024-01-05T10:30:15.123Z", Stamp(DAY.day, time(10, 30, 15, 123000), 0)),
        ("2024-01-05 10:30 +0130", Stamp(DAY.day, time(10, 30), 90)),
        ("Jan 5, 2024, 10:30 PM", Stamp(DAY.day, time(22, 30))),
        ("Jan 5, 2024 at 9:05 am", Stamp(DAY.day, time(9, 5))),
        ("1704450600000", Stamp(DAY.day, time(10, 30), 0)),
    ],
)
def test_times_and_zones_come_with_the_day(text: str, stamp: Stamp) -> None:
    """And with the format that tells them, however they are joined."""
    (reading,) = readings(text)
    assert stamp == reading.stamp
    assert stamp == MomentFormat(reading.form).parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024",
        "2024-01",
        "2024-W01",
        "2024-13-40",
        "31.2.2024",
        "5.1.24",
        "2024-01-05 or so",
        "2024-01-05 Monday",
        "2024-01-05 25:00",
        "[[2024-01-05]]",
        "12:30:45",
        "99999999",
        "10.1.2.3",
        "٢٠٢٤-٠١-٠٥",
        "1" * 1000,
    ],
)
def test_texts_that_are_no_dates(text: str) -> None:
    """Nor what the calendar does not have."""
    assert () == readings(text)


@pytest.mark.parametrize(
    ("value", "kind", "form", "other"),
    [
        ("2024-01-05", "date", None, False),
        ("2024-13-40", "date", None, False),
        ("2024/1/5", "date", None, True),
        (20240105, "date", None, True),
        ("2024-01-05T10:30", "date", None, True),
        ("soon", "date", None, False),
        (True, "date", None, False),
        (["2024/1/5"], "date", None, False),
        ("2024-01-05T10:30", "datetime", None, False),
        ("2024-01-05 10:30", "datetime", None, True),
        ("2024-01-05", "datetime", None, False),
        ("Jan 5, 2024 10:30", "datetime", None, True),
        ("5.1.2024", "date", "D.M.YYYY", False),
        ("2024-01-05", "date", "D.M.YYYY", True),
        ("2024-01-05", "date", "N", False),
    ],
)
def test_another_form_is_that_of_a_date_all_the_same(value: object, kind: str, form: str | None, other: bool) -> None:
    """What is no date, or a date without the time that is asked for, is not of another form but of another type."""
    assert other == is_other_form(value, kind, form)
    text = as_text(value)
    if other and text is not None:
        assert not fits(text, kind, form)


@given(st.text(alphabet="0123456789-/. :TZJanFrid,", max_size=80))
def test_what_is_read_is_in_its_format(text: str) -> None:
    """Whatever the text."""
    for reading in readings(text):
        assert reading.stamp == MomentFormat(reading.form).parse(text.strip())


@pytest.mark.parametrize("text", ["1 " * 40, "January " * 10, ":" * 80, " at" * 26 + "1:", "0" * 100_000])
def test_hostile_texts_take_no_time(text: str) -> None:
    """Long ones are not looked at."""
    start = clock.perf_counter()
    assert () == readings(text)
    assert clock.perf_counter() - start < 0.5
