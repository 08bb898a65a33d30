"""Schemas as JSON Schema, draft 2020-12, for the properties of a note as data.

Of one schema, the document is that; of several, each stands in `$defs`. What JSON Schema has no word for is said in
`$comment`: which notes a schema is for, scopes of uniqueness, folders, relations between two properties.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vaultlint.schema.exports.json_relations import relation_to_json
from vaultlint.schema.exports.json_values import value_to_json
from vaultlint.schema.model import DEFAULT_NAMES
from vaultlint.schema.title import chosen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.schema.model import JsonSchema, Schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def to_json_schema(schemas: Iterable[tuple[str, Schema]]) -> dict[str, Any]:
    """The document for schemas, each with what people call it. Effect: runs the vault's Python where one is a model."""
    parts = {title: _schema(title, schema) for title, schema in schemas}
    if len(parts) == 1:
        return {"$schema": DRAFT, **next(iter(parts.values()))}
    return {
        "$schema": DRAFT,
        "$comment": "One schema for each kind of note: point a validator at the one that you mean",
        "$defs": parts,
    }


def _schema(title: str, schema: Schema) -> dict[str, Any]:
    head = {"title": title, "$comment": "; ".join(_remarks(schema))}
    whole = whole_of(schema)
    return head | (_table(schema) if whole is None else whole)


def whole_of(schema: Schema) -> dict[str, Any] | None:
    """The JSON Schema that a schema is, or that its model makes; `None` where it is a table of the config.

    It has an `$id`, so that what it refers to is found wherever it stands. Effect: runs the vault's Python for a model.
    """
    from vaultlint.schema.uri import uri_of

    if schema.json_schema is not None:
        return _whole(schema.json_schema)
    if schema.model is None:
        return None
    from vaultlint.schema.local_model import load_model

    made: dict[str, Any] = load_model(schema.model).model_json_schema(mode="validation")
    return {"$id": uri_of(schema.model.shown), **made}


def _whole(given: JsonSchema) -> dict[str, Any]:
    """A JSON Schema as it is, with all that it refers to inside it."""
    from vaultlint.schema.uri import uri_of

    whole = json.loads(given.text)
    if not isinstance(whole, dict):
        return {"allOf": [whole]}
    found: dict[str, Any] = whole
    inside = {path: {**json.loads(text), "$id": uri_of(path)} for path, text in given.others.items()}
    if inside:
        found = {**found, "$defs": {**found.get("$defs", {}), **inside}}
    return {"$id": uri_of(given.file)} | {key: one for key, one in found.items() if key != "$schema"}


def _table(schema: Schema) -> dict[str, Any]:
    properties: dict[str, Any] = {name: value_to_json(wanted) for name, wanted in schema.properties.items()}
    properties |= dict.fromkeys(schema.forbid, False)
    found: dict[str, Any] = {"type": "object", "properties": properties}
    if schema.require:
        found["required"] = list(schema.require)
    if schema.unknown == "deny":
        properties |= dict.fromkeys(sorted({*DEFAULT_NAMES, *schema.require} - set(properties)), True)
        found["additionalProperties"] = False
    conditions = [made for relation in schema.relations if (made := relation_to_json(relation, schema)) is not None]
    if conditions:
        found["allOf"] = conditions
    return found


def _remarks(schema: Schema) -> Iterator[str]:
    yield f"for {chosen_by(schema.selector)}"
    if schema.properties or schema.require or schema.forbid:
        yield "in a note, case does not tell names of properties apart"
    if schema.unknown == "warn":
        yield "other properties are told of"
    for relation in schema.relations:
        if relation_to_json(relation, schema) is None:
            yield f"relation: {relation.text}"
