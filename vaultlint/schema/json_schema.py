"""A JSON Schema as a contract: jsonschema-rs judges, and what it says is put where it stands, in an owner's words."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vaultlint.schema.json_cost import cost_of
from vaultlint.schema.model import DEFAULT_NAMES
from vaultlint.schema.moments import read_moment
from vaultlint.schema.places import first_line_span, place_of
from vaultlint.schema.table import fill_in, not_allowed, wrong_type
from vaultlint.schema.values import count_of, in_words, shown
from vaultlint.schema.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from vaultlint.note.model import YamlValue
    from vaultlint.note.note import Note
    from vaultlint.schema.model import JsonSchema

    Path: TypeAlias = Sequence[str | int]

_KINDS = {"number": "number", "integer": "integer", "boolean": "checkbox", "string": "text", "array": "list"}
"""Types of JSON -> ours, for what is expected and how it would be written."""

_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "empty",
    "number": "a number",
    "object": "a map of keys and values",
    "string": "text",
}

_FORMATS = {
    "date": "a date such as 2024-03-31",
    "date-time": "a date with a time and a zone such as 2024-03-31T12:30:00Z",
    "email": "an e-mail address",
    "time": "a time with a zone such as 12:30:00Z",
    "uri": "a web address",
}


class JsonSchemaContract:
    """What a JSON Schema asks of the properties as an object."""

    def __init__(self, schema: JsonSchema) -> None:
        """Raises `ValueError`, in a config owner's words, where it is no valid schema."""
        import jsonschema_rs

        from vaultlint.schema.uri import uri_of

        texts = {uri_of(path): text for path, text in ((schema.file, schema.text), *schema.others.items())}

        def at_hand(uri: str) -> Any:
            if uri not in texts:
                raise ValueError(f"only what lies in the vault is read, not '{uri}'")
            return json.loads(texts[uri])

        self._root = json.loads(schema.text)
        try:
            documents = {uri: json.loads(text) for uri, text in texts.items()}
            self._cost = cost_of(documents, uri_of(schema.file))
            self._validator = jsonschema_rs.validator_for(
                {"$schema": _draft(self._root), "$ref": uri_of(schema.file)},
                retriever=at_hand,
                validate_formats=True,
                # an engine whose time is bounded: a schema may come with a stranger's vault
                pattern_options=jsonschema_rs.RegexOptions(),
            )
        except (ValueError, RecursionError) as error:
            at = "/".join(map(str, getattr(error, "instance_path", ())))
            where = f", at '{at}'" if at else ""
            raise ValueError(f"'{schema.file}' can't be used as a JSON Schema{where}: {_in_words(error)}") from None
        self._names = {name.lower(): name for name in reversed(self.names)}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The properties that stand at the top of the schema, in its order."""
        return tuple(dict.fromkeys((*self._properties, *_strings(self._root, "required"))))

    @cached_property
    def _properties(self) -> dict[str, Any]:
        found = self._root.get("properties") if isinstance(self._root, dict) else None
        return found if isinstance(found, dict) else {}

    def violations(self, note: Note) -> Iterator[Violation]:
        """All that the validator finds, in its order, those of the whole note first."""
        values = self._values(note)
        if self._cost ** _depth_of(values) > _MOST_WORK:
            message = "values stand too deep in one another to be held against the schema"
            yield Violation("schema", "", first_line_span(note), message)
            return
        try:
            if self._validator.is_valid(values):
                return
            errors = list(self._validator.iter_errors(values))
        except ValueError:  # half a surrogate pair, which no JSON has
            message = "an escape in quotes writes half a sign, which no JSON has: the schema can't judge the properties"
            yield Violation("schema", "", first_line_span(note), message)
            return
        there = {found.key.lower() for found in note.properties}
        errors = [one for one in errors if not _misses_what_is_there(one, there)]
        errors.sort(key=lambda wrong: len(wrong.instance_path) > 0)
        for wrong in errors:
            yield from self._told(note, wrong)

    def _values(self, note: Note) -> dict[str, YamlValue]:
        """The properties as the app has them: under the names of the schema whatever their case, without empty ones
        (semantics 6.11, 6.12), and one tag as a list of one (6.15)."""
        values: dict[str, YamlValue] = {}
        for found in note.properties:
            name = self._names.get(found.key.lower(), found.key)
            if found.value is None:
                continue
            alone = name.lower() in DEFAULT_NAMES and isinstance(found.value, str) and self._wants_list(name)
            values[name] = [found.value] if alone else found.value
        return values

    def _wants_list(self, name: str) -> bool:
        asked = self._properties.get(name)
        kind = asked.get("type") if isinstance(asked, dict) else None
        return "array" in (kind if isinstance(kind, list) else [kind])

    def _told(self, note: Note, error: Any) -> Iterator[Violation]:
        kind, path, about = type(error.kind).__name__, error.instance_path, error.kind.as_dict()
        if kind == "Required" and not path:
            yield self._missing(note, about["property"])
        elif kind in ("AdditionalProperties", "UnevaluatedProperties") and not path:
            for name in about["unexpected"]:
                found, span = place_of(note, [name])
                span = found.key_span if found is not None else span
                yield Violation("unknown", name, span, f"'{name}' is no property that the schema knows")
        else:
            yield _at(note, path, kind, about, error)

    def _missing(self, note: Note, name: str) -> Violation:
        asked = self._properties.get(name)
        default = asked.get("default") if isinstance(asked, dict) else None
        replacement = fill_in(note, name, _as_default(default), self.names)
        hint = f"add '{name}:' to the properties"
        message = f"the property '{name}' is missing"
        return Violation("missing", name, first_line_span(note), message, hint, replacement)


def _at(note: Note, path: Path, kind: str, about: dict[str, Any], error: Any) -> Violation:
    found, span = place_of(note, path)
    key = found.key if found is not None else ""
    value = error.instance
    named = ".".join((key, *map(str, path[1:]))) if key and (len(path) > 2 or isinstance(path[-1], str)) else key
    if kind in _WHOLE and not path:
        return Violation("schema", "", span, "the schema is for something else than the properties of a note")
    if kind == "Type" and len(about["types"]) == 1 and len(path) <= 2:
        ours = _KINDS.get(about["types"][0])
        wrong = wrong_type(note, key, value, span, ours) if ours is not None else None
        if wrong is not None:
            return wrong
    if kind == "Enum" and len(path) <= 2 and _are_scalars(about["options"]):
        return not_allowed(note, key, value, span, about["options"])
    if kind == "FalseSchema" and not key:
        return Violation("unknown", "", span, "the schema allows this note no property")
    if kind == "Format" and about["format"] in _DATES and _is_unreal(value):
        return Violation("unreal", key, span, f"'{named}' is no real date: {shown(value)}")
    if kind == "PropertyNames" and not path:
        return _wrong_name(note, about["error"])
    if kind == "FalseSchema" and len(path) > 1:
        return Violation("schema", key, span, f"'{named}' holds what the schema does not allow")
    say = _SAYINGS.get(kind)
    said = say(value, about) if say is not None else _GENERAL.get(kind) or _short(str(error.message))
    whose = f"'{named}'" if key else "the note"
    message = f"{whose} {said}" if say is not None else f"{whose}: {said}" if key else said
    return Violation(_OURS.get(kind, "schema"), key, span, message)


def _wrong_name(note: Note, error: Any) -> Violation:
    """Of a property whose name the schema does not allow: it stands at the name."""
    name = str(error.instance)
    found, span = place_of(note, [name])
    say = _SAYINGS.get(type(error.kind).__name__)
    said = say(name, error.kind.as_dict()) if say is not None else "is none that the schema allows"
    message = f"the name '{name}' {said}"
    return Violation("schema", name, span if found is None else found.key_span, message)


def _is_unreal(value: Any) -> bool:
    moment = read_moment(value) if isinstance(value, str) else None
    return moment is not None and not moment.real


def _properties(count: int) -> str:
    return f"{count} {'property' if count == 1 else 'properties'}"


def _expected(value: YamlValue, about: dict[str, Any]) -> str:
    wanted = " or ".join(_WORDS.get(each, each) for each in about["types"])
    return f"should be {wanted}, but is {in_words(value)}"


_DATES = frozenset({"date", "date-time"})
_WHOLE = frozenset({"Constant", "Enum", "Type"})
"""What only fails for all properties together where the schema means no object."""

_OURS = {"Type": "type", "Enum": "value", "Constant": "value", "Pattern": "pattern"} | dict.fromkeys(
    ("Minimum", "Maximum", "ExclusiveMinimum", "ExclusiveMaximum"), "range"
)

_SAYINGS: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "Type": _expected,
    "Constant": lambda value, about: f"should be {in_words(about['expected_value'])}, but is {in_words(value)}",
    "Pattern": lambda value, about: f"is {shown(value)}, which does not have the form '{about['pattern']}'",
    "Format": lambda value, about: (
        f"should be {_FORMATS.get(about['format'], 'of the form ' + about['format'])}, but is {in_words(value)}"
    ),
    "Minimum": lambda value, about: f"is {shown(value)}, less than the least allowed, {about['limit']}",
    "Maximum": lambda value, about: f"is {shown(value)}, more than the most allowed, {about['limit']}",
    "ExclusiveMinimum": lambda value, about: f"is {shown(value)}, but should be more than {about['limit']}",
    "ExclusiveMaximum": lambda value, about: f"is {shown(value)}, but should be less than {about['limit']}",
    "MinLength": lambda value, about: f"has {count_of(value)}, but should have {about['limit']} at least",
    "MaxLength": lambda value, about: f"has {count_of(value)}, but should have {about['limit']} at most",
    "MinItems": lambda value, about: f"has {count_of(value)}, but should have {about['limit']} at least",
    "MaxItems": lambda value, about: f"has {count_of(value)}, but should have {about['limit']} at most",
    "MinProperties": lambda value, about: f"has {_properties(len(value))}, but should have {about['limit']} at least",
    "MaxProperties": lambda value, about: f"has {_properties(len(value))}, but should have {about['limit']} at most",
    "UniqueItems": lambda value, about: "has an item twice",
    "Required": lambda value, about: f"lacks '{about['property']}'",
    "FalseSchema": lambda value, about: "does not belong in this note",
}
"""What the validator calls an error -> what is said behind the property's name."""


