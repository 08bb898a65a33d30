"""Minutes and seconds written as hours and minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.timestamps._times import (
    MAY_CHANGE,
    clock,
    code,
    of_the_note,
    scaled_up,
    shown_apart,
)

from vaultlint.rule.fix import Applicability, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Timestamp
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class TimestampScale(NoteRule):
    """All times of a note read as hours and minutes where minutes and seconds were meant."""

    name = "timestamp-scale"
    group = Group.TIMESTAMPS
    needs = frozenset({"timestamps"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding, at the first timestamp, for the whole note."""
        times = of_the_note(note)
        if not times or not scaled_up(note, times):
            return
        first = times[0]
        better = clock((first.seconds or 0) // 60, first.text)
        message = f"'{first.text}' and all other times end in ':00': was '{better}' meant?"
        hint = "the minutes and seconds of the recording stand where hours and minutes belong"
        yield self.find(first.text_span, message, hint=hint, fix=lambda: _shifted(note.path, times))


def _shifted(path: str, times: list[Timestamp]) -> Fix:
    """Every time of the note, a sixtieth of what it was."""
    edits: list[Edit] = []
    for timestamp in times:
        seconds = (timestamp.seconds or 0) // 60
        edits.append(Edit(path, timestamp.text_span, clock(seconds, timestamp.text)))
        if timestamp.code_span is not None and timestamp.code is not None and shown_apart(timestamp):
            own = (timestamp.code_seconds or 0) // 60
            edits.append(Edit(path, timestamp.code_span, code(own, timestamp.code)))
    return Fix(
        "read all times of the note as minutes and seconds",
        tuple(sorted(edits)),
        Applicability.UNSAFE,
        may_change=MAY_CHANGE,
        reason="a recording of that many hours would be changed wrongly",
    )
