"""What the tokens of a Moment.js format found in a text, put together to a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from vaultlint.vault.moment_calendar import NoSuchDateError, Told
from vaultlint.vault.moment_tokens import DAYS, MONTHS

_MIDNIGHT = time()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBERS = {
    "Y": "year",
    "y": "year",
    "yy": "year",
    "yyy": "year",
    "yyyy": "year",
    "YYYY": "year",
    "YYYYY": "year",
    "YYYYYY": "year",
    "M": "month",
    "MM": "month",
    "D": "day",
    "DD": "day",
    "DDD": "day_of_year",
    "DDDD": "day_of_year",
    "gggg": "week_year",
    "ggggg": "week_year",
    "w": "week",
    "ww": "week",
    "d": "weekday",
    "e": "local_weekday",
    "GGGG": "iso_year",
    "GGGGG": "iso_year",
    "W": "iso_week",
    "WW": "iso_week",
    "E": "iso_weekday",
}
_SHORT_YEARS = {"YY": "year", "gg": "week_year", "GG": "iso_year"}
_PARTS = {"m": "minute", "mm": "minute", "s": "second", "ss": "second", "H": "hour", "HH": "hour"}


class Stamp(Struct, frozen=True):
    """A date, perhaps with a time, as a text tells it."""

    day: date | None
    """`None` where the text tells no whole day, as `2024-03` does not."""
    clock: time | None = None
    """`None` without a time."""
    offset: int | None = None
    """Minutes that the clock is ahead of Greenwich; `None` where that is not told."""

    @property
    def total(self) -> float | None:
        """Seconds on one line of time that begins in the year 1, offset taken off; `None` without a day."""
        if self.day is None:
            return None
        clock = self.clock or _MIDNIGHT
        seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1_000_000
        return self.day.toordinal() * 86400 + seconds - (self.offset or 0) * 60


class Reading:
    """What is read of one text."""

    def __init__(self) -> None:
        self.any = False
        """Whether a token read anything."""
        self._told = Told()
        self._parts: dict[str, int] = {}
        self._twelve = False
        self._afternoon: bool | None = None
        self._offset: int | None = None
        self._moment: datetime | None = None

    def take(self, code: str, text: str) -> None:
        """Take in what a token read."""
        self.any = True
        if code in _NUMBERS:
            setattr(self._told, _NUMBERS[code], int(text))
        elif code in _SHORT_YEARS:
            setattr(self._told, _SHORT_YEARS[code], int(text) + (1900 if int(text) > 68 else 2000))
        elif code in _PARTS:
            self._parts[_PARTS[code]] = int(text)
        elif code[0] == "S":
            self._parts["millisecond"] = int(text[:9].ljust(9, "0")) // 1_000_000
        else:
            self._take_other(code, text)

    def _take_other(self, code: str, text: str) -> None:
        match code:
            case "MMM" | "MMMM":
                self._told.month = 1 + _place(text, MONTHS, 3 if code == "MMM" else None)
            case "dd" | "ddd" | "dddd":
                self._told.weekday = _place(text, DAYS, len(code) if code != "dddd" else None)
            case "Do":
                self._told.day = int(text[:-2])
            case "Q":
                self._told.month = (int(text) - 1) * 3 + 1
            case "h" | "hh":
                self._twelve = True
                self._parts["hour"] = int(text)
            case "k" | "kk":
                self._parts["hour"] = 0 if int(text) == 24 else int(text)
            case "a" | "A":
                self._afternoon = text[0] in "pP"
            case "Z" | "ZZ":
                self._offset = _offset(text)
            case "X":
                self._moment = _EPOCH + timedelta(milliseconds=round(float(text) * 1000))
            case "x":
                self._moment = _EPOCH + timedelta(milliseconds=int(text))
            case _:
                self._take_clock(code, text)

    def _take_clock(self, code: str, text: str) -> None:
        """`hmm`, `Hmmss` and the like: the last two digits are the last part."""
        self._twelve |= code[0] == "h"
        if code.endswith("ss"):
            self._parts["second"] = int(text[-2:])
            text = text[:-2]
        self._parts["minute"], self._parts["hour"] = int(text[-2:]), int(text[:-2])

    def stamp(self) -> Stamp:
        """All of it together. Raises `NoSuchDateError`, and `OverflowError` for what no calendar reaches."""
        if self._moment is not None:
            return Stamp(self._moment.date(), self._moment.time(), 0)
        day, clock, next_day = self._told.whole_day(), *self._clock()
        if next_day and day is not None:
            day += timedelta(1)
        return Stamp(day, clock, self._offset)

    def _clock(self) -> tuple[time | None, bool]:
        hour = self._parts.get("hour", 0)
        if self._twelve and "hour" in self._parts and not 0 < hour <= 12:
            raise NoSuchDateError
        if self._afternoon is not None and "hour" in self._parts:
            hour = hour % 12 + (12 if self._afternoon else 0) if hour <= 12 else hour
        minute, second = self._parts.get("minute", 0), self._parts.get("second", 0)
        millisecond = self._parts.get("millisecond", 0)
        if hour == 24 and not (minute or second or millisecond):
            return _MIDNIGHT, True
        try:
            clock = time(hour, minute, second, millisecond * 1000)
        except ValueError as error:
            raise NoSuchDateError from error
        return (clock if self._parts else None), False


def _place(text: str, names: tuple[str, ...], letters: int | None) -> int:
    """Which of the names it is, cut to a number of letters."""
    for place, name in enumerate(names):
        if name[:letters].lower() == text.lower():
            return place
    raise NoSuchDateError


def _offset(text: str) -> int:
    if text in "Zz":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if text[0] == "-" else minutes
