"""What pydantic finds wrong, at its place in the note and in a vault owner's words."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.note.model import Span
from vaultlint.schema.validate import Replacement, Violation, _first_line, _nearest, _not_allowed
from vaultlint.schema.values import in_words, mismatch
from vaultlint.schema.yaml_text import quoted, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pydantic import ValidationError

    from vaultlint.note.model import Property, Scalar, YamlValue
    from vaultlint.note.note import Note

    Missing = Callable[[str], Violation | None]
    Location = tuple[int | str, ...]

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
_ALLOWED = frozenset({"literal_error", "enum"})
_LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|True|False|None""")
_SUBJECT = re.compile(r"^[A-Z][a-z]+ should (?=\S)")
_LONGEST = 300


class _Place(Struct, frozen=True):
    """Where an error stands, as far as that is known, and what is there."""

    key: str
    """The property's name; empty for the note as a whole."""
    label: str
    """With the names inside a map: `venue.city`."""
    span: Span
    value: YamlValue
    depth: int
    """How far into the value it is: 0 for the property itself."""


def first_line(note: Note) -> Span:
    """Where a violation of the note as a whole stands."""
    return Span(*_first_line(note.text))


def violations_of(
    note: Note,
    found: Mapping[str, Property],
    error: ValidationError,
    names: Collection[str],
    *,
    missing: Missing = lambda key: None,
) -> tuple[Violation, ...]:
    """What the model says is wrong: missing properties first, then in text order.

    `found` are the properties under the names that the model was given, `names` all that the model knows. `missing`
    may have a better word for one that is not there.
    """
    placed: dict[Span | str, list[tuple[_Place, Any]]] = {}
    whole: list[Violation] = []
    for each in error.errors(include_url=False):
        location = each["loc"]
        key = str(location[0]) if location else ""
        if key in found:
            place = _place(found[key], location, each["type"])
            placed.setdefault(place.span, []).append((place, each))
        elif each["type"] == "missing":
            whole.append(missing(key) or _missing(note, key))
        else:
            place = _Place(key, key, first_line(note), None, 0)
            whole.append(_violation(note, place, each))
    for errors in placed.values():
        whole += _at_one_place(note, found, errors, names)
    return tuple(sorted(whole, key=lambda one: (one.kind != "missing", one.span)))


def empty(found: Mapping[str, Property], refused: Mapping[str, list[Any]], key: str) -> Violation | None:
    """What is said of a property that must have a value and is there without one."""
    if key not in refused:
        return None
    wanted = _either(_wanted(None, each["type"], "") for each in refused[key])
    name = found[key].key
    message = f"'{name}' should be {wanted}, but is empty" if wanted else f"'{name}' is empty, and must not be"
    return Violation("missing", name, found[key].key_span, message)


def _place(found: Property, location: Location, kind: str) -> _Place:
    """The list item where one is named, else the whole value; names of a union's branches are passed over."""
    label, span, value, depth = found.key, found.value_span, found.value, 0
    last = len(location) - 1
    for at, step in enumerate(location[1:], start=1):
        if isinstance(step, int):
            if not isinstance(value, list | tuple) or not 0 <= step < len(value):
                break
            if depth == 0 and step < len(found.items):
                span = found.items[step].span
            value = value[step]
        elif isinstance(value, dict) and step in value:
            label, value = f"{label}.{step}", value[step]
        elif isinstance(value, dict) and at == last and kind == "missing":
            label, value = f"{label}.{step}", None
        else:
            continue
        depth += 1
    if not span.end - span.start:
        span = found.key_span
    return _Place(found.key, label, span, value, depth)


def _at_one_place(
    note: Note, found: Mapping[str, Property], errors: list[tuple[_Place, Any]], names: Collection[str]
) -> list[Violation]:
    """One violation for each thing that is wrong; the branches of a union are one, the one that came furthest."""
    by_label: dict[str, list[tuple[_Place, Any]]] = {}
    deepest = max(place.depth for place, _ in errors)
    for place, each in errors:
        if place.depth == deepest or each["type"] in OWN:
            by_label.setdefault(place.label, []).append((place, each))
    whole = []
    for alike in by_label.values():
        place, first = alike[0]
        if first["type"] == "extra_forbidden" and place.depth == 0:
            whole.append(_unknown(found, place.key, names))
        elif len(alike) == 1:
            whole.append(_violation(note, place, first))
        else:
            whole.append(_branches(note, alike))
    return whole


def _branches(note: Note, alike: list[tuple[_Place, Any]]) -> Violation:
    """What fits one branch in type and then fails there is what was meant; else all of them are named."""
    place = alike[0][0]
    written = place.span.of(note.text)
    wanted = [_wanted(place.value, each["type"], written) for _, each in alike]
    for (_, each), words in zip(alike, wanted, strict=True):
        if words is None:
            return _violation(note, place, each)
    message = f"'{place.label}' should be {_either(wanted)}, but is {in_words(place.value)}"
    return Violation("type", place.key, place.span, message)


def _violation(note: Note, place: _Place, error: Any) -> Violation:
    kind, context = error["type"], error.get("ctx", {})
    if kind in OWN:
        return Violation("model", place.key, place.span, _own_words(place.label, context.get("error"), error["msg"]))
    if kind in _ALLOWED and (allowed := _allowed(context.get("expected", ""))):
        return _outside(note, place, allowed)
    if kind == "missing":
        return Violation("type", place.key, place.span, f"'{place.label}' is missing")
    if _wanted(None, kind, "") is not None:
        return _other_type(note, place, kind)
    return Violation(*_condition(place, kind, context, error["msg"]))


def _missing(note: Note, key: str) -> Violation:
    hint = f"add '{key}:' to the properties"
    return Violation("missing", key, first_line(note), f"the property '{key}' is missing", hint)


