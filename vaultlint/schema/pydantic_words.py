"""What pydantic says, in a vault owner's words."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from vaultlint.schema.values import count_of, in_words, mismatch
from vaultlint.schema.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import Scalar, YamlValue
    from vaultlint.schema.pydantic_places import Place

OWN = frozenset({"value_error", "assertion_error"})
"""The types of errors that are the model's own: a validator's `ValueError` or `AssertionError`."""

_PREFIXES = {
    "integer": ("int_",),
    "number": ("float_", "decimal_type", "decimal_parsing", "fraction_"),
    "checkbox": ("bool_",),
    "text": ("string_type", "string_sub_type", "string_unicode"),
    "date": ("date_type", "date_parsing", "date_from_"),
    "datetime": ("datetime_type", "datetime_parsing", "datetime_from_", "datetime_object_"),
    "time": ("time_type", "time_parsing"),
    "duration": ("time_delta_",),
    "url": ("url_type", "url_parsing", "url_syntax_violation"),
    "list": ("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type", "deque_type"),
}
"""Type of a property -> how pydantic's names of its errors begin."""
_OTHER_WANTED = {
    "bytes_type": "text",
    "dataclass_type": "a map of keys and values",
    "dict_type": "a map of keys and values",
    "finite_number": "a finite number",
    "mapping_type": "a map of keys and values",
    "model_attributes_type": "a map of keys and values",
    "model_type": "a map of keys and values",
    "none_required": "empty",
    "uuid_parsing": "a UUID",
    "uuid_type": "a UUID",
}
CHOICES = frozenset({"literal_error", "enum"})
_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|True|False|None""")
_SUBJECT = re.compile(r"^[A-Z][a-z]+(?: input)? should (?=\S)")
_LONGEST = 300


def condition(place: Place, kind: str, context: dict[str, Any], said: str) -> Violation:
    """A violation by a value of the right type."""
    value = place.value
    match kind:
        case "greater_than_equal":
            kind, words = "range", f"is {value}, less than the least allowed, {context['ge']}"
        case "less_than_equal":
            kind, words = "range", f"is {value}, more than the most allowed, {context['le']}"
        case "greater_than":
            kind, words = "range", f"is {value}, but should be more than {context['gt']}"
        case "less_than":
            kind, words = "range", f"is {value}, but should be less than {context['lt']}"
        case "string_pattern_mismatch":
            kind, words = "pattern", f"is '{value}', which does not have the form '{context['pattern']}'"
        case "string_too_short" | "too_short":
            kind, words = "length", f"has {count_of(value)}, but should have {context['min_length']} at least"
        case "string_too_long" | "too_long":
            kind, words = "length", f"has {count_of(value)}, but should have {context['max_length']} at most"
        case _:
            kind, words = "schema", _rewritten(said, value)
    return Violation(kind, place.key, place.span, f"'{place.label}'{words if words.startswith(':') else f' {words}'}")


def _rewritten(said: str, value: YamlValue) -> str:
    """Pydantic's own words with the property for a subject: `should be in the past, but is the text '2099'`."""
    said = _one_line(said)
    subject = _SUBJECT.match(said)
    return f"should {said[subject.end() :]}, but is {in_words(value)}" if subject else f": {said}"


def own_words(label: str, error: object, said: str) -> str:
    """The text that a validator of the model raised; it may or may not name the property."""
    words = _one_line(str(error)) if error is not None else _one_line(said)
    if not words:
        words = "a condition of the model does not hold"
    named = not label or f"'{label}'" in words or words.lower().startswith(f"{label.lower()} ")
    return words if named else f"'{label}': {words}"


def _one_line(words: str) -> str:
    words = " ".join(words.split())
    return words.removesuffix(".") if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def allowed_by(expected: str) -> list[Scalar]:
    """The values in pydantic's `'a', 'b' or 3`."""
    return [ast.literal_eval(found[0]) for found in _LITERAL.finditer(expected)]


def property_type(kind: str) -> str | None:
    """The type of a property that an error of pydantic's asks for; `None` where it asks for none of ours."""
    return next((name for name, prefixes in _PREFIXES.items() if kind.startswith(prefixes)), None)


def _mismatch(value: YamlValue, kind: str, written: str) -> Any:
    named = property_type(kind)
    return mismatch(value, named, written) if named is not None else None


def wanted_by(value: YamlValue, kind: str, written: str) -> str | None:
    """What an error of pydantic's says was expected; `None` where it is not about the type."""
    if kind in _OTHER_WANTED:
        return _OTHER_WANTED[kind]
    found = _mismatch(value, kind, written) or _mismatch({}, kind, "")
    wanted: str | None = found.wanted if found is not None else None
    return wanted


def either(wanted: Iterable[str | None]) -> str:
    """`a number or a date`; empty where nothing is known to be wanted."""
    return " or ".join(dict.fromkeys(filter(None, wanted)))
