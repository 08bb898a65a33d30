"""The schemas of packs and config files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.config.layers import Layer
    from vaultlint.schema.model import Schema


def schemas_of(layers: Iterable[Layer]) -> Iterator[Schema]:
    """All schemas in order, those of packs first; raises `ConfigError` with the place of what is wrong."""
    for layer in layers:
        for place, table in enumerate(layer.schemas):
            from vaultlint.schema.model import SchemaError
            from vaultlint.schema.read import schema_from

            try:
                yield schema_from(table)
            except SchemaError as error:
                message = f"schema: {error}" + (f"; {error.hint}" if error.hint else "")
                parts = (int(part) if part.isdecimal() else part for part in error.key.split("."))
                raise layer.error(message, ("schema", place, *parts)) from None
