"""What one property must be, as JSON Schema. An empty value (null) passes each of these, as it does in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.schema.model import LIST_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.schema.model import PropertyType

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_DAY = r"\d{4}-\d{2}-\d{2}"

_SHAPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "checkbox": {"type": "boolean"},
    "date": {"type": "string", "pattern": rf"^\s*{_DAY}\s*$"},
    "datetime": {
        "type": "string",
        "pattern": rf"^\s*{_DAY}(?:[Tt]| +){_TIME}(?:[.,]\d{{1,9}})?(?: ?(?:[Zz]|[+-]\d{{2}}(?::?\d{{2}})?))?\s*$",
    },
    "time": {"type": "string", "pattern": rf"^\s*{_TIME}\s*$"},
    "duration": {
        "anyOf": [
            {"type": "number", "minimum": 0, "exclusiveMaximum": 1_000_000_000},
            {"type": "string", "pattern": r"^\s*(?:\d|P)"},
        ]
    },
    "url": {"type": "string", "pattern": r"^\s*[A-Za-z][A-Za-z0-9+.-]*:"},
    "email": {"type": "string", "pattern": r"^\s*[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+\s*$"},
    "link": {"type": "string", "pattern": r"^\s*(?:\[\[[^\[\]\n]+\]\]|\[[^\]\n]*\]\([^()\s]+\))\s*$"},
    "list": {"type": "array"},
    "tags": {"type": ["string", "array"]},
    "aliases": {"type": ["string", "array"]},
    "cssclasses": {"type": ["string", "array"]},
}

_LOOSE = {
    "date": "that the calendar has the day",
    "datetime": "that calendar and clock have it",
    "time": "that the clock has it",
    "duration": "HH:MM:SS, MM:SS, PT1H2M3S or a number of seconds",
    "url": "a web address",
}
"""What a pattern does not say."""


def value_to_json(wanted: PropertyType) -> dict[str, Any]:
    """The JSON Schema of a property's value."""
    shape = {"type": "string"} if wanted.format is not None else _SHAPES.get(wanted.type or "", {})
    found = {**shape, **(_any(wanted) if wanted.type is None else _conditions(wanted))}
    if wanted.type in LIST_TYPES:
        found |= _list(wanted)
    remarks = "; ".join(_remarks(wanted))
    nullable = _or_null(found) if wanted.type is not None else found
    nullable |= {"$comment": remarks} if remarks else {}
    if wanted.default is not None:
        nullable["default"] = list(wanted.default) if isinstance(wanted.default, tuple) else wanted.default
    return nullable


def _conditions(wanted: PropertyType) -> dict[str, Any]:
    """What is asked of a value that is no list."""
    found: dict[str, Any] = {}
    if wanted.type in LIST_TYPES:
        return found
    if wanted.values:
        found["enum"] = list(wanted.values)
    if wanted.pattern is not None:
        found["pattern"] = wanted.pattern
    if wanted.type in ("number", "integer"):
        found |= {} if wanted.min is None else {"minimum": wanted.min}
        found |= {} if wanted.max is None else {"maximum": wanted.max}
    found |= {} if wanted.min_length is None else {"minLength": wanted.min_length}
    found |= {} if wanted.max_length is None else {"maxLength": wanted.max_length}
    return found


def _any(wanted: PropertyType) -> dict[str, Any]:
    """What is asked where there is no type: of a value, or of each item if it is a list."""
    one = _of_item(wanted)
    return {**one, "items": one} if one else {}


def _of_item(wanted: PropertyType) -> dict[str, Any]:
    """What a schema of lists asks of an item itself; of lists and maps in lists, it asks nothing."""
    found: dict[str, Any] = {} if wanted.pattern is None else {"pattern": wanted.pattern}
    if wanted.values:
        found["anyOf"] = [{"enum": [*wanted.values, None]}, {"type": ["array", "object"]}]
    return found


def _list(wanted: PropertyType) -> dict[str, Any]:
    found: dict[str, Any] = {} if wanted.min_length is None else {"minItems": wanted.min_length}
    found |= {} if wanted.max_length is None else {"maxItems": wanted.max_length}
    own = _of_item(wanted)
    parts = [value_to_json(wanted.items)] if wanted.items is not None else []
    parts += [own] if own else []
    if parts:
        found["items"] = parts[0] if len(parts) == 1 else {"allOf": parts}
    return found


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    """The same, and null as well; patterns, bounds and lengths ask nothing of null anyway."""
    found = dict(shape)
    if "type" in found:
        kinds = found["type"] if isinstance(found["type"], list) else [found["type"]]
        found["type"] = [*kinds, "null"]
    if "anyOf" in found:
        found["anyOf"] = [*found["anyOf"], {"type": "null"}]
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found


def _remarks(wanted: PropertyType) -> Iterator[str]:
    if wanted.format is not None:
        yield f"a {wanted.type} written as {wanted.format}"
    elif wanted.type in _LOOSE:
        yield _LOOSE[wanted.type]
    if wanted.type not in ("number", "integer"):
        for word, bound in (("from", wanted.min), ("to", wanted.max)):
            if bound is not None:
                yield f"{word} {bound}"
    if wanted.type in LIST_TYPES - {"list"} and (wanted.values or wanted.pattern):
        yield "one text is a list of one"
    if wanted.folder is not None:
        yield f"links into the folder {wanted.folder}"
    if wanted.schema is not None:
        yield f"links to a note of the schema {wanted.schema}"
    if wanted.unique is not None:
        yield f"no two notes of the {wanted.unique} have the same value"
