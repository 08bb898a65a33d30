"""Schemas of Propsec, as tables of ours."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.schema.imports.propsec import from_propsec
from vaultlint.schema.read import schema_from


def mapping(*fields: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"id": "x", "name": "Book", "query": "Books/*", "enabled": True, "fields": list(fields), **keys}


def table(*fields: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """The table of a schema with these fields, as our reader has it."""
    found = tomllib.loads(from_propsec({"schemaMappings": [mapping(*fields, **keys)]}).text("x"))["schema"][0]
    schema_from(found)
    return dict(found)


def left(*fields: dict[str, Any], **keys: Any) -> list[str]:
    return from_propsec({"schemaMappings": [mapping(*fields, **keys)]}).drafts[0].left


@pytest.mark.parametrize(
    ("query", "selector"),
    [
        ("*", {}),
        ("Journal", {"match": "Journal/*"}),
        ("Journal/", {"match": "Journal/*"}),
        ("/", {"match": "*"}),
        ("Journal/Gym/*", {"match": "Journal/Gym/**"}),
        ("#book", {"tag": "book"}),
        ("#book OR #paper", {"tag": ["book", "paper"]}),
        ("A/* or B", {"match": ["A/**", "B/*"]}),
        ("A/* or #book", {"any": [{"match": "A/**"}, {"tag": "book"}]}),
        ("A/* and #book", {"match": "A/**", "tag": "book"}),
        ("#a and #b", {"tag": "a", "any": [{"tag": "b"}]}),
        ("A/* or *", {}),
    ],
)
def test_queries(query: str, selector: dict[str, Any]) -> None:
    found = table(query=query)

    assert selector == {key: value for key, value in found.items() if key not in ("name", "unknown")}


def test_filters_narrow_the_query() -> None:
    """A value that a config compares may be text or number in a note."""
    found = table(
        query="A/* or #b",
        propertyFilter={
            "hasProperty": "isbn",
            "conditions": [
                {"property": "year", "operator": "equals", "value": "2024"},
                {"property": "kind", "operator": "in", "value": "book, paper"},
            ],
        },
    )

    assert "isbn" == found["has"]
    assert {"year": ["2024", 2024], "kind": ["book", "paper"]} == found["where"]


@pytest.mark.parametrize(
    "keys",
    [
        {"enabled": False},
        {"query": "A/* not #draft"},
        {"query": ""},
        {"propertyFilter": {"notHasProperty": "x"}},
        {"propertyFilter": {"fileNamePattern": "^P"}},
        {"propertyFilter": {"modifiedAfter": "2024-01-01"}},
        {"propertyFilter": {"conditions": [{"property": "n", "operator": "greater_than", "value": "5"}]}},
    ],
)
def test_what_would_judge_more_notes_stands_as_a_comment(keys: dict[str, Any]) -> None:
    text = from_propsec({"schemaMappings": [mapping({"name": "a", "type": "string"}, **keys)]}).text("x")

    assert {} == tomllib.loads(text)
    assert "# a comment only: " in text
    assert "\n# [[schema]]\n" in text


def test_fields() -> None:
    found = table(
        {
            "name": "title",
            "type": "string",
            "required": True,
            "stringConstraints": {"minLength": 1, "maxLength": 9, "pattern": "^[A-Z]", "allowedValues": ["A", "B"]},
        },
        {"name": "rating", "type": "number", "numberConstraints": {"min": 0, "max": 5.5}},
        {"name": "done", "type": "boolean", "unique": True},
        {"name": "day", "type": "date", "dateConstraints": {"min": "2024-01-01", "max": "soon"}},
        {
            "name": "refs",
            "type": "array",
            "arrayElementType": "string",
            "arrayConstraints": {"minItems": 1, "maxItems": 3, "allowedValues": ["a", "4"]},
        },
        {"name": "tags", "type": "array"},
        {"name": "any", "type": "unknown"},
    )

    assert ["title"] == found["require"]
    assert "warn" == found["unknown"]
    assert {
        "title": {"type": "text", "pattern": "^[A-Z]", "values": ["A", "B"], "min-length": 1, "max-length": 9},
        "rating": {"type": "number", "min": 0, "max": 5.5},
        "done": {"type": "checkbox", "unique": "schema"},
        "day": {"type": "date", "min": "2024-01-01"},
        "refs": {"type": "list", "items": "text", "min-length": 1, "max-length": 3, "values": ["a", "4", 4]},
        "tags": "tags",
        "any": {},
    } == found["properties"]


def test_alternatives() -> None:
    """That a property may be empty is so anyway; more than one type is more than a property has."""
    number, text, null = ({"name": "n", "type": kind} for kind in ("number", "string", "null"))

    assert {"n": "number"} == table(number, null)["properties"]
    assert {"n": {}} == table(number, text)["properties"]
    assert ["the types of 'n', number or string: a property has one type here"] == left(number, text)


def test_conditions_and_comparisons_are_relations() -> None:
    found = table(
        {
            "name": "isbn",
            "type": "string",
            "required": True,
            "conditions": [{"field": "kind", "operator": "equals", "value": "print"}],
        },
        {"name": "end date", "type": "date", "crossFieldConstraint": {"operator": "greater_or_equal", "field": "if"}},
    )

    assert ['if kind = "print" then isbn', "`end date` >= `if`"] == found["relations"]
    assert "require" not in found


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"type": "string", "stringConstraints": {"pattern": "(?=x)"}}, "the pattern of 'a', '(?=x)'"),
        ({"type": "person"}, "the type 'person' of 'a'"),
        ({"type": "object"}, "the type 'object' of 'a'"),
        ({"type": "array", "arrayElementType": "person"}, "the type 'person' of the items of 'a'"),
        ({"type": "array", "arrayConstraints": {"contains": ["x"]}}, "that 'a' holds x"),
        ({"type": "array", "arrayConstraints": {"uniqueItems": True}}, "that no item of 'a' is there twice"),
        ({"type": "string", "warn": True}, "that only a warning tells of 'a'"),
        ({"type": "date", "dateConstraints": {"max": "soon"}}, "'max' of 'a': 'soon' is no date"),
        (
            {
                "type": "string",
                "required": True,
                "conditionLogic": "or",
                "conditions": [
                    {"field": "b", "operator": "exists"},
                    {"field": "c", "operator": "equals", "value": "1"},
                ],
            },
            "the condition of 'a', 'b exists  or c equals 1'",
        ),
        ({"type": "number", "must": "it <= 5"}, "what 'a' must be, 'it <= 5'"),
    ],
)
def test_what_has_no_counterpart_is_named(field: dict[str, Any], said: str) -> None:
    assert any(one.startswith(said) for one in left({"name": "a", **field}))


def test_the_newer_form_with_expressions() -> None:
    """Fields are taken over, and so is a choice of notes that is one simple question."""
    found = from_propsec(
        {
            "schemas": [
                {"name": "Book", "where": 'file.inFolder("Books")', "fields": [{"name": "n", "type": "number"}]},
                {"name": "Odd", "where": "file.mtime > date('2024')", "fields": [{"name": "n", "type": "number"}]},
            ],
            "unknownFields": False,
            "openFields": ["tags"],
            "types": [{"name": "person"}],
        }
    )

    tables = tomllib.loads(found.text("x"))["schema"]
    assert [{"name": "Book", "match": "Books/**", "properties": {"n": "number"}}] == tables
    assert ["choose its notes yourself: the expression 'file.mtime > date('2024')' has no counterpart"] == (
        found.drafts[1].asleep
    )
    assert any("'person'" in one for one in found.left)


def test_what_is_for_no_schema_is_named() -> None:
    found = from_propsec({"schemaMappings": [], "customTypes": [{"name": "p"}], "globalExclusions": "#archived"})

    assert [True, True] == [any(word in one for one in found.left) for word in ("'p'", "'#archived'")]


def test_two_of_one_name_get_names_of_their_own() -> None:
    found = from_propsec({"schemaMappings": [mapping(), mapping(), mapping(name="")]})

    assert ["Book", "Book 2", ""] == [draft.name for draft in found.drafts]


@pytest.mark.parametrize("data", [None, 5, "x", [], {}, {"schemaMappings": {}}, {"schemas": 5}])
def test_other_data_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="neither"):
        from_propsec(data)


WILD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        ["number", "string", "array", "date", "equals", "greater_than", "a\nb", '"', "'", "`", "\ud800", "5"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["name", "type", "required", "warn", "unique", "conditions", "conditionLogic", "arrayElementType", "description"]
KEYS += ["stringConstraints", "numberConstraints", "dateConstraints", "arrayConstraints", "crossFieldConstraint"]
INNER = ["pattern", "minLength", "maxLength", "min", "max", "minItems", "maxItems", "contains", "allowedValues"]
INNER += ["field", "operator", "value", "property"]
PARTS = st.one_of(
    WILD,
    st.dictionaries(st.sampled_from(INNER), WILD, max_size=4),
    st.lists(st.dictionaries(st.sampled_from(INNER), WILD, max_size=4), max_size=2),
)
FIELDS = st.dictionaries(st.sampled_from(KEYS), PARTS, max_size=8)
TOP = ["name", "query", "enabled", "propertyFilter", "where"]
SCHEMAS = st.builds(
    lambda head, fields: {**head, "fields": fields},
    st.dictionaries(st.sampled_from(TOP), PARTS),
    st.lists(FIELDS, max_size=3) | WILD,
)


@settings(max_examples=300)
@given(schemas=st.lists(SCHEMAS | WILD, max_size=3), key=st.sampled_from(["schemaMappings", "schemas"]))
def test_wild_values_never_crash_and_what_is_printed_is_taken(schemas: list[Any], key: str) -> None:
    """Whatever stands there: the text is TOML, encodes, and each table is one that our own reader takes."""
    text = from_propsec({key: schemas}).text("x")

    text.encode()
    for found in tomllib.loads(text).get("schema", ()):
        schema_from(found)
