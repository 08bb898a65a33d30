"""Holds notes against schemas. A `Validator` is compiled once and used for every note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.schema.contract import contract_of
from vaultlint.schema.select import Chooser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.schema.model import Schema
    from vaultlint.schema.violation import Violation


class Validator:
    """One schema, compiled: which notes it is for, and what they must be."""

    __slots__ = ("_chooser", "_contract", "schema")

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._chooser = Chooser(schema.selector)
        self._contract = contract_of(schema)

    @property
    def names(self) -> tuple[str, ...]:
        """The properties that the schema names, in its order."""
        return self._contract.names

    def applies(self, note: Note) -> bool:
        """Whether the schema is for this note, by what stands in the note; links to it are not looked at."""
        return self._chooser.chooses(note)

    def violations(self, note: Note) -> Iterator[Violation]:
        """All violations. Does not ask `applies`."""
        return self._contract.violations(note)
