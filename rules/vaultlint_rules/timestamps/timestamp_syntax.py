"""Timestamps that are no time, and times written in more than one width."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from vaultlint_rules.timestamps._times import MAY_CHANGE, clock, shown_apart, sound

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Timestamp
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class TimestampSyntax(NoteRule):
    """A media timestamp is no time, or is written wider or narrower than the others of the note."""

    name = "timestamp-syntax"
    group = Group.TIMESTAMPS
    severity = Severity.ERROR
    needs = frozenset({"timestamps"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each time that is none, then each that differs from the others in its padding only."""
        times: list[Timestamp] = []
        for timestamp in note.timestamps:
            if sound(timestamp):
                times.append(timestamp)
            else:
                yield self._no_time(timestamp)
        for timestamp, better in _uneven(times):
            yield self._uneven(note.path, timestamp, better)

    def _no_time(self, timestamp: Timestamp) -> Finding:
        if timestamp.seconds is None or timestamp.code_span is None:
            return self.find(timestamp.text_span, f"'{timestamp.text}' is no time: {_why(timestamp.text)}")
        written = timestamp.code or ""
        return self.find(timestamp.code_span, f"'{written}' is no time: {_why(written)}")

    def _uneven(self, path: str, timestamp: Timestamp, better: str) -> Finding:
        message = f"'{timestamp.text}' is written otherwise than the other times of this note"
        edits = [Edit(path, timestamp.text_span, better)]
        if timestamp.code_span is not None and shown_apart(timestamp) and timestamp.code == timestamp.text:
            edits.append(Edit(path, timestamp.code_span, better))
        fix = Fix(f"write it as '{better}'", tuple(edits), Applicability.SAFE, may_change=MAY_CHANGE)
        return self.find(timestamp.text_span, message, fix=fix, severity=Severity.INFO)


_PARTS = re.compile(r"\d+(?::\d+)*")


def _why(written: str) -> str:
    if not _PARTS.fullmatch(written):
        return "a part of it is missing" if ":" in written else "write it as 00:12:03 or as seconds"
    parts = [int(part) for part in written.split(":")]
    if len(parts) > 3:
        return "it has more parts than hours, minutes and seconds"
    if parts[-1] > 59:
        return "the seconds are over 59"
    return "the minutes are over 59" if len(parts) == 3 and parts[1] > 59 else "each part has two digits at most"


_PLAIN = re.compile(r"\d+(?::\d\d?)+")


def _uneven(times: list[Timestamp]) -> Iterator[tuple[Timestamp, str]]:
    """The times that differ from most others of the note in padding alone, and what they would be."""
    plain = [timestamp for timestamp in times if _PLAIN.fullmatch(timestamp.text)]
    parts = _usual(timestamp.text.count(":") for timestamp in plain if _under_an_hour(timestamp))
    widths = {
        colons: _usual(
            len(timestamp.text.split(":")[0])
            for timestamp in plain
            if timestamp.text.count(":") == colons and int(timestamp.text.split(":")[0]) < 10
        )
        for colons in (1, 2)
    }
    for timestamp in plain:
        colons = timestamp.text.count(":")
        if parts is not None and _under_an_hour(timestamp):
            colons = parts
        better = clock(timestamp.seconds or 0, "0" * (widths[colons] or 2) + ":00" * colons)
        if better != timestamp.text:
            yield timestamp, better


def _under_an_hour(timestamp: Timestamp) -> bool:
    return timestamp.seconds is not None and timestamp.seconds < 3600


def _usual(found: Iterator[int]) -> int | None:
    """What occurs most often; of equals, what comes first."""
    return next((value for value, _ in Counter(found).most_common(1)), None)
