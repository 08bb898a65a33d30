"""Values that two notes share and should not."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.schema.values import shown
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
    """One value of a property that some schema wants to be the only one of its kind."""

    key: str
    value: str
    """As YAML would tell it apart: the text `1` from the number."""
    shown: str
    span: Span
    among: tuple[str, ...]
    """Where it counts: the vault (empty), its folder, each schema that is for the note."""
    asked: tuple[str, ...]
    """Where a schema of the note asks that no other has it."""


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
        self._scopes = [
            {name.lower(): wanted.unique for name, wanted in validator.schema.properties.items() if wanted.unique}
            for validator in self._schemas.validators
        ]

    @property
    def gathers(self) -> bool:
        """Whether any schema asks for it."""
        return bool(self._schemas)

    def gather(self, note: Note) -> Values | None:
        """The values of the properties that any schema asks this of."""
        if not note.properties or not self._schemas.can_judge(note):
            return None
        folder = f"folder {folder_of(note.path)}"
        places = [place for place, validator in enumerate(self._schemas.validators) if validator.applies(note)]
        among = ("", folder, *(f"schema {place}" for place in places))
        found: list[Value] = []
        for each in note.properties:
            name = each.key.lower()
            if any(name in scopes for scopes in self._scopes):
                scopes = {"vault": "", "folder": folder}
                own = ((place, self._scopes[place].get(name)) for place in places)
                asked = dict.fromkeys(scopes.get(scope, f"schema {place}") for place, scope in own if scope)
                found += _values(note, each, among, tuple(asked))
        return Values(tuple(found)) if found else None

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield such a value in each note that has it."""
        holders: dict[tuple[str, str, str], dict[str, Value]] = {}
        told = self.gathered(index)
        for path, of in told.items():
            for value in of.values:
                for scope in value.among:
                    holders.setdefault((scope, value.key.lower(), value.value), {}).setdefault(path, value)
        for path, of in told.items():
            for value in of.values:
                for scope in value.asked:
                    its = holders[scope, value.key.lower(), value.value]
                    if len(its) > 1:
                        yield self._shared(path, value, its, index)
                        break

    def _shared(self, path: str, value: Value, holders: dict[str, Value], index: Index) -> Finding:
        others = list(islice((other for other in holders if other != path), _MOST_RELATED))
        whose = f"'{others[0]}'" if len(holders) == 2 else f"{len(holders) - 1} other notes"
        related = tuple(
            Related(other, "has the same value", span, index.facts[other].position(span.start))
            for other, span in ((other, holders[other].span) for other in others)
        )
        message = f"'{value.key}' is {value.shown} in {whose}, too, but should differ from note to note"
        return self.find(value.span, message, path=path, related=related)


def _values(note: Note, found: Property, among: tuple[str, ...], asked: tuple[str, ...]) -> Iterator[Value]:
    pairs = [(item.value, item.span) for item in found.items] if found.items else [(found.value, found.value_span)]
    for value, span in pairs:
        if value not in (None, "") and isinstance(value, str | int | float) and not is_placeholder(span.of(note.text)):
            yield Value(found.key, repr(value), shown(value), span, among, asked)
