"""From what a text told of a date to the date, as Moment.js does it: weeks, days of the year, what does not exist."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct


class NoSuchDateError(ValueError):
    """Calendar or clock have no such date or time, or the text says two different ones."""


class Told(Struct):
    """What the tokens of a format found, one by one; what was not told is `None`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_of_year: int | None = None
    week_year: int | None = None
    """Of the weeks that begin on Sunday, the first of which has January 1."""
    week: int | None = None
    weekday: int | None = None
    """0 is Sunday. A second one that was told must be it."""
    local_weekday: int | None = None
    iso_year: int | None = None
    iso_week: int | None = None
    iso_weekday: int | None = None

    def whole_day(self) -> date | None:
        """The day; `None` where it is not told whole. Raises `NoSuchDateError`."""
        by_week = self.day is None and self.month is None and self._has_weeks
        found = self._by_week() if by_week else self._by_day_of_year() if self.day_of_year else self._by_month()
        if self.day_of_year == 0:
            raise NoSuchDateError
        if found is not None and self.weekday is not None and found.isoweekday() % 7 != self.weekday:
            raise NoSuchDateError
        return found

    @property
    def _has_weeks(self) -> bool:
        return any(
            told is not None for told in (self.week_year, self.week, self.weekday, self.local_weekday, *self._iso)
        )

    @property
    def _iso(self) -> tuple[int | None, int | None, int | None]:
        return self.iso_year, self.iso_week, self.iso_weekday

    def _by_month(self) -> date | None:
        month, day = self.month, self.day
        if month is not None and not 1 <= month <= 12:
            raise NoSuchDateError
        if day is not None and not 1 <= day <= _days(self.year, month):
            raise NoSuchDateError
        return _made(self.year, month, day) if self.year is not None and month and day else None

    def _by_day_of_year(self) -> date | None:
        if self.year is None:
            if not 1 <= (self.day_of_year or 0) <= 366:
                raise NoSuchDateError
            return None
        found = _moved(_made(self.year, 1, 1), (self.day_of_year or 0) - 1)
        if found.year != self.year:
            raise NoSuchDateError
        return found

    def _by_week(self) -> date | None:
        if any(told is not None for told in self._iso):
            return self._by_iso_week()
        week, weekday = self.week, self.weekday if self.weekday is not None else self.local_weekday
        year = self.week_year if self.week_year is not None else self.year
        if (weekday is not None and not 0 <= weekday <= 6) or (week is not None and not 1 <= week <= 53):
            raise NoSuchDateError
        if year is None or week is None:
            return None
        if week > weeks_in(year):
            raise NoSuchDateError
        first = _made(year, 1, 1)  # its Sunday may lie before all dates that there are
        found = _moved(first, 7 * (week - 1) + (weekday or 0) - first.isoweekday() % 7)
        return found if weekday is not None or self.weekday is not None else None

    def _by_iso_week(self) -> date | None:
        year = self.iso_year if self.iso_year is not None else self.year
        week = 1 if self.iso_week is None else self.iso_week
        weekday = 1 if self.iso_weekday is None else self.iso_weekday
        if not 1 <= weekday <= 7 or not 1 <= week <= 53:
            raise NoSuchDateError
        if year is None:
            return None
        try:
            found = date.fromisocalendar(year, week, weekday)
        except (ValueError, OverflowError) as error:
            raise NoSuchDateError from error
        if self.weekday is not None and found.isoweekday() % 7 != self.weekday:
            raise NoSuchDateError
        return found if self.iso_week is not None and self.iso_weekday is not None else None


def week_of(day: date) -> tuple[int, int]:
    """Year and number of the week that begins on Sunday, the first of a year having its January 1."""
    saturday = day.toordinal() + 6 - day.isoweekday() % 7
    if saturday > date.max.toordinal():
        return 10000, 1
    last = date.fromordinal(saturday)
    return last.year, (last.timetuple().tm_yday - 1) // 7 + 1


def weeks_in(year: int) -> int:
    """How many such weeks a year has."""
    last = _made(year, 12, 31)
    return week_of(_moved(last, -7) if week_of(last)[0] != year else last)[1]


def _days(year: int | None, month: int | None) -> int:
    """The most days that the month may have."""
    if month is None:
        return 31
    if month == 2:
        return 29 if year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise NoSuchDateError from error


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError as error:
        raise NoSuchDateError from error
