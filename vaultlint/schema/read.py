"""From the table that a person wrote (`[[schema]]` in the config or in a pack) to a `Schema`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vaultlint.schema.model import LIST_TYPES, RANGE_TYPES, TYPES, PropertyType, Schema, SchemaError, Selector
from vaultlint.schema.patterns import bounded_pattern
from vaultlint.schema.values import as_range

if TYPE_CHECKING:
    from vaultlint.note.model import Scalar

_SELECTOR_KEYS = ("match", "tag", "has", "where", "first-line", "timestamps", "any")
_SCHEMA_KEYS = (*_SELECTOR_KEYS, "require", "forbid", "properties")
_PROPERTY_KEYS = ("type", "items", "pattern", "values", "min", "max", "folder", "default")

_OTHER_NAMES = {
    "bool": "checkbox",
    "boolean": "checkbox",
    "float": "number",
    "int": "integer",
    "multitext": "list",
    "str": "text",
    "string": "text",
    "timestamp": "datetime",
    "wikilink": "link",
}
"""What other programs call these types."""


def schema_from(data: Mapping[str, Any]) -> Schema:
    """The schema that a `[[schema]]` table describes; raises `SchemaError` at the key that is wrong."""
    _known_keys(data, _SCHEMA_KEYS, "")
    properties = _table(data.get("properties", {}), "properties")
    return Schema(
        selector=_selector(data, ""),
        require=_names(data, "require", ""),
        forbid=_names(data, "forbid", ""),
        properties={name: property_from(value, f"properties.{name}") for name, value in properties.items()},
    )


def property_from(data: object, key: str) -> PropertyType:
    """What a property must be: a type's name, or a table of conditions; `key` is where it stands."""
    if isinstance(data, str):
        return PropertyType(type=_type(data, key))
    table = _table(data, key, "the name of a type, or a table")
    _known_keys(table, _PROPERTY_KEYS, key)
    kind = _type(table["type"], f"{key}.type") if "type" in table else None
    _fits_type(table, kind, key)
    return PropertyType(
        type=kind,
        items=property_from(table["items"], f"{key}.items") if "items" in table else None,
        pattern=_pattern(table["pattern"], f"{key}.pattern") if "pattern" in table else None,
        values=_scalars(table["values"], f"{key}.values") if "values" in table else (),
        min=_bound(table, "min", kind, key),
        max=_bound(table, "max", kind, key),
        folder=_folder(table["folder"], f"{key}.folder") if "folder" in table else None,
        default=_default(table["default"], f"{key}.default") if "default" in table else None,
    )


def _selector(data: Mapping[str, Any], key: str) -> Selector:
    timestamps = data.get("timestamps")
    if timestamps is not None and not isinstance(timestamps, bool):
        raise SchemaError(_join(key, "timestamps"), "must be true or false")
    first_line = data.get("first-line")
    return Selector(
        match=_names(data, "match", key),
        tag=tuple(tag.removeprefix("#") for tag in _names(data, "tag", key)),
        has=_names(data, "has", key),
        where=_where(data.get("where", {}), _join(key, "where")),
        first_line=None if first_line is None else _pattern(first_line, _join(key, "first-line")),
        timestamps=timestamps,
        any=_alternatives(data.get("any", ()), _join(key, "any")),
    )


def _alternatives(value: object, key: str) -> tuple[Selector, ...]:
    if not isinstance(value, list | tuple):
        raise SchemaError(key, "must be a list of tables, each with conditions such as 'has' or 'match'")
    found = []
    for number, entry in enumerate(value):
        place = f"{key}.{number}"
        table = _table(entry, place)
        _known_keys(table, _SELECTOR_KEYS, place)
        found.append(_selector(table, place))
    return tuple(found)


def _where(value: object, key: str) -> tuple[tuple[str, tuple[Scalar, ...]], ...]:
    return tuple((name, _scalars(values, f"{key}.{name}")) for name, values in _table(value, key).items())


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _table(value: object, key: str, wanted: str = "a table") -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SchemaError(key, f"must be {wanted}")
    return value


def _names(data: Mapping[str, Any], name: str, key: str) -> tuple[str, ...]:
    """A text, or a list of texts."""
    value = data.get(name, ())
    entries = (value,) if isinstance(value, str) else value
    listed = isinstance(entries, list | tuple)
    if not listed or not all(isinstance(entry, str) and entry for entry in entries):
        raise SchemaError(_join(key, name), "must be a text or a list of texts, none of them empty")
    return tuple(entries)


def _scalars(value: object, key: str) -> tuple[Scalar, ...]:
    """A value, or a list of values; TOML's own dates become text, as the app reads them."""
    entries = value if isinstance(value, list | tuple) else (value,)
    return tuple(_scalar(entry, key) for entry in entries)


def _scalar(value: object, key: str) -> Scalar:
    if value is None or isinstance(value, str | int | float):
        return value
    as_text: Callable[[], str] | None = getattr(value, "isoformat", None)
    if as_text is None:
        raise SchemaError(key, "must be a text, a number, true or false, or a list of these")
    return as_text()


def _default(value: object, key: str) -> Scalar | tuple[Scalar, ...]:
    return _scalars(value, key) if isinstance(value, list | tuple) else _scalar(value, key)


def _type(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise SchemaError(key, "must be the name of a type", f"types are {', '.join(sorted(TYPES))}")
    if value not in TYPES:
        near = _OTHER_NAMES.get(value.lower()) or _nearest(value, TYPES)
        hint = f"did you mean '{near}'?" if near else f"types are {', '.join(sorted(TYPES))}"
        raise SchemaError(key, f"there is no type '{value}'", hint)
    return value


def _pattern(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise SchemaError(key, "must be a text that holds a regular expression")
    try:
        bounded_pattern(value)
    except ValueError as error:
        raise SchemaError(key, str(error)) from None
    return value


def _folder(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise SchemaError(key, "must be the name of a folder")
    return value.strip("/")


def _bound(table: Mapping[str, Any], name: str, kind: str | None, key: str) -> Scalar:
    if name not in table:
        return None
    bound = _scalar(table[name], f"{key}.{name}")
    if kind is not None and as_range(bound, kind) is None:
        raise SchemaError(f"{key}.{name}", f"'{bound}' is no {kind}")
    return bound


def _fits_type(table: Mapping[str, Any], kind: str | None, key: str) -> None:
    """Refuse conditions that mean nothing for this type: they would never be held against a value."""
    for name, types in (
        ("items", LIST_TYPES),
        ("min", RANGE_TYPES),
        ("max", RANGE_TYPES),
        ("folder", frozenset({"link"})),
    ):
        if name in table and kind not in types:
            wanted = " or ".join(f"'{each}'" for each in sorted(types))
            raise SchemaError(f"{key}.{name}", f"'{name}' goes with the type {wanted} only")


def _known_keys(data: Mapping[str, Any], known: Iterable[str], key: str) -> None:
    for name in data:
        if name not in known:
            near = _nearest(name, known)
            hint = f"did you mean '{near}'?" if near else f"keys are {', '.join(known)}"
            raise SchemaError(_join(key, name), f"there is no key '{name}' here", hint)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(name.lower(), list(known), 1)
    return found[0] if found else None
