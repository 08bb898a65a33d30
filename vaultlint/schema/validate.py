"""Holds notes against schemas. A `Validator` is compiled once and used for every note."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.schema.contract import contract_of
from vaultlint.schema.select import Chooser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.schema.contract import Contract
    from vaultlint.schema.model import Schema
    from vaultlint.schema.violation import Violation


class Validator:
    """One schema, compiled: which notes it is for, and what they must be."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._chooser = Chooser(schema.selector)

    @cached_property
    def _contract(self) -> Contract:
        """Compiled once somebody asks: rules that only want to know which notes a schema is for never do."""
        return contract_of(self.schema)

    @property
    def names(self) -> tuple[str, ...]:
        """The properties that the schema names, in its order."""
        return self._contract.names

    def applies(self, note: Note) -> bool:
        """Whether the schema is for this note, by what stands in the note; links to it are not looked at."""
        return self._chooser.chooses(note)

    def by_links(self, note: Note) -> frozenset[tuple[str, str]]:
        """The links to the note that would make it one of the schema's: see `Chooser`."""
        return self._chooser.by_links(note)

    def violations(self, note: Note) -> Iterator[Violation]:
        """All violations. Does not ask `applies`."""
        return self._contract.violations(note)
