"""From what a contract says to what a rule finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.rule.kinds import Rule
    from vaultlint.schema.validate import Validator
    from vaultlint.schema.violation import Violation

_ELSEWHERE = frozenset({"form", "unreal", "unquoted"})
"""What `date-format`, `date-invalid` and `unquoted-property-link` say already."""


def findings_of(rule: Rule, note: Note, validators: Iterable[Validator]) -> Iterator[Finding]:
    """Each violation of each of the schemas, once."""
    seen = set()
    for validator in validators:
        for violation in validator.violations(note):
            key = (violation.span, violation.message)
            if key in seen or violation.kind in _ELSEWHERE or _waits(note, violation):
                continue
            seen.add(key)
            yield rule.find(
                violation.span, violation.message, path=note.path, hint=violation.hint, fix=fix_of(note, violation)
            )


def _waits(note: Note, violation: Violation) -> bool:
    return violation.kind != "missing" and is_placeholder(violation.span.of(note.text))


def fix_of(note: Note, violation: Violation) -> Fix | None:
    """What mends a violation, if anything does."""
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
