"""Properties that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint_rules.frontmatter._schemas import Schemas
from vaultlint_rules.frontmatter._violations import relation_findings

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


class PropertyRelation(NoteRule):
    """Two properties do not stand in the relation that the schema of the note asks for."""

    name = "property-relation"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_plugin_notes = True
    needs = frozenset({"properties"})

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._schemas = Schemas(self.context, lambda schema: bool(schema.relations))

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what does not hold, at the value that the relation begins with."""
        if not self._schemas:
            return
        for validator in self._schemas.of(note):
            yield from relation_findings(self, note, validator.schema)
