"""What pydantic finds wrong in a note, as violations at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.schema.places import first_line_span
from vaultlint.schema.pydantic_places import Fault, Place, place_in
from vaultlint.schema.pydantic_words import (
    CHOICES,
    OWN,
    allowed_by,
    condition,
    either,
    own_words,
    property_type,
    wanted_by,
)
from vaultlint.schema.table import fill_in, nearest, not_allowed, wrong_type
from vaultlint.schema.values import in_words
from vaultlint.schema.violation import Replacement, Violation
from vaultlint.schema.yaml_text import quoted, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import ValidationError

    from vaultlint.note.model import Property, Scalar, Span
    from vaultlint.note.note import Note


class Told:
    """Puts the errors of one note into words.

    `found` are the properties under the names that the model was given, `names` those that it knows, in order;
    `empties` what is to be said of properties that were left out for having no value.
    """

    def __init__(
        self,
        note: Note,
        found: Mapping[str, Property],
        names: Sequence[str],
        empties: Mapping[str, Violation] | None = None,
    ) -> None:
        self._note = note
        self._found = found
        self._names = names
        self._empties = empties or {}

    def violations(self, error: ValidationError) -> tuple[Violation, ...]:
        """What the model says is wrong: missing properties first, then in text order."""
        placed: dict[Span, list[Fault]] = {}
        told: list[Violation] = []
        for each in error.errors(include_url=False):
            location = each["loc"]
            key = str(location[0]) if location else ""
            if key in self._found:
                place = place_in(self._found[key], location, each["type"])
                placed.setdefault(place.span, []).append(Fault(place, each["type"], each))
            elif each["type"] == "missing":
                told.append(self._empties.get(key) or self._missing(key))
            else:
                place = Place(key, key, first_line_span(self._note), None, 0)
                told.append(self._violation(Fault(place, each["type"], each)))
        for faults in placed.values():
            told += self._at_one_place(faults)
        return tuple(sorted(told, key=lambda one: (one.kind != "missing", one.span)))

    def _at_one_place(self, faults: list[Fault]) -> list[Violation]:
        """One violation for each thing that is wrong; the branches of a union are one, that which came furthest."""
        deepest = max(fault.place.depth for fault in faults)
        by_label: dict[str, list[Fault]] = {}
        for fault in faults:
            if fault.place.depth == deepest or fault.kind in OWN:
                by_label.setdefault(fault.place.label, []).append(fault)
        return [self._violation(alike[0]) if len(alike) == 1 else self._branches(alike) for alike in by_label.values()]

    def _branches(self, alike: list[Fault]) -> Violation:
        """What fits one branch in type and then fails there is what was meant; else all of them are named."""
        place = alike[0].place
        written = place.span.of(self._note.text)
        wanted = [wanted_by(place.value, fault.kind, written) for fault in alike]
        if None in wanted:
            return self._violation(alike[wanted.index(None)])
        message = f"'{place.label}' should be {either(wanted)}, but is {in_words(place.value)}"
        return Violation("type", place.key, place.span, message)

    def _violation(self, fault: Fault) -> Violation:
        place, kind, context = fault.place, fault.kind, fault.error.get("ctx", {})
        if kind in OWN:
            words = own_words(place.label, context.get("error"), fault.error["msg"])
            return Violation("schema", place.key, place.span, words)
        if kind in CHOICES and (allowed := allowed_by(context.get("expected", ""))):
            return self._outside(place, allowed)
        if kind == "extra_forbidden" and place.is_property:
            return self._unknown(place)
        if kind == "missing":
            return Violation("schema", place.key, place.span, f"'{place.label}' is missing")
        if wanted_by(None, kind, "") is not None:
            return self._other_type(place, kind)
        return condition(place, kind, context, fault.error["msg"])

    def _missing(self, key: str) -> Violation:
        hint = f"add '{key}:' to the properties"
        message = f"the property '{key}' is missing"
        replacement = fill_in(self._note, key, None, self._names)
        return Violation("missing", key, first_line_span(self._note), message, hint, replacement)

    def _unknown(self, place: Place) -> Violation:
        """A name that the model forbids, with the nearest of those that the note does not have yet."""
        found = next(each for each in self._found.values() if each.key == place.key)
        near = nearest(found.key, [name for name in self._names if name not in self._found])
        message = f"'{found.key}' is no property that the schema knows"
        if not isinstance(near, str):
            return Violation("unknown", found.key, found.key_span, message)
        replacement = Replacement(found.key_span, yaml_scalar(near), certain=False, title=f"call it '{near}'")
        return Violation("unknown", found.key, found.key_span, message, f"did you mean '{near}'?", replacement)

    def _other_type(self, place: Place, kind: str) -> Violation:
        note, written = self._note, place.span.of(self._note.text)
        if place.is_whole and written.startswith("[[") and kind.startswith("string_"):
            message = f"'{place.label}' should be text, but is a link without quotes"
            return Violation("unquoted", place.key, place.span, message, f"write {quoted(written)}")
        named = property_type(kind)
        wrong = wrong_type(note, place.key, place.value, place.span, named) if named and place.is_whole else None
        if wrong is not None:
            return wrong
        message = f"'{place.label}' should be {wanted_by(place.value, kind, written)}, but is {in_words(place.value)}"
        return Violation("type", place.key, place.span, message)

    def _outside(self, place: Place, allowed: Sequence[Scalar]) -> Violation:
        if isinstance(place.value, list | tuple | dict):
            message = f"'{place.label}' should be one value, but is {in_words(place.value)}"
            return Violation("type", place.key, place.span, message)
        told = not_allowed(self._note, place.key, place.value, place.span, allowed)
        if place.is_whole:
            return told
        message = f"'{place.value}' is not allowed for '{place.label}'"
        return Violation(told.kind, place.key, place.span, message, told.hint)


def empty(found: Property, errors: Sequence[Any]) -> Violation:
    """What is said of a property that must have a value and is there without one."""
    wanted = either(wanted_by(None, each["type"], "") for each in errors)
    message = f"'{found.key}' should be {wanted}, but is empty" if wanted else f"'{found.key}' must have a value"
    return Violation("missing", found.key, found.key_span, message)
