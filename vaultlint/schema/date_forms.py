"""Dates in the forms that people write: `5.1.2024`, `2024/1/5`, `Jan 5, 2024`, each with all that it may mean."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from vaultlint.schema.moments import read_moment
from vaultlint.vault.moment_format import Stamp, moment_format
from vaultlint.vault.moment_tokens import DAYS, MONTHS

_LONGEST = 80
_MONTH = "|".join((*MONTHS, *(name[:3] for name in MONTHS)))
_DAY = "|".join((*DAYS, *(name[:3] for name in DAYS)))

_CLOCK = (
    r"(?P<gap>T|,? +(?:at +)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2})?"
    r"(?P<dot>[.,])?(?(dot)(?P<part>\d{1,9}))(?P<half> ?[AaPp]\.?[Mm]\.?)?(?P<space> ?)(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_YEAR_FIRST = re.compile(r"\d{4}(?P<by>[-/._ ])(?P<one>\d{1,2})(?P=by)(?P<two>\d{1,2})")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})(?P<by>[-/._ ])(?P<two>\d{1,2})(?P=by)\d{4}")
_COMPACT = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d")
_MILLISECONDS = re.compile(r"[1-9]\d{11,12}")
_SIGNS = re.compile(r"\d{4}年(?P<one>\d{1,2})月(?P<two>\d{1,2})日")
_NAMED = (
    rf"(?:(?P<weekday>{_DAY})(?P<comma>,? +))?"
    rf"(?:(?P<month>{_MONTH})(?P<a> +)(?P<day>\d{{1,2}})(?P<th>st|nd|rd|th)?(?P<b>,? +)\d{{4}}"
    rf"|(?P<day2>\d{{1,2}})(?P<th2>st|nd|rd|th)?(?P<a2>\.? +|-)(?P<month2>{_MONTH})(?P<b2>,? +|-)\d{{4}}"
    rf"|\d{{4}}(?P<a3> +|-)(?P<month3>{_MONTH})(?P<b3> +|-)(?P<day3>\d{{1,2}}))"
)
_WEEKDAY_BEHIND = rf"(?P<gap>,? +|-|_)(?P<weekday>{_DAY})"


class Reading(Struct, frozen=True):
    """One thing that a text may mean."""

    stamp: Stamp
    form: str
    """The Moment.js format in which it is written so."""
    order: str = ""
    """`ymd`, `ydm`, `dmy` or `mdy` where the form could have another order too, whether or not this text can."""
    family: str = ""
    """The texts that were probably written in the same order: `Y/`, `/Y`."""


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Reading, ...]:
    """All real dates that the whole of a text may mean, the likeliest first; none for any other text."""
    text = text.strip()
    if not text or len(text) > _LONGEST or not any(sign.isdecimal() for sign in text):
        return ()
    found: list[Reading] = []
    for form, order, family in _forms(text):
        made = moment_format(form)
        stamp = made.parse(text) if made is not None else None
        if stamp is not None and stamp.day is not None:
            found.append(Reading(stamp, form, order, family))
    if len(found) > 1 and found[0].stamp == found[1].stamp:  # 5/5/2024
        return (Reading(found[0].stamp, found[0].form),)
    return tuple(found)


def is_other_form(value: object, kind: str, form: str | None = None) -> bool:
    """Whether a value is a date, or date and time, but not in the form that a property of the type `kind` is to have.

    `form` is a Moment.js format; `None`: as the app writes dates. A date without a time is no `datetime` at all.
    """
    text = as_text(value)
    if text is None or fits(text, kind, form):
        return False
    if form is None and (moment := read_moment(text)) is not None and not moment.real:
        return False  # in the right form, and no date
    return any(kind != "datetime" or reading.stamp.clock is not None for reading in readings(text))


def fits(text: str, kind: str, form: str | None = None) -> bool:
    """Whether a text has that form, be the date real or not where it is the app's."""
    if form is not None:
        made = moment_format(form)
        return made is None or made.parse(text) is not None
    moment = read_moment(text)
    return moment is not None and moment.standard and moment.with_time == (kind == "datetime")


