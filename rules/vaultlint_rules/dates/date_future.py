"""Days that have been, and are still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import structs
from vaultlint_rules.dates._names import PAST_NAMES, plain_name

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.moment_format import Stamp

_1970 = date(1970, 1, 1).toordinal() * 86400


@dataclass(frozen=True)
class Options:
    """Which dates, and how exactly."""

    names: Annotated[tuple[str, ...], "Properties whose dates have been; `-`, `_`, space and case are alike."] = tuple(
        sorted(PAST_NAMES)
    )
    skew: Annotated[int, "Seconds by which a date may be ahead: clocks differ, and so do zones."] = 86400


class DateFuture(NoteRule):
    """A date of creation or change, or another that must have been, is still to come."""

    name = "date-future"
    group = Group.DATES
    severity = Severity.WARNING
    in_plugin_notes = True
    reads_clock = True
    Options = Options
    needs = frozenset({"properties"})

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._names = frozenset(map(plain_name, self.options.names))
        self._latest = _1970 + self.context.now + self.options.skew
        self._today = date.fromtimestamp(self.context.now).isoformat()

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each date that is to have been, and that no way of reading it has brought yet."""
        for found in note.properties:
            value = found.value
            if not isinstance(value, str) or plain_name(found.key) not in self._names:
                continue
            if value[4:5] == "-" and value[:10] < self._today:
                continue  # so nearly all dates
            ahead = self._ahead(value)
            if ahead:
                hint = "are month and day swapped?" if any(map(self._was, _swapped(ahead[0]))) else None
                yield self.find(found.value_span, f"'{found.key}' ({value}) is still to come", hint=hint)

    def _ahead(self, value: str) -> list[Stamp]:
        """What the text may mean, if all of it is to come."""
        from vaultlint.schema.date_forms import readings

        stamps = [reading.stamp for reading in readings(value)]
        return [] if any(map(self._was, stamps)) else stamps

    def _was(self, stamp: Stamp) -> bool:
        return stamp.total is None or stamp.total <= self._latest


def _swapped(stamp: Stamp) -> list[Stamp]:
    day = stamp.day
    return (
        [structs.replace(stamp, day=day.replace(month=day.day, day=day.month))]
        if day is not None and day.day <= 12
        else []
    )
