"""Values that are not of the type that the vault gave their property."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_MILLISECONDS = (10**11, 10**13)
"""Whole numbers in which programs keep dates: 1973 to 2286."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")

_WANTED = {
    "text": "text",
    "multitext": "a list",
    "number": "a number",
    "checkbox": "true or false",
    "date": "a date such as 2024-03-31",
    "datetime": "a date with a time such as 2024-03-31T12:30",
    "tags": "a list of tags",
    "aliases": "a list of aliases",
}
"""The app's own types (semantics 6.8); those of plug-ins are not judged."""


class PropertyType(NoteRule):
    """A property's value is not of the type that the vault's property settings give it."""

    name = "property-type"
    group = Group.FRONTMATTER
    severity = Severity.WARNING
    in_plugin_notes = True
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the values that the app marks as not fitting; an empty one always fits (semantics 6.11)."""
        types = self.context.property_types
        if not types:
            return
        for found in note.properties:
            kind = types.get(found.key.lower())
            if kind not in _WANTED or found.value is None:
                continue
            written = found.value_span.of(note.text)
            if is_placeholder(written):
                continue
            if not _fits(found.value, kind):
                yield self._mismatch(note, found, kind, written)
            elif kind == "datetime":
                yield from self._zone(found)

    def _mismatch(self, note: Note, found: Property, kind: str, written: str) -> Finding:
        from vaultlint.schema.values import in_words

        one_line = "\n" not in note.text[found.key_span.end : found.value_span.end]
        return self.find(
            found.value_span if one_line else found.key_span,
            f"'{found.key}' is {_WANTED[kind]} in this vault, but here it is {in_words(found.value)}",
            hint=_hint(found.value, kind),
            fix=_fix(note, found, kind, written),
        )

    def _zone(self, found: Property) -> Iterator[Finding]:
        """The app writes no zone and may read none (semantics 6.10, uncertain: hence for information)."""
        moment = read_moment(found.value) if isinstance(found.value, str) else None
        if moment is not None and moment.offset is not None:
            yield self.find(
                found.value_span,
                f"'{found.key}' has a time zone, '{moment.offset}', which the app's editor does not know",
                severity=Severity.INFO,
            )


def _fits(value: YamlValue, kind: str) -> bool:
    """Lenient where the app's own check is not known: only what can't be of the type does not fit.

    Programs keep maps in their own properties, and the app keeps those whole (semantics 6.6): no text or list
    of the owner's went wrong there.
    """
    match kind:
        case "text":
            return not isinstance(value, list | tuple)
        case "multitext":
            return True
        case "tags" | "aliases":
            return not isinstance(value, dict)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "checkbox":
            return isinstance(value, bool)
        case _:
            # Moment reads most texts with a year as a date (semantics 6.10)
            return isinstance(value, str) and (not value.strip() or _YEAR.search(value) is not None)


def _hint(value: YamlValue, kind: str) -> str | None:
    if isinstance(value, dict):
        return "the app's editor shows no values within values; they are kept as they are"
    if kind == "text":
        return "write one text, or make the property a list in the app"
    if kind in ("date", "datetime") and isinstance(value, int | float) and _MILLISECONDS[0] < value < _MILLISECONDS[1]:
        return f"in milliseconds since 1970 that is {datetime.fromtimestamp(value / 1000, UTC):%Y-%m-%d}"
    return None


def _fix(note: Note, found: Property, kind: str, written: str) -> Fix | None:
    """A number or a truth value in quotes is one without them."""
    from vaultlint.schema.values import mismatch

    wrong = mismatch(found.value, kind, written) if kind in ("number", "checkbox") else None
    if wrong is None or wrong.replacement is None or not wrong.certain:
        return None
    return Fix(
        f"write {wrong.replacement}",
        (Edit(note.path, found.value_span, wrong.replacement),),
        Applicability.SAFE,
        may_change=frozenset({Aspect.PROPERTIES}),
    )