_GENERAL = {
    "AnyOf": "fits none of the forms that the schema allows",
    "OneOfNotValid": "fits none of the forms that the schema allows",
    "OneOfMultipleValid": "fits several of the forms of which the schema allows one",
    "Not": "has a form that the schema rules out",
    "AdditionalItems": "has more items than the schema knows",
    "Contains": "does not have the items that the schema asks for",
    "UnevaluatedItems": "has more items than the schema knows",
}
"""The same for what is said of a value and of the properties as a whole."""

_MOST_WORK = 2 * 10**8
"""Subschemas asked, at the worst, of all values of a note: some seconds."""
_LONGEST = 200


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _depth_of(values: YamlValue) -> int:
    """How deep lists and maps stand in one another; a reader of properties goes 100 levels deep at most."""
    depth, level = 0, [values]
    while level:
        depth += 1
        level = [
            each
            for one in level
            for each in (one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else ())
            if isinstance(each, dict | list | tuple)
        ]
    return depth


def _misses_what_is_there(error: Any, there: set[str]) -> bool:
    """Whether a property is said to be missing that is only empty."""
    missing = type(error.kind).__name__ == "Required" and not error.instance_path
    return missing and str(error.kind.as_dict()["property"]).lower() in there


def _draft(root: Any) -> str:
    said = root.get("$schema") if isinstance(root, dict) else None
    return said if isinstance(said, str) else "https://json-schema.org/draft/2020-12/schema"


def _strings(root: Any, key: str) -> list[str]:
    found = root.get(key) if isinstance(root, dict) else None
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _are_scalars(values: Any) -> bool:
    return isinstance(values, list) and all(each is None or isinstance(each, str | int | float) for each in values)


def _as_default(value: Any) -> Any:
    """What can be written as a property: a scalar, or a list of them."""
    if isinstance(value, list):
        return tuple(value) if _are_scalars(value) else None
    return None if isinstance(value, dict) else value


def _in_words(error: Exception) -> str:
    said = _first_line(error)
    if said.endswith(_NO_REGEX):
        pattern = said.removesuffix(_NO_REGEX)
        return f"the pattern {pattern} can't be used: it is no regular expression, or looks around or back"
    return _short(said)


_NO_REGEX = ' is not a "regex"'


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
