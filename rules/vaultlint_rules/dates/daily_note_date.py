"""Daily notes that tell two days, and notes among them that the app does not take for daily notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaultlint_rules.dates._names import plain_name
from vaultlint_rules.dates._writing import in_style

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.vault.moment_format import Stamp, moment_format
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.date_forms import Reading

_NAME = "date"
_DIGIT = re.compile("[0-9]")


class DailyNoteDate(NoteRule):
    """A daily note's name, its property 'date' and its first heading tell different days."""

    name = "daily-note-date"
    group = Group.DATES
    severity = Severity.WARNING
    in_plugin_notes = True

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        folder = self.context.daily_folder
        self._within = f"{folder}/" if folder else ""
        whole = moment_format(self.context.daily_format)
        self._format = whole if whole is not None and whole.has_day else None
        last = moment_format(_last_part(self.context.daily_format))
        self._last = last if last is not None and last.has_day else None

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what does not agree with the name; or the name, where it is a date in another form."""
        if self._format is None or not note.path.startswith(self._within):
            return
        name = without_extension(note.path[len(self._within) :])
        if not _DIGIT.search(name):
            return
        day = self._day(name)
        if day is not None:
            yield from self._properties(note, day)
            yield from self._heading(note, day)
        elif self._within and "/" not in name:
            yield from self._name(note, name)

    def _day(self, name: str) -> date | None:
        """The day of a daily note; also where it was moved to another folder below that of daily notes."""
        stamp = self._format.parse(name) if self._format is not None else None
        if stamp is None and self._last is not None:
            stamp = self._last.parse(base_name(name))
        return stamp.day if stamp is not None else None

    def _properties(self, note: Note, day: date) -> Iterator[Finding]:
        for found in note.properties:
            if plain_name(found.key) != _NAME or not isinstance(found.value, str):
                continue
            told = self._told(found.value)
            if told and not any(_is_on(reading.stamp, day) for reading in told):
                message = f"'{found.key}' is '{found.value}', but the name of this daily note says {day.isoformat()}"
                text = in_style(_on(told[0], day), found.style) if len(told) == 1 else None
                yield self.find(found.value_span, message, fix=_fix(note, found.value_span, text, Aspect.PROPERTIES))

    def _heading(self, note: Note, day: date) -> Iterator[Finding]:
        """The first heading, if it is of the first level."""
        heading = next(iter(note.headings), None)
        told = self._told(heading.text) if heading is not None and heading.level == 1 else ()
        if heading is None or not told or any(_is_on(reading.stamp, day) for reading in told):
            return
        message = f"the heading says '{heading.text}', but the name of this daily note says {day.isoformat()}"
        text = _on(told[0], day) if len(told) == 1 else None
        yield self.find(heading.text_span, message, fix=_fix(note, heading.text_span, text, Aspect.HEADINGS))

    def _told(self, text: str) -> tuple[Reading, ...]:
        """What the whole of a text means as a date: in the daily notes' own form, else in any."""
        from vaultlint.schema.date_forms import Reading, readings

        for form in (self._format, self._last):
            stamp = form.parse(text.strip()) if form is not None else None
            if form is not None and stamp is not None and stamp.day is not None:
                return (Reading(stamp, form.text),)
        return readings(text)

    def _name(self, note: Note, name: str) -> Iterator[Finding]:
        from vaultlint.schema.date_forms import readings

        told = readings(name)
        if not told or self._format is None:
            return
        proper = [self._format.write(Stamp(reading.stamp.day)) for reading in told]
        yield self.find(
            Span(0, 0),
            f"'{name}' is a date, but daily notes are named in the form {self._format.text} here",
            hint=f"the app looks for '{proper[0]}'" if len(proper) == 1 else None,
        )


def _last_part(form: str) -> str:
    """The part of a format that names the file: behind the last slash that is not in brackets."""
    depth = last = 0
    for place, sign in enumerate(form):
        depth = 1 if sign == "[" else 0 if sign == "]" else depth
        if sign == "/" and not depth:
            last = place + 1
    return form[last:]


def _is_on(stamp: Stamp, day: date) -> bool:
    """Whether it is that day; one more or less where a zone is told, for nobody knows the note's."""
    return stamp.day is None or abs(stamp.day.toordinal() - day.toordinal()) <= (stamp.offset is not None)


def _on(reading: Reading, day: date) -> str:
    """The text with another day in it."""
    form = moment_format(reading.form)
    if form is None:
        raise ValueError(f"no form: {reading.form}")
    return form.write(Stamp(day, reading.stamp.clock, reading.stamp.offset))


def _fix(note: Note, span: Span, text: str | None, aspect: Aspect) -> Fix | None:
    if text is None:
        return None
    return Fix(
        f"write {text}",
        (Edit(note.path, span, text),),
        Applicability.SUGGESTION,
        may_change=frozenset({aspect}),
        reason="it may be the name that is wrong",
    )
