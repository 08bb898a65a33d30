"""A JSON Schema as a contract: what it finds stands where it is, in an owner's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vaultlint.note.note import parse_note
from vaultlint.schema.json_schema import JsonSchemaContract
from vaultlint.schema.model import JsonSchema


def _contract(content: Any, **others: Any) -> JsonSchemaContract:
    return JsonSchemaContract(JsonSchema("s.json", json.dumps(content), {k: json.dumps(v) for k, v in others.items()}))


def _found(content: Any, properties: str) -> list[str]:
    note = parse_note(f"---\n{properties}\n---\n", "Note.md")
    assert note.frontmatter.error is None
    found = []
    for one in _contract(content).violations(note):
        place = note.source.position(one.span.start)
        found.append(f"{place.line}:{place.column} {one.kind} {one.message}")
    return found


def _of(**schema: Any) -> dict[str, Any]:
    return {"properties": {"it": schema}}


@pytest.mark.parametrize(
    ("content", "properties", "expected"),
    [
        (_of(type="integer"), "it: 3", []),
        (_of(type="integer"), "it: x", ["2:5 type 'it' should be a whole number, but is the text 'x'"]),
        (_of(type=["integer", "object"]), "it: x", ["'it' should be a whole number or a map of keys and values, but"]),
        (_of(type="object"), "it: x", ["'it' should be a map of keys and values, but is the text 'x'"]),
        (_of(enum=["a", "b"]), "it: c", ["2:5 value 'c' is not allowed for 'it'"]),
        (_of(const="a"), "it: c", ["'it' should be the text 'a', but is the text 'c'"]),
        (_of(pattern="^x"), "it: c", ["2:5 pattern 'it' is 'c', which does not have the form '^x'"]),
        (
            _of(format="date"),
            "it: 2024-02-30",
            ["2:5 unreal 'it' is no real date: '2024-02-30'"],
        ),
        (_of(format="date"), "it: soon", ["'it' should be a date such as 2024-03-31, but is the text 'soon'"]),
        (_of(format="ipv4"), "it: x", ["'it' should be of the form ipv4, but is the text 'x'"]),
        (_of(minimum=3), "it: 2", ["2:5 range 'it' is 2, less than the least allowed, 3"]),
        (_of(exclusiveMaximum=3), "it: 3", ["'it' is 3, but should be less than 3"]),
        (_of(maxLength=2), "it: abc", ["'it' has 3 characters, but should have 2 at most"]),
        (_of(minItems=2), "it: [a]", ["'it' has 1 item, but should have 2 at least"]),
        (_of(uniqueItems=True), "it: [a, a]", ["'it' has an item twice"]),
        (_of(items={"type": "string"}), "it:\n  - a\n  - 3", ["4:5 type 'it' should be text, but is the number 3"]),
        (_of(required=["a"]), "it: {b: 1}", ["'it' lacks 'a'"]),
        ({"properties": {"it": False}}, "it: 1", ["'it' does not belong in this note"]),
        (_of(multipleOf=3), "it: 4", ["'it': 4 is not a multiple of 3"]),
        ({"required": ["a", "b"]}, "b: 1", ["1:1 missing the property 'a' is missing"]),
        ({"dependentRequired": {"b": ["a"]}}, "b: 1", ["1:1 missing the property 'a' is missing"]),
        ({"additionalProperties": False}, "b: 1", ["1:1 unknown the schema allows this note no property"]),
        (
            {"additionalProperties": False, "properties": {"a": True}},
            "b: 1",
            ["2:1 unknown 'b' is no property that the schema knows"],
        ),
        ({"minProperties": 2}, "b: 1", ["1:1 schema the note has 1 property, but should have 2 at least"]),
        ({"propertyNames": {"maxLength": 1}}, "a: 1\nbc: 1", ["3:1 schema the name 'bc' has 2 characters, but"]),
        ({"propertyNames": {"enum": ["a"]}}, "bc: 1", ["2:1 schema the name 'bc' is none that the schema allows"]),
        ({"type": "string"}, "b: 1", ["1:1 schema the schema is for something else than the properties of a note"]),
        (_of(items=False), "it: [a]", ["2:6 schema 'it' holds what the schema does not allow"]),
        (_of(contains={"const": "a"}, minContains=2), "it: [a]", ["'it': does not have the items that the schema"]),
        (_of(unevaluatedItems=False), "it: [a]", ["2:5 schema 'it': has more items than the schema knows"]),
    ],
)
def test_what_is_found(content: Any, properties: str, expected: list[str]) -> None:
    """Each keyword has words of its own; what has none says what the validator says."""
    found = _found(content, properties)

    assert len(expected) == len(found)
    assert all(each in one for each, one in zip(expected, found, strict=True)), found


def test_other_files_are_followed() -> None:
    """A reference leads to another file of the vault."""
    contract = _contract(
        {"properties": {"it": {"$ref": "vault:///a%20b/t.json#/$defs/whole"}}},
        **{"a b/t.json": {"$defs": {"whole": {"type": "integer"}}}},
    )

    assert ["type"] == [one.kind for one in contract.violations(parse_note("---\nit: x\n---\n"))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"type": "objekt"}, "'s.json' can't be used as a JSON Schema, at 'type': Unexpected type"),
        (
            {"properties": {"it": {"pattern": "("}}},
            "'s.json' can't be used as a JSON Schema, at 'properties/it/pattern': ",
        ),
        (
            {"$ref": "https://example.org/x.json"},
            "only what lies in the vault is read, not 'https://example.org/x.json'",
        ),
        ({"$ref": "#/$defs/none"}, "'s.json' can't be used as a JSON Schema: "),
        (3, "'s.json' can't be used as a JSON Schema: "),
    ],
)
def test_what_is_no_schema_is_said(content: Any, message: str) -> None:
    """When the config is read, not when a note is judged."""
    with pytest.raises(ValueError, match="JSON Schema") as caught:
        _contract(content)

    assert message in str(caught.value)


def test_half_a_sign_is_no_json() -> None:
    """A value that JSON can't hold is one finding and no crash."""
    found = list(_contract(_of(type="integer")).violations(parse_note("---\nit: \ud800x\n---\n")))

    assert ["schema"] == [one.kind for one in found]


