"""Schemas as JSON Schema: what it can say, it says as we do."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultlint.note.note import parse_note
from vaultlint.schema.exports.json_schema import to_json_schema
from vaultlint.schema.model import TYPES, JsonSchema, ModelFile, PropertyType, Schema
from vaultlint.schema.read import schema_from
from vaultlint.schema.relate import broken
from vaultlint.schema.validate import Validator

LOOSE = frozenset({"date", "datetime", "time", "duration", "url"})
"""Types of which a pattern can't say all, as their `$comment` says."""


def exported(toml: str) -> dict[str, Any]:
    return to_json_schema([("it", schema_from(tomllib.loads(toml)))])


def takes(document: dict[str, Any], value: Any) -> bool:
    return bool(jsonschema_rs.validator_for(document).is_valid(value))


def ours(schema: Schema, data: dict[str, Any]) -> bool:
    """Whether we find nothing wrong with properties of this data."""
    note = parse_note(f"---\n{json.dumps(data)}\n---\n", "Note.md")
    assert note.frontmatter.error is None
    wrong = list(Validator(schema).violations(note))
    return not wrong and not any(any(broken(one, schema, note)) for one in schema.relations)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**10),
    st.floats(-5, 5, allow_nan=False),
    st.sampled_from(["", "a", "abc", "5", "todo", "done", "12:30", "25:00", "1:02:03", "PT1H", "P", "soon"]),
    st.sampled_from(["2024-02-29", "2024-13-01", " 2024-01-01 ", "2024-01-01T10:00", "2024-01-01 9:05:00Z"]),
    st.sampled_from(["https://a.b", "mailto:x", "a@b.c", "a@b", "[[x]]", "[x](y)", "[[x"]),
)
LISTS = st.lists(st.one_of(SCALARS, st.lists(SCALARS, max_size=1)), max_size=3)
VALUES = st.one_of(SCALARS, LISTS, st.dictionaries(st.just("a"), SCALARS, max_size=1))


@pytest.mark.parametrize("kind", sorted(TYPES))
@settings(max_examples=60)
@given(value=VALUES)
def test_types_are_the_same(kind: str, value: Any) -> None:
    """What we take, the export takes; and it takes nothing else, but for what its comment says of loose types."""
    schema = Schema(properties={"it": PropertyType(kind)})
    document = to_json_schema([("it", schema)])
    right = ours(schema, {"it": value})

    if right:
        assert takes(document, {"it": value})
    elif kind not in LOOSE:
        assert not takes(document, {"it": value})
    else:
        assert "$comment" in document["properties"]["it"]


@pytest.mark.parametrize(
    "table",
    [
        "values = ['todo', 'done', 5, true]",
        "type = 'text'\npattern = '^a'\nmin-length = 1\nmax-length = 2",
        "type = 'number'\nmin = 0\nmax = 5",
        "type = 'integer'\nmin = 0",
        "type = 'list'\nitems = 'text'\nmin-length = 1\nmax-length = 2",
        "type = 'list'\nvalues = ['a', 'abc']",
        "type = 'list'\nitems = { type = 'number', min = 0 }\nvalues = [1, 2]",
        "pattern = 'o'",
    ],
)
@given(value=VALUES)
def test_conditions_are_the_same(table: str, value: Any) -> None:
    schema = schema_from({"properties": {"it": tomllib.loads(table)}})

    assert ours(schema, {"it": value}) == takes(to_json_schema([("it", schema)]), {"it": value})


@pytest.mark.parametrize(
    "relation",
    [
        "if status = 'done' then completed",
        "if status = 'done' and n > 2 then completed and not a",
        "if completed then n >= 3",
        "n != 5",
        "not a",
        "if not a then status",
        "5 > n",
        "status = 'done'",
    ],
)
@given(
    data=st.fixed_dictionaries(
        {}, optional={"status": VALUES, "completed": VALUES, "n": VALUES, "a": st.sampled_from([None, "", [], 1, "x"])}
    )
)
@example(data={"status": ["done"], "n": 5})
def test_relations_to_constants_are_the_same(relation: str, data: dict[str, Any]) -> None:
    schema = schema_from({"relations": [relation]})
    document = to_json_schema([("it", schema)])

    assert "relation" not in document["$comment"]
    assert ours(schema, data) == takes(document, data)


