"""Properties that no schema of the note knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.model import DEFAULT_NAMES
from vaultlint.vault.suppressions import PROPERTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


class UnknownProperty(NoteRule):
    """A property that none of the note's schemas names, where one of them allows no others."""

    name = "unknown-property"
    group = Group.FRONTMATTER
    severity = Severity.WARNING
    in_plugin_notes = True
    needs = frozenset({"properties"})

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        asked = any(schema.unknown != "allow" for schema in self.context.schemas)
        self._schemas = Schemas(self.context, lambda _: asked)

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such property; schemas that apply together know what any of them knows."""
        applying = self._schemas.of(note) if self._schemas else []
        words = {validator.schema.unknown for validator in applying} - {"allow"}
        if not words:
            return
        linked = [one for one in self._schemas.validators if one.by_links(note)]  # it may be of these, too
        known = {name.lower(): name for validator in (*applying, *linked) for name in validator.names}
        known.update((name, name) for name in DEFAULT_NAMES)
        forbidden = {name.lower() for validator in applying for name in validator.schema.forbid}
        for found in note.properties:
            key = found.key.lower()
            if key not in known and key not in forbidden and key != PROPERTY:  # forbidden: see `property-schema`
                yield self._unknown(note, found, known, Severity.ERROR if "deny" in words else None)

    def _unknown(self, note: Note, found: Property, known: Mapping[str, str], severity: Severity | None) -> Finding:
        near = _nearest(note, found.key, known)
        return self.find(
            found.key_span,
            f"'{found.key}' is no property that the schema of this note knows",
            hint=f"did you mean '{near}'?" if near else f"it knows {_listed(list(known.values()))}",
            fix=_rename(note, found, near) if near else None,
            severity=severity,
        )


def _nearest(note: Note, key: str, known: Mapping[str, str]) -> str | None:
    """The known property that is spelt most like `key` and that the note does not have."""
    from difflib import get_close_matches

    there = {found.key.lower() for found in note.properties}
    near = get_close_matches(key.lower(), [name for name in known if name not in there], 1, 0.75)
    return known[near[0]] if near else None


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:8])
    return f"{shown}, …" if len(names) > 8 else shown


def _rename(note: Note, found: Property, name: str) -> Fix | None:
    from vaultlint.schema.yaml_text import yaml_scalar

    return Fix(
        f"rename it to '{name}'",
        (Edit(note.path, found.key_span, yaml_scalar(name)),),
        Applicability.SUGGESTION,
        may_change=frozenset({Aspect.PROPERTIES}),
        reason="another property may be meant",
    )
