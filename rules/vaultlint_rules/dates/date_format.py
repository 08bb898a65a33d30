"""Dates that are not in the form that their property should have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Struct
from vaultlint_rules.dates._names import plain_name
from vaultlint_rules.dates._orders import Orders
from vaultlint_rules.dates._writing import in_style
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.schema.date_forms import as_text, fits, is_other_form, readings
from vaultlint.schema.model import DATE_TYPES
from vaultlint.schema.moments import read_moment
from vaultlint.schema.values import shown
from vaultlint.vault.moment_format import MomentFormat, fault_of, moment_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.model import PropertyType
    from vaultlint.vault.index import Index
    from vaultlint.vault.moment_format import Stamp

_APP = {"date": "YYYY-MM-DD", "datetime": "YYYY-MM-DDTHH:mm:ss"}
"""How the app writes them (semantics 6.10)."""


@dataclass(frozen=True)
class Options:
    """The forms that are asked for."""

    formats: Annotated[
        dict[str, str],
        "Property -> the form of its dates, in Moment.js tokens; `-`, `_`, space and case are alike in its name.",
    ] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, form in self.formats.items():
            fault = fault_of(form)
            if fault is not None:
                raise ValueError(f"the form of '{name}' can't be used: {fault}")


class Value(Struct, frozen=True, array_like=True):
    """One value that is not in the right form, or shows how others may be read."""

    key: str
    text: str
    span: Span
    style: str
    kind: str
    """`date` or `datetime`, by a schema; empty where the options give the form alone."""
    form: str
    """In Moment.js tokens; empty: as the app writes the kind."""
    is_wrong: bool
    """Else it only shows which part of such dates is the month."""


class Values(Struct, frozen=True, array_like=True):
    """Those of one note."""

    values: tuple[Value, ...]


class DateFormat(VaultRule):
    """A date is not written in the form that its property should have."""

    name = "date-format"
    group = Group.DATES
    severity = Severity.WARNING
    Options = Options
    Gathered = Values

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._formats = {plain_name(key): form for key, form in self.options.formats.items()}
        self._schemas = Schemas(self.context, lambda schema: any(map(_date_type, schema.properties.values())))

    @property
    def gathers(self) -> bool:
        """Whether a form is given for anything."""
        return bool(self._formats or self._schemas)

    def gather(self, note: Note) -> Values | None:
        """The values of the note that are in another form than asked for."""
        if not note.properties or not self._schemas.can_judge(note):
            return None
        asked = self._asked(note)
        found = tuple(_values(note, asked)) if asked else ()
        return Values(found) if found else None

    def _asked(self, note: Note) -> dict[str, tuple[str, str]]:
        """Property, in lower case -> the kind of its dates and their form."""
        of_schemas = {
            name.lower(): (wanted.type or "", wanted.format or "")
            for validator in self._schemas.of(note)
            for name, kind in validator.schema.properties.items()
            if (wanted := _date_type(kind)) is not None
        }
        of_options = {
            found.key.lower(): ("", form)
            for found in note.properties
            if (form := self._formats.get(plain_name(found.key))) is not None
        }
        return of_schemas | of_options

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield each of them, with what it should be."""
        told = self.gathered(index)
        orders = Orders((path, value.key, value.text) for path, of in told.items() for value in of.values)
        for path, of in told.items():
            for value in of.values:
                if value.is_wrong:
                    yield self._judge(path, value, orders)

    def _judge(self, path: str, value: Value, orders: Orders) -> Finding:
        form = value.form or _APP[value.kind]
        reading, doubt = orders.read(path, value.key, value.text)
        if reading is None:
            return self.find(
                value.span, f"'{value.key}' is {shown(value.text)}, which is no date of the form {form}", path=path
            )
        new, lost = _rewritten(value, reading.stamp)
        text = in_style(new, value.style)
        reason = "; ".join(filter(None, (doubt, lost)))
        fix = None
        if text is not None:
            fix = Fix(
                f"write {text}",
                (Edit(path, value.span, text),),
                Applicability.UNSAFE if reason else Applicability.SAFE,
                may_change=frozenset({Aspect.PROPERTIES}),
                reason=reason,
            )
        message = f"'{value.key}' is {shown(value.text)}, but should have the form {form}"
        return self.find(value.span, message, path=path, fix=fix)


def _date_type(wanted: PropertyType) -> PropertyType | None:
    """What the property, or each item of it, must be, if that is a date."""
    if wanted.type in DATE_TYPES:
        return wanted
    return wanted.items if wanted.items is not None and wanted.items.type in DATE_TYPES else None


def _values(note: Note, asked: dict[str, tuple[str, str]]) -> Iterator[Value]:
    for found in note.properties:
        if found.key.lower() not in asked:
            continue
        kind, form = asked[found.key.lower()]
        single = (found.value if found.value not in ([], ()) else None, found.value_span, found.style)
        for value, span, style in [(item.value, item.span, item.style) for item in found.items] or [single]:
            text = as_text(value) or span.of(note.text)
            wrong = _is_wrong(value, kind, form) and not is_placeholder(span.of(note.text))
            if wrong or (form and any(reading.order for reading in readings(text))):
                yield Value(found.key, text, span, style, kind, form, wrong)


def _is_wrong(value: object, kind: str, form: str) -> bool:
    """Of a schema's dates, what is none at all is told by `property-schema`; what does not exist, by `date-invalid`."""
    if kind or value is None:
        return value is not None and is_other_form(value, kind, form or None)
    text = as_text(value)
    if text is None:
        return True
    if not text or fits(text, "date", form):
        return False
    moment = read_moment(text)
    return moment is None or moment.real


def _rewritten(value: Value, stamp: Stamp) -> tuple[str, str]:
    """The same date in the right form, and what that loses or makes up."""
    if value.form == "" and value.kind == "datetime" and (moment := read_moment(value.text)) is not None:
        date, time = value.text.strip()[:10], value.text.strip()[10:].lstrip("Tt ").replace(" ", "")
        return f"{date}T{time.zfill(len(time) + (time.find(':') == 1))}", "" if moment.real else "it does not exist"
    form = value.form or _APP[value.kind] + (_rest_of_second(stamp) if value.kind == "datetime" else "")
    target = moment_format(form)
    if target is None:
        raise ValueError(f"no form: {form}")
    return target.write(stamp), "" if target.keeps(stamp) else _lost(target, stamp)


def _rest_of_second(stamp: Stamp) -> str:
    part = ".SSS" if stamp.clock is not None and stamp.clock.microsecond else ""
    return part + ("Z" if stamp.offset is not None else "")


def _lost(target: MomentFormat, stamp: Stamp) -> str:
    if stamp.clock is not None and not target.has_clock:
        return "the time of day is left out"
    if stamp.clock is None and target.has_clock:
        return "it tells no time of day, so midnight is written"
    if stamp.offset is not None and not target.has_offset:
        return "the time zone is left out"
    if stamp.offset is None and target.has_offset:
        return "it tells no time zone, so that of Greenwich is written"
    return "the new form does not tell all of it"
