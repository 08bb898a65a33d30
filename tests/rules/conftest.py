"""One rule over one note: what it finds, and what its fixes make of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vaultlint.note.note import Note, parse_note
from vaultlint.rule.context import Context
from vaultlint.rule.exempt import Exemptions, speaking
from vaultlint.rule.finding import Finding
from vaultlint.rule.fix import Applicability, Edit
from vaultlint.rule.kinds import NoteRule


def _findings(rule: type[NoteRule], note: Note, options: Any, context: dict[str, Any]) -> list[Finding]:
    known = Context(**context)
    if not speaking([made := rule(options, known)], Exemptions(known).kind_of(note)):
        return []
    findings = made.check(note)
    return sorted(findings, key=lambda finding: finding.span)


@pytest.fixture
def found() -> Callable[..., list[str]]:
    """`line:column message` of what a note rule finds in a text; keywords go to the context."""

    def run(
        rule: type[NoteRule], text: str, path: str = "Note.md", *, options: Any = None, **context: Any
    ) -> list[str]:
        note = parse_note(text, path)
        lines = []
        for finding in _findings(rule, note, options, context):
            place = note.source.position(finding.span.start)
            lines.append(f"{place.line}:{place.column} {finding.message}")
        return lines

    return run


@pytest.fixture
def fixed() -> Callable[..., str]:
    """The text after the fixes of one rule that may be trusted as far as `at_least`."""

    def run(
        rule: type[NoteRule],
        text: str,
        path: str = "Note.md",
        *,
        at_least: Applicability = Applicability.SAFE,
        options: Any = None,
        **context: Any,
    ) -> str:
        edits: list[Edit] = []
        for finding in _findings(rule, parse_note(text, path), options, context):
            fix = finding.fix() if callable(finding.fix) else finding.fix
            if fix is not None and fix.applicability >= at_least:
                edits += [change for change in fix.changes if isinstance(change, Edit)]
        for edit in sorted(set(edits), reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        return text

    return run
