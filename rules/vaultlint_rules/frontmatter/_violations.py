"""From what a contract says to what a rule finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs
from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.rule.finding import Related
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.schema.yaml_text import inserted_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.note.model import Span
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
    told: dict[tuple[Span, str], Violation] = {}
    for validator in validators:
        for violation in validator.violations(note):
            elsewhere = _ELSEWHERE.get(violation.kind) in rule.context.rules
            if not elsewhere and not _waits(note, violation):
                told.setdefault((violation.span, violation.message), violation)
    for violation in _filled_together(note, list(told.values())):
        yield rule.find(
            violation.span, violation.message, path=note.path, hint=violation.hint, fix=fix_of(note, violation)
        )


def _filled_together(note: Note, violations: list[Violation]) -> list[Violation]:
    """Those of properties that are missing at one place get one fix in common: one by one, they would be in each
    other's way, and a fix has only so many rounds."""
    lines: dict[Span, dict[str, str]] = {}
    for violation in violations:
        replacement = violation.replacement
        if violation.kind == "missing" and replacement is not None and replacement.certain:
            lines.setdefault(replacement.span, {}).setdefault(violation.key.lower(), replacement.text)
    if not any(len(each) > 1 for each in lines.values()):
        return violations
    texts = {span: inserted_together(note, span, each) for span, each in lines.items() if len(each) > 1}
    return [_filled(violation, texts, lines) for violation in violations]


def _filled(violation: Violation, texts: dict[Span, str | None], lines: dict[Span, dict[str, str]]) -> Violation:
    replacement = violation.replacement
    if violation.kind != "missing" or replacement is None or not replacement.certain:
        return violation
    text = texts.get(replacement.span)
    if text is None:
        return violation
    title = f"{replacement.title} and {len(lines[replacement.span]) - 1} more"
    return structs.replace(violation, replacement=structs.replace(replacement, text=text, title=title))


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
