"""What a contract is, however it is written: a table of the config, a JSON Schema, a pydantic model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.schema.model import Schema
    from vaultlint.schema.violation import Violation


class Contract(Protocol):
    """What is asked of a note's properties, compiled once and used for every note."""

    @property
    def names(self) -> tuple[str, ...]:
        """The properties that it names, in the order that a note should have them."""

    def violations(self, note: Note) -> Iterator[Violation]:
        """Where the note falls short of it; a note whose frontmatter can't be read has no properties."""


def contract_of(schema: Schema) -> Contract:
    """The contract of a schema. Effect: runs the vault's own Python where the schema is a model, once a process."""
    if schema.json_schema is not None:
        from vaultlint.schema.json_schema import JsonSchemaContract

        return JsonSchemaContract(schema.json_schema)
    if schema.model is not None:
        from vaultlint.schema.local_model import load_model
        from vaultlint.schema.pydantic_model import ModelContract

        return ModelContract(load_model(schema.model))
    from vaultlint.schema.table import TableContract

    return TableContract(schema)
