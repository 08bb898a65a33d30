"""Dates of change that are older than the last change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Struct
from vaultlint_rules.dates._names import CREATED_NAMES, MODIFIED_NAMES, plain_name
from vaultlint_rules.dates._recorded import UNCOMMITTED, stamp_of
from vaultlint_rules.dates._writing import in_style

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.schema.date_forms import readings
from vaultlint.vault.moment_format import MomentFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.history import Dates
    from vaultlint.vault.index import Index


@dataclass(frozen=True)
class Options:
    """Which dates, how exactly, and what is no change."""

    names: Annotated[
        tuple[str, ...], "Properties with the date of the last change; `-`, `_`, space and case are alike."
    ] = tuple(sorted(MODIFIED_NAMES))
    skew: Annotated[int, "Seconds by which a date may be behind; without a time, days are compared."] = 86400
    ignore_revs_file: Annotated[
        str, "A file of the vault that lists commits to be left out, beside `.git-blame-ignore-revs`."
    ] = ""


class Value(Struct, frozen=True, array_like=True):
    """One date of change."""

    key: str
    text: str
    span: Span
    style: str


class Values(Struct, frozen=True, array_like=True):
    """Those of one note."""

    values: tuple[Value, ...]


class DateStale(VaultRule):
    """A note's date of change is older than the last commit that changed its content."""

    name = "date-stale"
    group = Group.DATES
    severity = Severity.INFO
    reads_git = True
    Options = Options
    Gathered = Values

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._names = frozenset(map(plain_name, self.options.names))

    def gather(self, note: Note) -> Values | None:
        """The dates of change that the note tells."""
        found = tuple(
            Value(one.key, one.value, one.value_span, one.style)
            for one in note.properties
            if isinstance(one.value, str) and plain_name(one.key) in self._names
        )
        return Values(found) if found else None

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield each that git knows a later change of its note after."""
        told, left_out = self.gathered(index), self.options.ignore_revs_file
        behind = [
            path
            for path, of in told.items()
            if (dates := index.history.dates(path, left_out)) is not None
            and any(self._is_behind(value, dates) for value in of.values)
        ]
        # the date itself may be all that was changed, as the fix does it: so many are no more behind
        for path, dates in index.history.content_dates(behind, left_out, self._is_stamp).items():
            for value in told[path].values:
                if self._is_behind(value, dates):
                    yield self._found(index, path, value, dates)

    def _is_stamp(self, key: str) -> bool:
        name = plain_name(key)
        return name in self._names or name in CREATED_NAMES

    def _is_behind(self, value: Value, dates: Dates) -> bool:
        read = readings(value.text)
        if len(read) != 1 or dates.modified is None:
            return False
        if dates.modified == dates.created:  # it came to git then, and may have been written long before
            return False
        told, recorded = read[0].stamp.total, stamp_of(dates.modified, MomentFormat(read[0].form)).total
        return told is not None and recorded is not None and recorded - told > self.options.skew

    def _found(self, index: Index, path: str, value: Value, dates: Dates) -> Finding:
        return self.find(
            value.span,
            f"'{value.key}' is {value.text}, but the note was changed on {dates.modified:%Y-%m-%d}",
            path=path,
            hint=lambda: UNCOMMITTED if index.history.is_changed(path) else None,
            fix=partial(_fix, index, path, value, dates),
            at_most=Applicability.SAFE,
        )


def _fix(index: Index, path: str, value: Value, dates: Dates) -> Fix | None:
    """The date of that commit, written as the old one; of changes that are in no commit yet, nobody knows the date."""
    if dates.modified is None or index.history.is_changed(path):
        return None
    form = MomentFormat(readings(value.text)[0].form)
    new = in_style(form.write(stamp_of(dates.modified, form)), value.style)
    if new is None:
        return None
    return Fix(
        f"write {new}",
        (Edit(path, value.span, new),),
        Applicability.UNSAFE if dates.modified_doubt else Applicability.SAFE,
        may_change=frozenset({Aspect.PROPERTIES}),
        reason=dates.modified_doubt,
    )
