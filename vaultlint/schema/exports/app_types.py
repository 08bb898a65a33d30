"""The app's `types.json`: which editor it shows for a property. A type belongs to a name, in all of the vault."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.schema.exports.json_schema import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.schema.model import PropertyType, Schema

_IN_APP = {
    "text": "text",
    "number": "number",
    "integer": "number",
    "checkbox": "checkbox",
    "date": "date",
    "datetime": "datetime",
    "time": "text",
    "duration": "text",
    "url": "text",
    "email": "text",
    "link": "text",
    "list": "multitext",
    "tags": "tags",
    "aliases": "aliases",
    "cssclasses": "multitext",
}
"""A schema's type -> the app's (semantics 6.8)."""

_OF_JSON = {"string": "text", "number": "number", "integer": "number", "boolean": "checkbox", "array": "multitext"}
_OF_FORMATS = {"date": "date", "date-time": "datetime"}
"""Types and formats of JSON Schema -> the app's."""

_FIXED = frozenset({"tags", "aliases", "cssclasses"})
"""Properties whose type can't be changed in the app (semantics 6.13)."""


class Wanted(Struct, frozen=True):
    """The type that one property is to have in the app."""

    name: str
    type: str
    schema: str
    """Which schema says so, as people call it."""


class Disagreement(Struct, frozen=True):
    """A property for which two schemas want different types."""

    name: str
    first: Wanted
    other: Wanted


class Kept(Struct, frozen=True):
    """A property that has another type in the app, which stays."""

    name: str
    there: str
    wanted: str


class Merged(Struct, frozen=True):
    """A `types.json` with the types of schemas in it."""

    text: str
    put: tuple[Wanted, ...]
    kept: tuple[Kept, ...]


def wanted_types(schemas: Iterable[tuple[str, Schema]]) -> tuple[list[Wanted], list[Disagreement]]:
    """What the schemas, each with what people call it, want of the app; the first word about a property counts."""
    found: dict[str, Wanted] = {}
    disagreements: list[Disagreement] = []
    for title, schema in schemas:
        for wanted in _of(title, schema):
            first = found.setdefault(wanted.name.lower(), wanted)
            if first.type != wanted.type:
                disagreements.append(Disagreement(wanted.name, first, wanted))
    return list(found.values()), disagreements


def merge_types(text: str, wanted: Iterable[Wanted], *, force: bool = False) -> Merged:
    """The text of a `types.json` (empty: there is none) with the wanted types in it.

    Order, other keys, types of plug-ins, indentation and the end of the file stay. A type that differs stays too,
    unless `force`. Raises `ValueError` where the text is no such file.
    """
    data = _read(text)
    types: dict[str, Any] = data.setdefault("types", {})
    known = {name.lower(): name for name in types}
    put: list[Wanted] = []
    kept: list[Kept] = []
    for one in wanted:
        name = known.get(one.name.lower(), one.name)
        there = types.get(name)
        if there == one.type:
            continue
        if there is not None and (not force or name.lower() in _FIXED):
            kept.append(Kept(name, str(there), one.type))
            continue
        types[name] = one.type
        put.append(one)
    return Merged(_written(data, text) if put else text, tuple(put), tuple(kept))


def _of(title: str, schema: Schema) -> Iterator[Wanted]:
    types = {name: _in_app(wanted) for name, wanted in schema.properties.items() if wanted.type is not None}
    whole = whole_of(schema)
    if whole is not None:
        shapes = whole.get("properties")
        types = {name: _of_json(shape) for name, shape in shapes.items()} if isinstance(shapes, dict) else {}
    for name, kind in types.items():
        if kind and name.lower() not in _FIXED:
            yield Wanted(name, kind, title)


def _in_app(wanted: PropertyType) -> str:
    """The app has no formats: a date that is written otherwise is text to it."""
    if wanted.format is not None and not wanted.format.startswith("YYYY-MM-DD"):
        return "text"
    return _IN_APP[wanted.type or "text"]


def _of_json(shape: Any) -> str:
    """The app's type for a property of a JSON Schema; empty where it says none, or more than one."""
    if not isinstance(shape, dict):
        return ""
    kinds = {_of_json(one) for one in shape["anyOf"]} - {""} if isinstance(shape.get("anyOf"), list) else set()
    said = shape.get("type")
    for word in said if isinstance(said, list) else [said]:
        kind = _OF_JSON.get(word, "") if isinstance(word, str) else ""
        kinds |= {_OF_FORMATS.get(str(shape.get("format")), kind) if kind == "text" else kind} - {""}
    return kinds.pop() if len(kinds) == 1 else ""


def _read(text: str) -> dict[str, Any]:
    body = text.removeprefix("\ufeff")
    try:
        data = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        raise ValueError("it is no valid JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("types", {}), dict):
        raise ValueError("it holds no map of types")
    return data


def _written(data: dict[str, Any], like: str) -> str:
    """`data` as the app writes it, with indentation, line ends, mark and end of the text that was there."""
    body = like.removeprefix("\ufeff")
    indent = re.search(r"\n([ \t]+)\S", body)
    text = json.dumps(data, ensure_ascii=False, indent=indent[1] if indent else 2)
    text += "\n" if body.endswith("\n") else ""
    newline = "\r\n" if "\r\n" in body else "\n"
    return like[: len(like) - len(body)] + text.replace("\n", newline)
