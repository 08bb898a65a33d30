"""Timestamps that show one time and lead to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.timestamps._times import MAY_CHANGE, clock, code, shown_apart, sound

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Timestamp
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class TimestampMismatch(NoteRule):
    """The time that a timestamp shows is another than the one it leads to."""

    name = "timestamp-mismatch"
    group = Group.TIMESTAMPS
    severity = Severity.ERROR
    needs = frozenset({"timestamps"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each timestamp whose attribute, parameter or fragment says another time than its text."""
        for timestamp in note.timestamps:
            if shown_apart(timestamp) and sound(timestamp) and timestamp.seconds != timestamp.code_seconds:
                yield self._differs(note.path, timestamp)

    def _differs(self, path: str, timestamp: Timestamp) -> Finding:
        place, written = timestamp.code_span or timestamp.span, timestamp.code or ""
        there = clock(timestamp.code_seconds or 0, timestamp.text)
        right = code(timestamp.seconds or 0, written)
        fix = Fix(
            f"lead to '{right}'",
            (Edit(path, place, right),),
            Applicability.UNSAFE,
            may_change=MAY_CHANGE,
            reason="the time shown may be the wrong one of the two",
        )
        where = f"'{written}'" if written == there else f"'{written}' ({there})"
        message = f"the timestamp shows '{timestamp.text}' and leads to {where}"
        return self.find(place, message, hint=f"lead to '{right}', or show '{there}'", fix=fix)
