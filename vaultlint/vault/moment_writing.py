"""What each code of a Moment.js format writes for a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from vaultlint.vault.moment_calendar import week_of
from vaultlint.vault.moment_tokens import DAYS, MONTHS

if TYPE_CHECKING:
    from vaultlint.vault.moment_tokens import Piece

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNPADDED = frozenset({"y", "M", "D", "DDD", "Q", "w", "W", "d", "e", "E", "H", "h", "k", "m", "s", "X", "x"})


def written(piece: Piece, at: datetime, offset: int) -> str:
    """What is written for one piece of a format, at a time and its offset in minutes."""
    code = piece.token
    if not code:
        return piece.text
    number = _number(code, at, offset)
    if number is not None:
        return str(number) if code in _UNPADDED else str(number).zfill(3 if code == "DDDD" else len(code))
    match code:
        case "MMM" | "MMMM":
            return MONTHS[at.month - 1][: 3 if code == "MMM" else None]
        case "dd" | "ddd" | "dddd":
            return DAYS[at.isoweekday() % 7][: len(code) if code != "dddd" else None]
        case "a" | "A":
            half = "am" if at.hour < 12 else "pm"
            return half if code == "a" else half.upper()
        case "Z" | "ZZ":
            hours, minutes = divmod(abs(offset), 60)
            return f"{'-' if offset < 0 else '+'}{hours:02}{':' if code == 'Z' else ''}{minutes:02}"
        case "Y":
            return f"{at.year:04}"
        case "YYYYYY":
            return f"+{at.year:06}"
        case "z" | "zz":
            return ""
        case _ if code[0] == "S":
            return f"{at.microsecond // 1000:03}000000"[: len(code)]
        case _ if code.endswith("o"):
            return _ordinal(_number(code[:-1], at, offset) or 0)
        case _:
            return _short_clock(code, at)


def _number(code: str, at: datetime, offset: int) -> int | None:
    """What a code writes as a number; `None` for one that does not."""
    match code:
        case "YYYY" | "YYYYY" | "y" | "yy" | "yyy" | "yyyy":
            return at.year
        case "YY":
            return at.year % 100
        case "Q":
            return (at.month + 2) // 3
        case "M" | "MM":
            return at.month
        case "D" | "DD":
            return at.day
        case "DDD" | "DDDD":
            return at.timetuple().tm_yday
        case "d" | "e":
            return at.isoweekday() % 7
        case "E":
            return at.isoweekday()
        case "gg" | "GG":
            return (week_of(at)[0] if code == "gg" else at.isocalendar().year) % 100
        case "gggg" | "ggggg":
            return week_of(at)[0]
        case "GGGG" | "GGGGG":
            return at.isocalendar().year
        case "w" | "ww":
            return week_of(at)[1]
        case "W" | "WW":
            return at.isocalendar().week
        case "H" | "HH":
            return at.hour
        case "h" | "hh":
            return at.hour % 12 or 12
        case "k" | "kk":
            return at.hour or 24
        case "m" | "mm":
            return at.minute
        case "s" | "ss":
            return at.second
        case "X" | "x":
            passed = at.replace(tzinfo=UTC) - timedelta(minutes=offset) - _EPOCH
            return passed // timedelta(seconds=1) if code == "X" else passed // timedelta(milliseconds=1)
        case _:
            return None


def _short_clock(code: str, at: datetime) -> str:
    hour = at.hour if code[0] == "H" else at.hour % 12 or 12
    return f"{hour}{at.minute:02}" + (f"{at.second:02}" if code.endswith("ss") else "")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
