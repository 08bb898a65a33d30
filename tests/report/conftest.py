"""Small reports to print: findings placed by the words that they stand under."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from vaultlint.engine.values import Report
from vaultlint.note.model import Span
from vaultlint.note.source import Source
from vaultlint.rule.finding import Diagnostic, Finding, Severity

Find = Callable[..., Diagnostic]


@pytest.fixture
def find() -> Find:
    """A finding under the first occurrence of `words` in a note's text; `words` empty: at its start."""

    def find(
        text: str,
        words: str,
        message: str = "this is wrong",
        *,
        path: str = "Note.md",
        rule: str = "some-rule",
        severity: Severity = Severity.WARNING,
        **more: Any,
    ) -> Diagnostic:
        start = text.index(words)
        span = Span(start, start + len(words))
        source = Source(text)
        places = source.position(span.start), source.position(span.end)
        return Diagnostic(rule, severity, path, Finding(span, message, path, **more), *places)

    return find


@pytest.fixture
def report() -> Callable[..., Report]:
    """A report of findings over a vault of three notes."""

    def report(*diagnostics: Diagnostic, notes: int = 3, fixed: int = 0) -> Report:
        return Report("/home/me/Vault", diagnostics, notes, fixed)

    return report


@pytest.fixture
def reading() -> Callable[[Mapping[str, str]], Callable[[str], str | None]]:
    """What gives the text of notes, from a mapping."""
    return lambda notes: notes.get