def as_text(value: object) -> str | None:
    """A value as it may be a date: text, or a whole number such as 20240105."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _forms(text: str) -> list[tuple[str, str, str]]:
    """The formats that the text may be in, each with order and family."""
    clock = _clock(text)
    if clock is None:
        return _date_forms(text)
    behind = _clock_form(clock)
    return [(form + behind, order, family) for form, order, family in _date_forms(text[: clock.start()])]


def _clock(text: str) -> re.Match[str] | None:
    """The time behind a date: what separates the two ends before the hour, of two digits at most."""
    colon = text.find(":")
    starts = range(max(colon - 8, 1), colon) if colon > 0 else range(0)
    return next((found for at in starts if (found := _compiled(_CLOCK).fullmatch(text, at)) is not None), None)


def _clock_form(clock: re.Match[str]) -> str:
    half, hour = clock["half"] or "", clock["hour"]
    sign = "h" if half else "H"
    return "".join(
        (
            _literal(clock["gap"]),
            sign * (2 if len(hour) == 2 else 1),
            ":mm",
            ":ss" if clock["second"] else "",
            _literal(clock["dot"] or "") + "S" * len(clock["part"] or ""),
            " " if half.startswith(" ") else "",
            ("A" if half.strip().isupper() else "a") if half else "",
            clock["space"] if clock["offset"] else "",
            ("Z" if ":" in clock["offset"] or clock["offset"] == "Z" else "ZZ") if clock["offset"] else "",
        )
    )


def _date_forms(text: str) -> list[tuple[str, str, str]]:
    if (found := _YEAR_FIRST.fullmatch(text)) is not None:
        return _year_first(found)
    if (found := _YEAR_LAST.fullmatch(text)) is not None:
        return _year_last(found)
    if _COMPACT.fullmatch(text):
        return [("YYYYMMDD", "", "")]
    if _MILLISECONDS.fullmatch(text):
        return [("x", "", "")]
    if (found := _SIGNS.fullmatch(text)) is not None:
        month, day = _padded(found)
        return [(f"YYYY年{month}月{day}日", "", "")]
    if (found := _compiled(_NAMED).fullmatch(text)) is not None:
        return [(_named(found), "", "")]
    return _with_weekday(text)


def _with_weekday(text: str) -> list[tuple[str, str, str]]:
    """`2024-01-05 Friday`."""
    for found in _compiled(_WEEKDAY_BEHIND).finditer(text, 8):
        if found.end() == len(text):
            behind = _literal(found["gap"]) + _weekday(found["weekday"])
            return [(form + behind, order, family) for form, order, family in _date_forms(text[: found.start()])]
    return []


def _year_first(found: re.Match[str]) -> list[tuple[str, str, str]]:
    by, (month, day) = found["by"], _padded(found)
    if by not in "/.":
        return [(f"YYYY{by}{month}{by}{day}", "", "")]
    return [
        (f"YYYY{by}{month}{by}{day}", "ymd", f"Y{by}"),
        (f"YYYY{by}{day}{by}{month}", "ydm", f"Y{by}"),
    ]


def _year_last(found: re.Match[str]) -> list[tuple[str, str, str]]:
    by, (month, day) = found["by"], _padded(found)
    forms = [(f"{day}{by}{month}{by}YYYY", "dmy", f"{by}Y"), (f"{month}{by}{day}{by}YYYY", "mdy", f"{by}Y")]
    return forms[::-1] if by == "/" else forms


def _padded(found: re.Match[str]) -> tuple[str, str]:
    """The tokens of month and day: with zeros where both have two digits."""
    return ("MM", "DD") if len(found["one"]) == len(found["two"]) == 2 else ("M", "D")


def _named(found: re.Match[str]) -> str:
    weekday = _weekday(found["weekday"]) + found["comma"] if found["weekday"] else ""
    if found["month"]:
        return f"{weekday}{_month(found['month'])}{found['a']}{_numbered(found['day'], found['th'])}{found['b']}YYYY"
    if found["month2"]:
        day = _numbered(found["day2"], found["th2"])
        return f"{weekday}{day}{found['a2']}{_month(found['month2'])}{found['b2']}YYYY"
    return f"{weekday}YYYY{found['a3']}{_month(found['month3'])}{found['b3']}{_numbered(found['day3'], None)}"


def _numbered(day: str, ordinal: str | None) -> str:
    return "Do" if ordinal else "DD" if day.startswith("0") else "D"


def _month(name: str) -> str:
    return "MMM" if len(name) == 3 else "MMMM"


def _weekday(name: str) -> str:
    return "ddd" if len(name) == 3 else "dddd"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The larger patterns, where one needs them."""
    return re.compile(pattern, re.IGNORECASE)


def _literal(text: str) -> str:
    return re.sub(r"[A-Za-z]+", lambda word: f"[{word[0]}]", text)
