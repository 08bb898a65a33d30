"""The schemas of packs and config files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vaultlint.config.layers import Layer
    from vaultlint.schema.model import PropertyType, Schema, Selector


def schemas_of(layers: Iterable[Layer], root: Path) -> tuple[Schema, ...]:
    """Effect: reads the files that they name. All schemas in order, those of packs first.

    Raises `ConfigError` with the place of what is wrong. Python of the vault at `root` is run where a schema is a
    model; whether it may be is decided before.
    """
    found: list[Schema] = []
    keys: list[tuple[Layer, int]] = []
    for layer in layers:
        for place, table in enumerate(layer.schemas):
            from vaultlint.config.schema_files import VaultFiles
            from vaultlint.schema.model import SchemaError
            from vaultlint.schema.read import schema_from

            try:
                found.append(schema_from(table, VaultFiles(root) if layer.is_of_vault else None))
            except SchemaError as error:
                message = f"schema: {error}" + (f"; {error.hint}" if error.hint else "")
                raise layer.error(message, ("schema", place, *error.path)) from None
            keys.append((layer, place))
    if found:
        _check_names(found, keys)
    return tuple(found)


def _check_names(schemas: list[Schema], keys: list[tuple[Layer, int]]) -> None:
    """What one schema says of another must be said of one that is there."""
    from vaultlint.rule.errors import did_you_mean

    names = [schema.name for schema in schemas if schema.name]
    seen: set[str] = set()
    for schema, (layer, place) in zip(schemas, keys, strict=True):
        if schema.name and schema.name in seen:
            raise layer.error(f"schema: there are two schemas named '{schema.name}'", ("schema", place, "name"))
        seen.add(schema.name)
        for name, wanted in (link for each in _selectors(schema.selector) for link in each.linked_from):
            other = next((one for one in schemas if one.name == name), None)
            if other is not None and other.properties and wanted.lower() not in map(str.lower, other.properties):
                near = did_you_mean(wanted, other.properties)
                message = f"schema: the schema '{name}' has no property '{wanted}'{near}"
                raise layer.error(message, ("schema", place, "linked-from"))
        for key, name in _named_by(schema):
            if name not in names:
                near = did_you_mean(name, names) or "; a schema gets one by its key 'name'"
                raise layer.error(f"schema: there is no schema named '{name}'{near}", ("schema", place, key))


def _named_by(schema: Schema) -> Iterator[tuple[str, str]]:
    """The other schemas that a schema names, each with the key where it does."""
    for selector in _selectors(schema.selector):
        yield from (("linked-from", name) for name, _ in selector.linked_from)
    for wanted in _wanted(schema.properties.values()):
        if wanted.schema is not None:
            yield "properties", wanted.schema


def _selectors(selector: Selector) -> Iterator[Selector]:
    yield selector
    for other in selector.any:
        yield from _selectors(other)


def _wanted(properties: Iterable[PropertyType]) -> Iterator[PropertyType]:
    for wanted in properties:
        yield wanted
        if wanted.items is not None:
            yield from _wanted((wanted.items,))
