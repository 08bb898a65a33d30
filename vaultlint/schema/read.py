"""From the table that a person wrote (`[[schema]]` in the config or in a pack) to a `Schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from vaultlint.schema.model import PropertyType, Schema, SchemaError, Selector
from vaultlint.schema.relations import read_relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.schema.model import JsonSchema, ModelFile
    from vaultlint.schema.tables import PropertyTable, SelectorTable


class Files(Protocol):
    """The files of a vault that a schema may name. Both raise `ValueError` in a config owner's words."""

    def json_schema(self, name: str) -> JsonSchema:
        """Effect: reads a JSON Schema and what it refers to."""

    def model(self, name: str) -> ModelFile:
        """Find a pydantic model, named `schemas.py:Paper`."""


class NoFiles:
    """Where no vault is at hand, as in a pack."""

    def json_schema(self, name: str) -> JsonSchema:
        """None is to be had."""
        raise ValueError(f"'{name}' can't be read: only a vault's own config can name files")

    def model(self, name: str) -> ModelFile:
        """None is to be had."""
        raise ValueError(f"'{name}' can't be read: only a vault's own config can name files")


def schema_from(data: Mapping[str, Any], files: Files | None = None) -> Schema:
    """The schema that a `[[schema]]` table describes; raises `SchemaError` at the key that is wrong."""
    from vaultlint.schema.tables import read_table

    table = read_table(data)
    files = files or NoFiles()
    return Schema(
        name=table.name,
        selector=_selector(table),
        require=table.require,
        forbid=table.forbid,
        properties={name: _property(found) for name, found in table.properties.items()},
        unknown=table.unknown,
        relations=tuple(map(read_relation, table.relations)),
        json_schema=_named("json-schema", files.json_schema, table.json_schema),
        model=_named("model", files.model, table.model),
    )


def _named(key: str, find: Any, name: str | None) -> Any:
    try:
        return None if name is None else find(name)
    except ValueError as error:
        raise SchemaError((key,), str(error)) from None


def _selector(table: SelectorTable) -> Selector:
    return Selector(
        match=table.match,
        tag=tuple(tag.removeprefix("#") for tag in table.tag),
        has=table.has,
        where=tuple(table.where.items()),
        first_line=table.first_line,
        timestamps=table.timestamps,
        linked_from=tuple(_link(name) for name in table.linked_from),
        any=tuple(map(_selector, table.any)),
    )


def _link(name: str) -> tuple[str, str]:
    schema, _, key = name.partition(".")
    return schema, key


def _property(table: PropertyTable) -> PropertyType:
    return PropertyType(
        type=table.type,
        items=None if table.items is None else _property(table.items),
        pattern=table.pattern,
        values=table.values,
        min=table.min,
        max=table.max,
        min_length=table.min_length,
        max_length=table.max_length,
        format=table.format,
        folder=None if table.folder is None else table.folder.strip("/"),
        schema=table.schema_,
        unique=table.unique,
        default=table.default,
    )
