"""The JSON Schema of a config is in the package; it takes what our own reader takes, and refuses what that refuses."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import vaultlint
from vaultlint.config.json_schema import config_json_schema
from vaultlint.config.settings import Settings
from vaultlint.rule.errors import UserError
from vaultlint.rule.registry import RuleSet, installed_rules
from vaultlint.testing import rule_examples

Load = Callable[..., Settings]

PROJECT = Path(__file__).parents[2]
PACKAGED = Path(vaultlint.__file__).parent / "vaultlint.schema.json"
PACKAGE = "obsidian-vaultlint"


def ours() -> RuleSet:
    """Our own rules and packs, whatever else is installed."""
    there = installed_rules()
    sources = [there.source(name) for name in there.explainable if there.source(name).package == PACKAGE]
    return RuleSet(sources, [pack for pack in there.packs.values() if pack.package == PACKAGE], there.old_names)


@pytest.fixture(scope="module")
def wrong_in() -> Callable[[str], list[str]]:
    """What the JSON Schema finds wrong in a config's text."""
    validator = jsonschema_rs.validator_for(json.loads(PACKAGED.read_text(encoding="utf-8")))

    def find(text: str) -> list[str]:
        return [str(error.message) for error in validator.iter_errors(as_json(tomllib.loads(text)))]

    return find


def as_json(value: Any) -> Any:
    """What an editor makes of TOML: its dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def configs() -> Iterator[Any]:
    """Every config that the project shows to anybody."""
    for file in sorted(PROJECT.rglob("vaultlint.toml")):
        if ".venv" not in file.parts:
            yield pytest.param(file.read_text(encoding="utf-8"), id=file.relative_to(PROJECT).as_posix())
    for number, text in enumerate(re.findall(r"```toml\n(.*?)```", (PROJECT / "README.md").read_text("utf-8"), re.S)):
        if "[journal]" not in text:  # that is of user.toml
            yield pytest.param(text, id=f"README {number}")
    for example in rule_examples(package=PACKAGE):
        if "vaultlint.toml" in example.files:
            yield pytest.param(example.files["vaultlint.toml"], id=str(example))


def test_the_packaged_file_is_current() -> None:
    """`vaultlint config --json-schema > vaultlint/vaultlint.schema.json` brings it up to date."""
    assert config_json_schema(ours()) == json.loads(PACKAGED.read_text(encoding="utf-8"))


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    schema = json.loads(PACKAGED.read_text(encoding="utf-8"))

    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    jsonschema_rs.Draft202012Validator(schema)
    assert jsonschema_rs.meta.is_valid(schema)


@pytest.mark.parametrize("text", list(configs()))
def test_every_config_of_the_project_is_taken(text: str, wrong_in: Callable[[str], list[str]]) -> None:
    assert [] == wrong_in(text)


WRONG = [
    "exlude = []",
    "exclude = 'Templates'",
    "exclude = [1]",
    "packs = ['recomended']",
    "extend = 1",
    "fail-on = 'errors'",
    "max-note-size = 0",
    "max-note-size = '20 XB'",
    "max-note-size = true",
    "rules = []",
    "[rules]\nunresolved-lnk = 'on'",
    "[rules]\nunresolved-link = 'eror'",
    "[rules]\nunresolved-link = 1",
    "[rules]\nunresolved-link = { severity = 'warning', scop = 'note' }",
    "[rules]\ntimestamp-order = { scope = 'chapter' }",
    "[rules]\ndate-order = { pairs = [['created']] }",
    "[rules]\ndate-order = { skew = 'much' }",
    "[rules]\nnote-too-large = { size = 1 }",
    "[[override]]\nmatch = 'x/**'",
    "[[override]]\nrules = { unresolved-link = 'off' }",
    "[[override]]\nmatch = 'x/**'\nrules = { unresolved-link = { severity = 'off' } }",
    "[[override]]\nmatch = 'x/**'\nrules = { unresolved-lnk = 'off' }",
    "[schema]\nmatch = 'x/**'",
    "[[schema]]\nmach = 'x/**'",
    "[[schema]]\nmatch = ''",
    "[[schema]]\nmatch = 1",
    "[[schema]]\ntimestamps = 'yes'",
    "[[schema]]\nunknown = 'ignore'",
    "[[schema]]\nlinked-from = 'talk'",
    "[[schema]]\nwhere = 'type'",
    "[[schema]]\nany = { tag = 'x' }",
    "[[schema]]\nany = [{ require = ['x'] }]",
    "[[schema]]\nmodel = 'schemas.py:Paper'\nrequire = ['x']",
    "[[schema]]\njson-schema = 'x.json'\nunknown = 'deny'",
    "[[schema]]\nproperties = { year = 'int' }",
    "[[schema]]\nproperties = { year = 5 }",
    "[[schema]]\nproperties = { year = { typ = 'integer' } }",
    "[[schema]]\nproperties = { year = { min = 5 } }",
    "[[schema]]\nproperties = { year = { type = 'text', min = 5 } }",
    "[[schema]]\nproperties = { year = { type = 'text', folder = 'x' } }",
    "[[schema]]\nproperties = { year = { type = 'text', items = 'text' } }",
    "[[schema]]\nproperties = { year = { type = 'text', min-length = -1 } }",
    "[[schema]]\nproperties = { year = { unique = 'everywhere' } }",
    "[[schema]]\nproperties = { year = { type = 'list', items = 'words' } }",
    "[[schema]]\nproperties = { year = { values = { a = 1 } } }",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_our_reader_refuses_the_schema_refuses(
    text: str, wrong_in: Callable[[str], list[str]], load: Load
) -> None:
    with pytest.raises(UserError):
        load(text)
    assert wrong_in(text)


RIGHT = [
    "",
    "max-note-size = 5000",
    "max-note-size = '20 MB'",
    "packs = []",
    "[rules]\nvideo-id = 'on'",
    "[rules]\nvideo-id = { property = 'id' }",
    "[rules]\nnote-too-large = 'off'",
    "[rules]\nnote-too-large = { severity = 'info' }",
    "[[override]]\nmatch = 'x/**'\nrules = {}",
    "[[schema]]",
    "[[schema]]\nwhere = { type = ['a', 1, true], day = 2024-01-01 }\nany = [{ any = [{ tag = 'x' }] }]",
    "[[schema]]\nproperties = { a = {}, b = { type = 'date', min = 2024-01-01 }, c = { default = [1, 'x'] } }",
    "[[schema]]\nproperties = { a = { type = 'list', items = { type = 'link', folder = 'x' }, min-length = 1 } }",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_our_reader_takes_the_schema_takes(text: str, wrong_in: Callable[[str], list[str]], load: Load) -> None:
    load(text)
    assert [] == wrong_in(text)


def test_options_are_told_with_their_meaning() -> None:
    """An editor shows what the rule's own declaration says."""
    rules = json.loads(PACKAGED.read_text(encoding="utf-8"))["properties"]["rules"]["properties"]
    _, table = rules["timestamp-order"]["anyOf"]

    assert rules["timestamp-order"]["description"].startswith("Timestamps that run backwards: ")
    assert ["section", "list", "note"] == table["properties"]["scope"]["enum"]
    assert "between two headings" in table["properties"]["scope"]["description"]