def test_patterns_take_bounded_time() -> None:
    """A pattern that makes Python's engine run for ever is nothing to the one used here."""
    contract = _contract(_of(pattern="^(a+)+$"))

    assert ["pattern"] == [one.kind for one in contract.violations(parse_note(f"---\nit: {'a' * 5000}!\n---\n"))]


def test_what_takes_for_ever_is_refused() -> None:
    """Definitions of which each asks twice for the next; and one that asks for itself."""
    twice = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(40)} | {"d40": {}}
    for content, said in (
        ({"$ref": "#/$defs/d0", "$defs": twice}, "it asks more than 500 things of one value"),
        ({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"}, "it refers to itself without end"),
    ):
        with pytest.raises(ValueError, match=said):
            _contract(content)


def test_a_schema_may_refer_to_itself_where_values_hold_values() -> None:
    """A tree is no circle; values of which each asks for more than one are held to an end."""
    tree = {"$defs": {"n": {"properties": {"more": {"items": {"$ref": "#/$defs/n"}}}}}, "$ref": "#/$defs/n"}
    assert [] == _found(tree, "more: [{more: [{more: []}]}]")

    twice = {"$defs": {"n": {"allOf": [{"additionalProperties": {"$ref": "#/$defs/n"}}] * 20}}, "$ref": "#/$defs/n"}
    deep = "a: " + "{a: " * 60 + "1" + "}" * 60
    assert ["1:1 schema values stand too deep in one another to be held against the schema"] == _found(twice, deep)


def test_names_and_empty_values_are_as_in_the_app() -> None:
    """Names ignore case, a property without value is of every type, and one tag is a list of one."""
    schema = {
        "required": ["title", "year"],
        "properties": {
            "title": {"type": "string", "default": "d"},
            "year": {"type": "integer"},
            "tags": {"type": "array"},
        },
    }

    assert [] == _found(schema, "Title: x\nyear:\nTags: soup")


def test_messages_name_the_place_and_have_an_end() -> None:
    """What is deep in a value is named; what no word is known for does not tell the whole note."""
    nested = {"properties": {"a": {"properties": {"b": {"properties": {"c": {"type": "integer"}}}}}}}
    assert ["2:4 type 'a.b.c' should be a whole number, but is the text 'x'"] == _found(nested, "a: {b: {c: x}}")

    assert ["1:1 schema fits none of the forms that the schema allows"] == _found(
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, f"c: {'x' * 1000}"
    )


def test_patterns_that_are_not_supported_are_said() -> None:
    """Look-around is not, and the message says so."""
    with pytest.raises(ValueError, match=r"the pattern \"\(\?=x\)\" can't be used: .* looks around or back"):
        _contract(_of(pattern="(?=x)"))
