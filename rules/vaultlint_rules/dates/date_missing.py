"""Notes that do not say when they were made or changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Struct
from vaultlint_rules.dates._names import CREATED_NAMES, MODIFIED_NAMES, plain_name
from vaultlint_rules.dates._recorded import UNCOMMITTED, stamp_of
from vaultlint_rules.dates._writing import in_style
from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.schema.model import DATE_TYPES
from vaultlint.schema.places import first_line_span
from vaultlint.schema.yaml_text import inserted, only_changes
from vaultlint.vault.moment_format import MomentFormat, fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.history import Dates
    from vaultlint.vault.index import Index

_PLACE = "2000-01-01"
"""Stands for the date until it is known."""

_FORMS = {"datetime": "YYYY-MM-DDTHH:mm:ss"}


@dataclass(frozen=True)
class Options:
    """What is to be there."""

    created: Annotated[str, "Property with the day on which a note was made; empty: none is asked for."] = "created"
    modified: Annotated[str, "Property with the day of its last change; empty: none is asked for."] = "modified"
    format: Annotated[str, "The form of a date that is put in, in Moment.js tokens; empty: as the app writes it."] = ""
    ignore_revs_file: Annotated[
        str, "A file of the vault that lists commits to be left out, beside `.git-blame-ignore-revs`."
    ] = ""

    def __post_init__(self) -> None:
        fault = fault_of(self.format) if self.format else None
        if fault is not None:
            raise ValueError(fault)


class Gap(Struct, frozen=True, array_like=True):
    """A date that is not there, and where it would be."""

    name: str
    is_created: bool
    is_empty: bool
    """The property is there, and has no value."""
    span: Span
    form: str
    edit: tuple[Span, str] | None
    """With `_PLACE` for the date; `None` where no line can be put in."""


class Gaps(Struct, frozen=True, array_like=True):
    """Those of one note."""

    gaps: tuple[Gap, ...]


class DateMissing(VaultRule):
    """A note does not say when it was made, or when it was last changed."""

    name = "date-missing"
    group = Group.DATES
    severity = Severity.WARNING
    reads_git = True
    Options = Options
    Gathered = Gaps

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._schemas = Schemas(
            self.context, lambda schema: any(one.type in DATE_TYPES for one in schema.properties.values())
        )
        self._wanted = tuple(
            (name, plain_name(name), names, names is CREATED_NAMES)
            for name, names in ((self.options.created, CREATED_NAMES), (self.options.modified, MODIFIED_NAMES))
            if name
        )

    def gather(self, note: Note) -> Gaps | None:
        """The dates that the note lacks; one under another of the usual names is there."""
        if not self._schemas.can_judge(note):
            return None
        there = {plain_name(found.key): found for found in note.properties}
        gaps = []
        for name, plain, names, is_created in self._wanted:
            found = there.get(plain)
            if found is None and names.isdisjoint(there):
                edit = inserted(note, name, _PLACE, (self.options.created, self.options.modified))
                gaps.append(Gap(name, is_created, False, first_line_span(note), self._form(note, name), edit))
            elif found is not None and found.value is None:
                gap = Gap(
                    found.key, is_created, True, found.key_span, self._form(note, found.key), _filled(note, found)
                )
                gaps.append(gap)
        return Gaps(tuple(gaps)) if gaps else None

    def _form(self, note: Note, name: str) -> str:
        """The form that the option, a schema or the type of the property in the vault gives."""
        if self.options.format:
            form: str = self.options.format
            return form
        for validator in self._schemas.of(note):
            for key, wanted in validator.schema.properties.items():
                if key.lower() == name.lower() and wanted.type in DATE_TYPES:
                    return wanted.format or _FORMS.get(wanted.type or "", "YYYY-MM-DD")
        return _FORMS.get(self.context.property_types.get(name.lower(), ""), "YYYY-MM-DD")

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield each; git is asked by whoever wants the fix."""
        told = self.told(path, index)
        for gap in told.gaps if told is not None else ():
            yield self.find(
                gap.span,
                f"'{gap.name}' is empty" if gap.is_empty else f"there is no '{gap.name}'",
                hint=partial(self._hint, index, path, gap),
                fix=partial(self._fix, index, path, gap),
                at_most=Applicability.SAFE,
            )

    def _hint(self, index: Index, path: str, gap: Gap) -> str | None:
        dates = self._dates(index, path)
        if dates is None or (dates.created if gap.is_created else dates.modified) is None:
            return "git does not know the date"
        return None if gap.is_created or not index.history.is_changed(path) else UNCOMMITTED

    def _fix(self, index: Index, path: str, gap: Gap) -> Fix | None:
        dates = self._dates(index, path)
        moment = None if dates is None else dates.created if gap.is_created else dates.modified
        if (
            dates is None
            or moment is None
            or gap.edit is None
            or (not gap.is_created and index.history.is_changed(path))
        ):
            return None
        doubt = dates.created_doubt if gap.is_created else dates.modified_doubt
        form = MomentFormat(gap.form)
        text = in_style(form.write(stamp_of(moment, form)), "plain") or ""
        span, around = gap.edit
        return Fix(
            f"add '{gap.name}: {text}'",
            (Edit(path, span, around.replace(_PLACE, text)),),
            Applicability.UNSAFE if doubt else Applicability.SAFE,
            may_change=frozenset({Aspect.PROPERTIES}),
            reason=doubt,
        )

    def _dates(self, index: Index, path: str) -> Dates | None:
        return index.history.dates(path, self.options.ignore_revs_file)


def _filled(note: Note, found: Property) -> tuple[Span, str] | None:
    """The edit that gives an empty property a value; a comment behind it stays."""
    text, start = note.text, found.value_span.start
    if len(found.value_span):
        edit = (found.value_span, _PLACE)  # `null` or `~`
    else:
        start = end = text.find(":", found.key_span.end) + 1
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        edit = (Span(start, end), f" {_PLACE}" + (" " if text[end : end + 1] == "#" else ""))
    return edit if start > 0 and only_changes(note, *edit, found.key) else None
