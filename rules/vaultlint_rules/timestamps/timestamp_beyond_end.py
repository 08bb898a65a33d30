"""Timestamps behind the end of their recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.timestamps._times import clock, duration, of_the_note, scaled_up

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What can be set for `timestamp-beyond-end`."""

    property: Annotated[str, "The property that says how long the recording is."] = "duration"


class TimestampBeyondEnd(NoteRule):
    """A timestamp is later than the end of the recording, as the note's duration says it."""

    name = "timestamp-beyond-end"
    group = Group.TIMESTAMPS
    severity = Severity.ERROR
    needs = frozenset({"timestamps"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each time of the note's own recording that it does not reach."""
        length = duration(note, self.options.property)
        if length is None:
            return
        times = of_the_note(note)
        if scaled_up(note, times):
            return  # one fault, and `timestamp-scale` names it
        end, span = length
        shown = clock(end, "00:00:00")
        related = (Related(note.path, f"the recording ends at {shown}", span),)
        for timestamp in times:
            if timestamp.seconds is not None and timestamp.seconds > end:
                message = f"'{timestamp.text}' is later than the end of the recording, {shown}"
                yield self.find(timestamp.text_span, message, related=related)
