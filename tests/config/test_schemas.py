"""Schemas in a config: what they name in the vault, and what one says of another."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from vaultlint.rule.errors import UserError

PAPER = '[[schema]]\nmatch = "papers/**"\njson-schema = "schemas/paper.json"\n'


def test_a_json_schema_comes_with_all_that_it_refers_to(load: Any) -> None:
    """Files of the vault, each once, and nothing is read again in a worker."""
    files = {
        "schemas/paper.json": json.dumps(
            {
                "$id": "https://example.org/s/paper.json",
                "properties": {"a": {"$ref": "https://example.org/s/more/b.json"}},
            }
        ),
        "schemas/more/b.json": json.dumps({"items": {"$ref": "../c%20d.json#/$defs/x"}}),
        "schemas/c d.json": json.dumps({"$defs": {"x": {"$ref": "paper.json"}}}),
    }

    schema = load(PAPER, files).schemas[0].json_schema

    assert ("schemas/paper.json", {"schemas/more/b.json", "schemas/c d.json"}) == (schema.file, schema.others.keys())
    assert schema == pickle.loads(pickle.dumps(schema))


@pytest.mark.parametrize(
    "content",
    [
        {"$id": "https://e.org/s/paper.json", "$defs": {"x": {}}, "$ref": "https://e.org/s/paper.json#/$defs/x"},
        {"$defs": {"x": {"$id": "https://e.org/x.json", "type": "object"}}, "$ref": "https://e.org/x.json"},
        {"properties": {"a": {"const": {"$ref": "nofile"}, "default": {"$ref": "nofile"}}}},
    ],
)
def test_what_refers_to_itself_needs_no_file(load: Any, content: Any) -> None:
    """By its own address, or that of a part of it; and what only looks like a reference is none."""
    assert {} == load(PAPER, {"schemas/paper.json": json.dumps(content)}).schemas[0].json_schema.others


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no file 'schemas/paper.json' in the vault"),
        ("{", "'schemas/paper.json:1' is no valid JSON: "),
        ("\x00", "is no valid JSON"),
        (
            '{"$ref": "https://example.org/x.json"}',
            "refers to 'https://example.org/x.json': only what lies in the vault",
        ),
        ('{"$ref": "../../outside.json"}', "'../outside.json' is outside the vault"),
        ('{"$ref": "none.json"}', "there is no file 'schemas/none.json' in the vault"),
        ('{"type": 3}', "can't be used as a JSON Schema"),
    ],
)
def test_a_json_schema_that_can_not_be_had_is_said(load: Any, content: str | None, message: str) -> None:
    """At the line of the config that names it."""
    with pytest.raises(UserError) as caught:
        load(PAPER, {} if content is None else {"schemas/paper.json": content})

    assert "vaultlint.toml:3: schema: json-schema: " in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_nothing_is_read_through_a_link_out_of_the_vault(load: Any, tmp_path: Path) -> None:
    """Wherever a symbolic link leads."""
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "vault" / "schemas").mkdir(parents=True)
    (tmp_path / "vault" / "schemas" / "paper.json").symlink_to(tmp_path / "secret.json")

    with pytest.raises(UserError, match="outside the vault"):
        load(PAPER)


MODEL = '[[schema]]\nmatch = "papers/**"\nmodel = "schemas.py:Paper"\n'
CODE = "from pydantic import BaseModel\n\nclass Paper(BaseModel):\n    title: str\n"


def test_a_model_is_not_run_unasked(load: Any, tmp_path: Path) -> None:
    """A vault's own Python runs only where its owner says so."""
    ran = tmp_path / "ran"

    with pytest.raises(UserError, match="wants to run its own Python code"):
        load(MODEL, {"schemas.py": f"open({str(ran)!r}, 'w')\n{CODE}"})

    assert not ran.exists()


def test_a_model_that_is_allowed_is_one_of_the_schemas(load: Any) -> None:
    """It is found when the config is read, and travels by name."""
    model = load(MODEL, {"schemas.py": CODE}, allow_local_rules=True).schemas[0].model

    assert ("schemas.py:Paper", "Paper") == (model.shown, model.name)
    assert model == pickle.loads(pickle.dumps(model))


