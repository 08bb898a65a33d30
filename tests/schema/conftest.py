"""A schema's table in, the lines of its violations out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from vaultlint.note.note import parse_note
from vaultlint.schema.model import Schema
from vaultlint.schema.read import schema_from
from vaultlint.schema.validate import Validator


@pytest.fixture
def schema() -> Callable[[str], Schema]:
    """The schema that a TOML table describes."""

    def read(toml: str) -> Schema:
        return schema_from(tomllib.loads(toml))

    return read


@pytest.fixture
def violations() -> Callable[[str, str], list[str]]:
    """`line:column kind message` for a schema's table and a note's text."""

    def run(toml: str, text: str) -> list[str]:
        note = parse_note(text, "Note.md")
        lines = []
        for violation in Validator(schema_from(tomllib.loads(toml))).violations(note):
            place = note.source.position(violation.span.start)
            lines.append(f"{place.line}:{place.column} {violation.kind} {violation.message}")
        return lines

    return run


@pytest.fixture
def applies() -> Callable[..., bool]:
    """Whether a schema's table is for a note."""

    def run(toml: str, text: str, path: str = "Note.md") -> bool:
        return Validator(schema_from(tomllib.loads(toml))).applies(parse_note(text, path))

    return run
