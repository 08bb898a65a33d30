"""Values that two notes share and should not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.names import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_MOST_RELATED = 5
"""How many of the others a finding names: a value left by a template may be in every note."""


class Value(Struct, frozen=True, array_like=True):
    """One value that is to be the only one of its kind."""

    key: str
    value: str
    """As YAML would tell it apart: the text `1` from the number."""
    shown: str
    span: Span
    among: str
    """What it is compared with: the number of a schema, or a folder; empty: the vault."""
    schema_asks: bool
    """Whether a schema that is for the note asks for it; otherwise it only counts against others."""


class Values(Struct, frozen=True, array_like=True):
    """Those of one note."""

    values: tuple[Value, ...]


class PropertyUnique(VaultRule):
    """A property has a value that another note has, too, where the schema says that no two may."""

    name = "property-unique"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_plugin_notes = True
    Gathered = Values

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._schemas = Schemas(self.context, lambda schema: any(one.unique for one in schema.properties.values()))
        self._over_vault = frozenset(
            name.lower()
            for validator in self._schemas.validators
            for name, wanted in validator.schema.properties.items()
            if wanted.unique == "vault"
        )

    @property
    def gathers(self) -> bool:
        """Whether any schema asks for it."""
        return bool(self._schemas)

    def gather(self, note: Note) -> Values | None:
        """The values that schemas of the note want to be the only ones, and others that those may meet."""
        if not note.properties:
            return None
        asked = {
            name.lower(): self._among(note, wanted.unique, str(number))
            for number, validator in enumerate(self._schemas.validators)
            if validator.applies(note)
            for name, wanted in validator.schema.properties.items()
            if wanted.unique
        }
        found = [
            value
            for each in note.properties
            if (lowered := each.key.lower()) in asked or lowered in self._over_vault
            for value in _values(note, each, asked.get(lowered, ""), lowered in asked)
        ]
        return Values(tuple(found)) if found and self._schemas.can_judge(note) else None

    @staticmethod
    def _among(note: Note, scope: str | None, schema: str) -> str:
        if scope == "schema":
            return f"schema {schema}"
        return f"folder {folder_of(note.path)}" if scope == "folder" else ""

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield such a value in each note that has it."""
        holders: dict[tuple[str, str, str], list[tuple[str, Value]]] = {}
        for path, told in self.gathered(index).items():
            for value in told.values:
                holders.setdefault((value.among, value.key.lower(), value.value), []).append((path, value))
        for places in holders.values():
            for path, value in places:
                others = {other: its for other, its in places if other != path}
                if others and value.schema_asks:
                    yield self._shared(path, value, others, index)

    def _shared(self, path: str, value: Value, others: dict[str, Value], index: Index) -> Finding:
        first = next(iter(others))
        whose = f"'{first}'" if len(others) == 1 else f"{len(others)} other notes"
        related = tuple(
            Related(other, "has the same value", its.span, index.facts[other].position(its.span.start))
            for other, its in list(others.items())[:_MOST_RELATED]
        )
        message = f"'{value.key}' is '{value.shown}' in {whose}, too, but should differ from note to note"
        return self.find(value.span, message, path=path, related=related)


def _values(note: Note, found: Property, among: str, schema_asks: bool) -> Iterator[Value]:
    pairs = [(item.value, item.span) for item in found.items] if found.items else [(found.value, found.value_span)]
    for value, span in pairs:
        if value not in (None, "") and isinstance(value, str | int | float) and not is_placeholder(span.of(note.text)):
            yield Value(found.key, repr(value), str(value), span, among, schema_asks)
