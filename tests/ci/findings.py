"""Findings made by hand: on a line of a note, under its first characters."""

from __future__ import annotations

from typing import Any

from vaultlint.engine.values import Report
from vaultlint.note.model import Position, Span
from vaultlint.rule.finding import Diagnostic, Finding, Severity
from vaultlint.rule.fix import Applicability, Edit, Fix

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def found(
    path: str = "Note.md",
    line: int = 1,
    message: str = "this is wrong",
    *,
    severity: Severity = WARNING,
    rule: str = "some-rule",
    kind: type[Diagnostic] = Diagnostic,
    **more: Any,
) -> Diagnostic:
    """A finding; `more` is as in `Finding`."""
    place = Finding(Span(line * 100, line * 100 + 1), message, path, **more)
    return kind(rule, severity, path, place, Position(line, 1), Position(line, 2))


def report(*diagnostics: Diagnostic, notices: tuple[str, ...] = ()) -> Report:
    """What a run over ten notes found."""
    return Report("/home/me/Vault", diagnostics, 10, notices=notices)


def fix(
    path: str = "Note.md", title: str = "link to 'Recipes'", applicability: Applicability = Applicability.SAFE
) -> Fix:
    """A fix that writes `x` over the finding of the first line."""
    return Fix(title, (Edit(path, Span(100, 101), "x"),), applicability)
