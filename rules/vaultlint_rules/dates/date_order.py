"""Notes changed before they were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.dates._names import plain_name

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.moments import Moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PAIRS = (
    ("created", "modified"),
    ("created", "updated"),
    ("created", "last modified"),
    ("created", "lastmod"),
    ("created at", "modified at"),
    ("created at", "updated at"),
    ("date created", "date modified"),
    ("date created", "date updated"),
)
_DAY = 86400


@dataclass(frozen=True)
class Options:
    """What is compared, and how exactly."""

    pairs: Annotated[
        tuple[tuple[str, str], ...],
        "Pairs of properties, the first not to be later than the second; `-`, `_`, space and case are alike.",
    ] = _PAIRS
    skew: Annotated[int, "Seconds by which the second may be earlier all the same; on one day it always may."] = 0


class DateOrder(NoteRule):
    """A note's date of change is earlier than its date of creation."""

    name = "date-order"
    group = Group.DATES
    severity = Severity.ERROR
    in_plugin_notes = True
    Options = Options
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the second date of each pair that stands in the wrong order."""
        texts = [found for found in note.properties if isinstance(found.value, str) and found.value[4:5] == "-"]
        if len(texts) < 2:
            return
        dated = {plain_name(found.key): found for found in texts}
        for earlier, later in self.options.pairs:
            first, second = dated.get(plain_name(earlier)), dated.get(plain_name(later))
            if first is not None and second is not None:
                yield from self._compare(note, first, second)

    def _compare(self, note: Note, first: Property, second: Property) -> Iterator[Finding]:
        if str(first.value)[:10] <= str(second.value)[:10]:
            return  # so nearly all notes; texts that are no dates matter no more
        one, two = read_moment(str(first.value)), read_moment(str(second.value))
        if one is None or two is None or not one.real or not two.real or _in_order(one, two, self.options.skew):
            return
        yield self.find(
            second.value_span,
            f"'{second.key}' ({second.value}) is earlier than '{first.key}' ({first.value})",
            related=(Related(note.path, f"'{first.key}' is here", first.value_span),),
            fix=_swap(note, first, second, alike=_shape(one) == _shape(two)),
        )


def _in_order(one: Moment, two: Moment, skew: int) -> bool:
    """Without times, days are compared; where one of the two names no zone, a day more is let pass."""
    if one.day is None or two.day is None or one.day <= two.day:
        return True
    if (one.offset is None) != (two.offset is None):
        skew = max(skew, _DAY)
    if one.with_time and two.with_time and one.total is not None and two.total is not None:
        return one.total - two.total <= skew
    return (one.day - two.day).days * _DAY <= skew


def _shape(moment: Moment) -> tuple[bool, bool]:
    return moment.with_time, moment.offset is not None


def _swap(note: Note, first: Property, second: Property, *, alike: bool) -> Fix | None:
    """Both are days on which somebody had the note in hand: the earlier is the better date of creation."""
    if not alike:
        return None
    texts = (first.value_span.of(note.text), second.value_span.of(note.text))
    return Fix(
        "swap the two dates",
        (Edit(note.path, first.value_span, texts[1]), Edit(note.path, second.value_span, texts[0])),
        Applicability.UNSAFE,
        may_change=frozenset({Aspect.PROPERTIES}),
        reason="one of the two dates may be wrong instead",
    )
