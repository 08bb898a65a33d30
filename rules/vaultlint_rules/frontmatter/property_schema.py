"""Properties that the config's schemas ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint_rules.frontmatter._schemas import Schemas
from vaultlint_rules.frontmatter._violations import findings_of

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


class PropertySchema(NoteRule):
    """A property is missing, or is not what the config's schema for this note asks for."""

    name = "property-schema"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_plugin_notes = True

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._schemas = Schemas(self.context)

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each violation of each schema that applies, once."""
        if self._schemas:
            yield from findings_of(self, note, self._schemas.of(note))
