"""Dates and times that calendar or clock do not have."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from vaultlint_rules.dates._names import DATE_NAMES, plain_name

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.moments import read_moment, read_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Span, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_CANDIDATE = re.compile(r"\s*\d{1,4}[-:]\d")
_LEADING = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?![\w-])")
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?\s*")
_PLACEHOLDER = "0000-"


class DateInvalid(NoteRule):
    """A property holds a date or time that does not exist, such as 2023-02-29 or 25:61."""

    name = "date-invalid"
    group = Group.DATES
    severity = Severity.ERROR
    in_plugin_notes = True
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what has the form of a date and is none; more forms are known where dates are kept."""
        for found in note.properties:
            if _needs_a_look(found.value):
                yield from self._judge(note, found.key, str(found.value), found.value_span)
            for item in found.items:
                if _needs_a_look(item.value):
                    yield from self._judge(note, found.key, str(item.value), item.span)

    def _judge(self, note: Note, key: str, value: str, span: Span) -> Iterator[Finding]:
        wrong = _unreal(value, self._for_dates(key))
        if wrong is not None:
            yield self.find(span, f"'{wrong[0]}' in '{key}' is no real {wrong[1]}", hint=wrong[2])

    def _for_dates(self, key: str) -> bool:
        kind = self.context.property_types.get(key.lower())
        return kind in ("date", "datetime") or (kind is None and plain_name(key) in DATE_NAMES)


def _needs_a_look(value: YamlValue) -> bool:
    """A short way past all that looks like no date, and nearly all dates."""
    if not isinstance(value, str) or not _CANDIDATE.match(value) or value.lstrip().startswith(_PLACEHOLDER):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return True
    return False


def _unreal(value: str, for_dates: bool) -> tuple[str, str, str | None] | None:
    """The part of the text that does not exist, what it would be, and why."""
    moment = read_moment(value)
    if moment is not None:
        if moment.day is None:
            date = value.strip()[:10]
            return date, "date", _why(date)
        return None if moment.real else (value.strip(), "time", "hours go to 23, minutes and seconds to 59")
    if not for_dates:
        return None
    leading = _LEADING.match(value)
    if leading is not None:
        moment = read_moment(leading[1])
        return (leading[1], "date", _why(leading[1])) if moment is not None and not moment.real else None
    if _CLOCK.fullmatch(value) and read_time(value) is None:
        return value.strip(), "time", "hours go to 23, minutes and seconds to 59"
    return None


def _why(date: str) -> str:
    month, day = int(date[5:7]), int(date[8:10])
    if not 1 <= month <= 12:
        return f"there is no month {month:02}" + (": are month and day swapped?" if 1 <= day <= 12 else "")
    return f"{date[:7]} has no day {day:02}"
