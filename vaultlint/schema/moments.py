"""Dates and times as Obsidian writes them (semantics 6.10): `2024-03-31`, `2024-03-31T12:30[:00]`."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

_MOMENT = re.compile(
    r"(?P<date>(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))"
    r"(?:(?P<gap>[Tt]| +)(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?P<fraction>[.,]\d{1,9})?"
    r"(?P<offset> ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?)?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class Moment(Struct, frozen=True):
    """A text in the shape of a date, perhaps with a time."""

    day: date | None
    """`None` where the calendar has no such day."""
    seconds: float | None
    """Of the day; `None` without a time, or where the clock has no such time."""
    with_time: bool
    offset: str | None
    """`Z` or `+02:00`, as written."""
    standard: bool
    """With the `T` that the app writes between date and time."""

    @property
    def real(self) -> bool:
        """Whether calendar and clock have it."""
        return self.day is not None and (self.seconds is not None or not self.with_time)

    @property
    def total(self) -> float | None:
        """Seconds on one line of time, offset taken off; without a time, the day's first."""
        if self.day is None:
            return None
        return self.day.toordinal() * 86400.0 + (self.seconds or 0.0) - _shift(self.offset)


def read_moment(text: str) -> Moment | None:
    """The date, or date and time, that the whole of `text` is shaped like; `None` for any other text."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    clock = found["time"]
    return Moment(
        _day(int(found["year"]), int(found["month"]), int(found["day"])),
        None if clock is None else _seconds(clock),
        clock is not None,
        found["offset"].strip() if found["offset"] else None,
        clock is None or found["gap"] in "Tt",
    )


def read_time(text: str) -> int | None:
    """Seconds of the day of `12:30` or `12:30:59`; `None` for other text and for times that do not exist."""
    return _seconds(text.strip())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _seconds(clock: str) -> int | None:
    if clock in ("24:00", "24:00:00"):  # the end of the day (ISO 8601)
        return 86400
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 60 else None


def _shift(offset: str | None) -> float:
    if offset is None or offset in "Zz":
        return 0.0
    digits = offset[1:].replace(":", "").ljust(4, "0")
    shift = int(digits[:2]) * 3600.0 + int(digits[2:]) * 60.0
    return -shift if offset[0] == "-" else shift