def test_what_json_schema_can_not_say_stands_in_comments() -> None:
    document = exported(
        "match = 'papers/**'\nrelations = ['created <= modified']\nunknown = 'warn'\n[properties]\n"
        "by = { type = 'link', folder = 'People', unique = 'vault' }\n"
        "due = { type = 'date', format = 'DD.MM.YYYY', min = '2024-01-01' }\n"
    )

    assert "for papers/**" in document["$comment"]
    assert "relation: created <= modified" in document["$comment"]
    assert "other properties are told of" in document["$comment"]
    assert (
        "links into the folder People; no two notes of the vault have the same value"
        == (document["properties"]["by"]["$comment"])
    )
    assert "a date written as DD.MM.YYYY; from 2024-01-01" == document["properties"]["due"]["$comment"]


def test_required_forbidden_and_unknown_properties() -> None:
    """The app's own properties are never unknown."""
    document = exported("require = ['title']\nforbid = ['tag']\nunknown = 'deny'\nproperties = { year = 'integer' }\n")

    assert takes(document, {"title": None, "year": 5, "tags": ["a"], "aliases": "b"})
    assert not takes(document, {"year": 5})
    assert not takes(document, {"title": "x", "tag": "y"})
    assert not takes(document, {"title": "x", "other": 1})


def test_a_default_is_kept() -> None:
    document = exported("[properties]\nstatus = { default = 'todo' }\ntopics = { type = 'list', default = ['a'] }\n")

    assert ("todo", ["a"]) == tuple(document["properties"][name]["default"] for name in ("status", "topics"))


def test_several_schemas_stand_in_defs() -> None:
    paper = schema_from({"name": "paper", "require": ["title"]})
    talk = schema_from({"require": ["speaker"]})

    document = to_json_schema([("paper", paper), ("all notes", talk)])

    assert ["paper", "all notes"] == list(document["$defs"])
    assert takes(document, {})
    assert not takes({"$defs": document["$defs"], "$ref": "#/$defs/paper"}, {})


def test_a_json_schema_is_handed_on_with_all_that_it_refers_to() -> None:
    from vaultlint.schema.uri import uri_of

    text = json.dumps({"properties": {"a": {"$ref": f"{uri_of('b.json')}#/$defs/n"}}})
    other = json.dumps({"$defs": {"n": {"type": "number"}}})
    document = to_json_schema([("it", Schema(json_schema=JsonSchema("a.json", text, {"b.json": other})))])

    assert takes(document, {"a": 5})
    assert not takes(document, {"a": "x"})


def test_references_of_one_schema_lead_into_it_among_others(tmp_path: Path) -> None:
    """What a JSON Schema or a model defines is found where several schemas stand in one document."""
    file = tmp_path / "schemas.py"
    file.write_text(
        "from pydantic import BaseModel\n\n\nclass Author(BaseModel):\n    name: str\n\n\n"
        "class Paper(BaseModel):\n    by: list[Author]\n",
        encoding="utf-8",
    )
    paper = Schema(model=ModelFile(str(file), "schemas.py:Paper", "Paper"))
    text = json.dumps({"properties": {"n": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"type": "number"}}})
    document = to_json_schema([("paper", paper), ("other", Schema(json_schema=JsonSchema("a.json", text)))])
    defs = document["$defs"]

    assert takes({"$defs": defs, "$ref": "#/$defs/paper"}, {"by": [{"name": "x"}]})
    assert not takes({"$defs": defs, "$ref": "#/$defs/paper"}, {"by": [{"name": 5}]})
    assert not takes({"$defs": defs, "$ref": "#/$defs/other"}, {"n": "x"})
