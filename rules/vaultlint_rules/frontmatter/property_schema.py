"""Properties that the config's schemas ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint_rules.frontmatter._places import in_template_folder, is_placeholder

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.validate import Validator
    from vaultlint.schema.violation import Violation

_ELSEWHERE = frozenset({"unreal", "unquoted"})
"""What `date-invalid` and `unquoted-property-link` say already."""


class PropertySchema(NoteRule):
    """A property is missing, or is not what the config's schema for this note asks for."""

    name = "property-schema"
    group = Group.FRONTMATTER
    severity = Severity.ERROR

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._validators: tuple[Validator, ...] = ()
        if self.context.schemas:  # which most vaults have none of
            from vaultlint.schema.validate import Validator

            self._validators = tuple(map(Validator, self.context.schemas))

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each violation of each schema that applies, once; a template is no note of its kind yet."""
        if not self._validators:
            return
        applying = [validator for validator in self._validators if validator.applies(note)]
        if not applying or note.frontmatter.error is not None or in_template_folder(note, self.context):
            return
        seen = set()
        for validator in applying:
            for violation in validator.violations(note):
                key = (violation.span, violation.message)
                if key in seen or violation.kind in _ELSEWHERE or _waits(note, violation):
                    continue
                seen.add(key)
                yield self.find(violation.span, violation.message, hint=violation.hint, fix=_fix(note, violation))


def _waits(note: Note, violation: Violation) -> bool:
    return violation.kind != "missing" and is_placeholder(violation.span.of(note.text))


def _fix(note: Note, violation: Violation) -> Fix | None:
    replacement = violation.replacement
    if replacement is None:
        return None
    return Fix(
        replacement.title,
        (Edit(note.path, replacement.span, replacement.text),),
        Applicability.SAFE if replacement.certain else Applicability.SUGGESTION,
        may_change=frozenset({Aspect.PROPERTIES}),
        reason="" if replacement.certain else "something else may be meant",
    )
