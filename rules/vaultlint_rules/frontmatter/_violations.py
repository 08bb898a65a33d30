"""From what a contract says to what a rule finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.rule.finding import Related
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.rule.kinds import Rule
    from vaultlint.schema.model import Schema
    from vaultlint.schema.validate import Validator
    from vaultlint.schema.violation import Violation

_ELSEWHERE = {"form": "date-format", "unreal": "date-invalid", "unquoted": "unquoted-property-link"}
"""Kind of violation -> the rule that says it already, where it runs."""


def findings_of(rule: Rule, note: Note, validators: Iterable[Validator]) -> Iterator[Finding]:
    """Each violation of each of the schemas, once."""
    seen = set()
    for validator in validators:
        for violation in validator.violations(note):
            key = (violation.span, violation.message)
            elsewhere = _ELSEWHERE.get(violation.kind) in rule.context.rules
            if key in seen or elsewhere or _waits(note, violation):
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


def relation_findings(rule: Rule, note: Note, schema: Schema) -> Iterator[Finding]:
    """What of a schema's relations does not hold, each at the value that it begins with."""
    from vaultlint.schema.places import first_line_span
    from vaultlint.schema.relate import broken

    for relation in schema.relations:
        for wrong in broken(relation, schema, note):
            if wrong.at is None:
                span = first_line_span(note)
            else:
                span = wrong.at.key_span if wrong.by_key or not len(wrong.at.value_span) else wrong.at.value_span
            other = wrong.other
            related = () if other is None else (Related(note.path, f"'{other.key}' is here", other.value_span),)
            hint = f"the schema asks for: {relation.text}"
            yield rule.find(span, wrong.message, path=note.path, hint=hint, related=related)