@pytest.mark.parametrize(
    ("named", "code", "message"),
    [
        ("schemas.py", CODE, "'schemas.py' names no model"),
        ("none.py:Paper", CODE, "there is no file 'none.py' in the vault"),
        ("schemas.py:Talk", CODE, "'schemas.py' has no pydantic model named 'Talk'"),
        ("schemas.py:x", "x = 3", "'schemas.py' has no pydantic model named 'x'"),
        (
            "schemas.py:Paper",
            'from pydantic import BaseModel\nclass Paper(BaseModel):\n    title: "Titel"\n',
            "the model 'Paper' can't be used: name 'Titel' is not defined",
        ),
        ("broken.py:Paper", "1 / 0", "'broken.py' can't be loaded: ZeroDivisionError"),
    ],
)
def test_a_model_that_is_not_there_is_said(load: Any, named: str, code: str, message: str) -> None:
    """At the line of the config that names it."""
    files = {named.partition(":")[0].replace("none.py", "other.py"): code}
    with pytest.raises(UserError) as caught:
        load(MODEL.replace("schemas.py:Paper", named), files, allow_local_rules=True)

    assert "vaultlint.toml:3: schema: model: " in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[schema]]\nlinked-from = "talk.speaker"', "vaultlint.toml:2: schema: there is no schema named 'talk'"),
        (
            '[[schema]]\nname = "talks"\n[[schema]]\nlinked-from = "talk.speaker"',
            "there is no schema named 'talk'; did you mean 'talks'?",
        ),
        (
            '[[schema]]\nproperties = { a = { type = "list", items = { type = "link", schema = "x" } } }',
            "there is no schema named 'x'",
        ),
        ('[[schema]]\nname = "a"\n[[schema]]\nname = "a"', "vaultlint.toml:4: schema: there are two schemas named 'a'"),
        (
            '[[schema]]\nmodel = "a.py:B"\nrequire = ["x"]',
            "require: a schema that is a model says all there; put the rest in a [[schema]] of its own",
        ),
        ('[[schema]]\nrelations = ["a b"]', "relations: 'a b' is no relation: 'b' is one word too many"),
        ('[[schema]]\nlinked-from = "talk"', "linked-from: 'talk' names no property of a schema"),
        ('[[schema]]\nunknown = "no"', "unknown: must be 'allow', 'warn' or 'deny'"),
        ('[[schema]]\n[schema.properties]\n"a.b" = { typ = "text" }', "vaultlint.toml:3: schema: properties.a.b.typ: "),
        (
            '[[schema]]\n[schema.properties]\na = { type = "number", min = 3, max = 2 }',
            "min: '3' is more than the greatest",
        ),
        (
            '[[schema]]\n[schema.properties]\na = { type = "list", min-length = 3, max-length = 2 }',
            "min-length: '3' is more",
        ),
        ('[[schema]]\n[schema.properties]\na = { type = "number", default = "x" }', "default: 'x' is no number"),
        (
            '[[schema]]\n[schema.properties]\na = { type = "number", max = 3, default = 4 }',
            "default: '4' is out of the range",
        ),
        ('[[schema]]\n[schema.properties]\na = { values = ["x"], default = "y" }', "'y' is none of the allowed values"),
        ('[[schema]]\n[schema.properties]\na = { pattern = "^x", default = "y" }', "'y' does not have the form '^x'"),
        (
            '[[schema]]\n[schema.properties]\na = { type = "number", values = ["1"] }',
            "none of the values is of the type",
        ),
        ("[[schema]]\n[schema.properties]\na = { values = [] }", "values: allows no value"),
        (
            '[[schema]]\n[schema.properties]\na = { type = "list", items = { default = "x" } }',
            "'default' is for a property",
        ),
        ('[[schema]]\n[schema.properties]\na = "text"\nA = "text"', "'A' and 'a' are one property to the app"),
        ('[[schema]]\nrequire = ["a"]\nforbid = ["A"]', "forbid: 'a' must be there, and must not"),
        ('[[schema]]\nname = "a.b"', "name: a name has no dot"),
        (
            '[[schema]]\nname = "t"\n[[schema]]\nlinked-from = "t.x"\nunknown = "deny"',
            "'unknown' can't go with 'linked-from'",
        ),
        (
            '[[schema]]\nname = "t"\nproperties = { author = "link" }\n[[schema]]\nlinked-from = "t.auhtor"',
            "the schema 't' has no property 'auhtor'; did you mean 'author'?",
        ),
    ],
)
def test_what_is_wrong_is_said(load: Any, toml: str, message: str) -> None:
    """With its place, and the next step."""
    with pytest.raises(UserError) as caught:
        load(toml, allow_local_rules=True)

    assert message in str(caught.value)