def _unknown(found: Mapping[str, Property], key: str, names: Collection[str]) -> Violation:
    """A name that the model forbids, with the nearest of those that the note does not have yet."""
    each = next(one for one in found.values() if one.key == key)
    near = _nearest(each.key, [name for name in names if name not in found])
    message = f"'{each.key}' is no property that belongs in this note"
    if not isinstance(near, str):
        shown = ", ".join(f"'{name}'" for name in sorted(names)[:12]) + (", …" if len(names) > 12 else "")
        return Violation("unknown", each.key, each.key_span, message, f"known: {shown}" if names else None)
    fresh = yaml_scalar(near)
    replacement = Replacement(each.key_span, fresh, certain=False, title=f"call it '{near}'")
    return Violation("unknown", each.key, each.key_span, message, f"did you mean '{near}'?", replacement)


def _other_type(note: Note, place: _Place, kind: str) -> Violation:
    written = place.span.of(note.text)
    if place.depth == 0 and written.startswith("[[") and kind.startswith("string_"):
        message = f"'{place.label}' should be text, but is a link without quotes"
        return Violation("unquoted", place.key, place.span, message, f"write {quoted(written)}")
    wrong = _mismatch(place.value, kind, written)
    if wrong is not None and wrong.kind == "unreal":
        named = _property_type(kind)
        return Violation("unreal", place.key, place.span, f"'{place.label}' is no real {named}: '{place.value}'")
    message = f"'{place.label}' should be {_wanted(place.value, kind, written)}, but is {in_words(place.value)}"
    # inside a map the span is that of the whole map, which is not to be replaced
    whole = "." not in place.label.removeprefix(place.key) and place.depth < 2
    if wrong is None or wrong.replacement is None or not whole:
        return Violation("type", place.key, place.span, message)
    replacement = Replacement(place.span, wrong.replacement, wrong.certain, f"write {wrong.replacement}")
    return Violation("type", place.key, place.span, message, None, replacement)


def _outside(note: Note, place: _Place, allowed: Sequence[Scalar]) -> Violation:
    if isinstance(place.value, list | tuple | dict):
        message = f"'{place.label}' should be one value, but is {in_words(place.value)}"
        return Violation("type", place.key, place.span, message)
    found = _not_allowed(place.label, place.value, place.span, allowed)
    replacement = found.replacement if place.label == place.key else None
    return Violation(found.kind, place.key, found.span, found.message, found.hint, replacement)


def _condition(place: _Place, kind: str, context: dict[str, Any], said: str) -> tuple[str, str, Span, str]:
    """Kind, key, span and message of a violation by a value of the right type."""
    value = place.value
    match kind:
        case "greater_than_equal":
            words, kind = f"is {value}, less than the least allowed, {context['ge']}", "range"
        case "less_than_equal":
            words, kind = f"is {value}, more than the most allowed, {context['le']}", "range"
        case "greater_than" | "less_than":
            bound = context["gt"] if kind == "greater_than" else context["lt"]
            words, kind = f"should be {kind.replace('_', ' ')} {bound}, but is {value}", "range"
        case "string_pattern_mismatch":
            words, kind = f"is '{value}', which does not have the form '{context['pattern']}'", "pattern"
        case "string_too_short" | "too_short":
            words, kind = f"has {_count(value)}, fewer than the least allowed, {context['min_length']}", "length"
        case "string_too_long" | "too_long":
            words, kind = f"has {_count(value)}, more than the most allowed, {context['max_length']}", "length"
        case _:
            words, kind = _rewritten(said, value), "value"
    return kind, place.key, place.span, f"'{place.label}'{words if words.startswith(':') else f' {words}'}"


def _count(value: YamlValue) -> str:
    number = len(value) if isinstance(value, str | list | tuple | dict) else 0
    what = "character" if isinstance(value, str) else "item"
    return f"{number} {what}{'' if number == 1 else 's'}"


def _rewritten(said: str, value: YamlValue) -> str:
    """Pydantic's own words with the property for a subject: `should be in the past, but is the text '2099'`."""
    said = _one_line(said)
    subject = _SUBJECT.match(said)
    return f"should {said[subject.end() :]}, but is {in_words(value)}" if subject else f": {said}"


def _own_words(label: str, error: object, said: str) -> str:
    """The text that a validator of the model raised; it may or may not name the property."""
    words = _one_line(str(error)) if error is not None else _one_line(said)
    if not words:
        words = "a condition of the model does not hold"
    named = not label or f"'{label}'" in words or words.lower().startswith(f"{label.lower()} ")
    return words if named else f"'{label}': {words}"


def _one_line(words: str) -> str:
    words = " ".join(words.split())
    return words.removesuffix(".") if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _allowed(expected: str) -> list[Scalar]:
    """The values in pydantic's `'a', 'b' or 3`."""
    return [ast.literal_eval(found[0]) for found in _LITERAL.finditer(expected)]


def _property_type(kind: str) -> str | None:
    return next((name for name, prefixes in _PREFIXES.items() if kind.startswith(prefixes)), None)


def _mismatch(value: YamlValue, kind: str, written: str) -> Any:
    named = _property_type(kind)
    return mismatch(value, named, written) if named is not None else None


def _wanted(value: YamlValue, kind: str, written: str) -> str | None:
    """What an error of pydantic's says was expected; `None` where it is not about the type."""
    if kind in _OTHER_WANTED:
        return _OTHER_WANTED[kind]
    found = _mismatch(value, kind, written) or _mismatch({}, kind, "")
    wanted: str | None = found.wanted if found is not None else None
    return wanted


def _either(wanted: Iterable[str | None]) -> str:
    return " or ".join(dict.fromkeys(filter(None, wanted)))
