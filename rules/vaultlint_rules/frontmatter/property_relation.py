"""Properties that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.relate import Broken


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
        from vaultlint.schema.relate import broken

        for validator in self._schemas.of(note):
            for relation in validator.schema.relations:
                for wrong in broken(relation, validator.schema, note):
                    yield self._told(note, wrong, relation.text)

    def _told(self, note: Note, wrong: Broken, text: str) -> Finding:
        from vaultlint.schema.places import first_line_span

        if wrong.at is None:
            span = first_line_span(note)
        else:
            span = wrong.at.key_span if wrong.by_key or not len(wrong.at.value_span) else wrong.at.value_span
        other = wrong.other
        related = () if other is None else (Related(note.path, f"'{other.key}' is here", other.value_span),)
        return self.find(span, wrong.message, hint=f"the schema asks for: {text}", related=related)
