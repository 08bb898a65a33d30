"""The app's `types.json` with the types of schemas in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.schema.exports.app_types import Wanted, merge_types, wanted_types
from vaultlint.schema.model import JsonSchema, Schema
from vaultlint.schema.read import schema_from


def test_each_type_has_its_editor() -> None:
    schema = schema_from(
        {
            "properties": {
                "a": "integer",
                "b": "link",
                "c": "list",
                "d": {"type": "date", "format": "DD.MM.YYYY"},
                "e": {"type": "date", "format": "YYYY-MM-DD"},
                "f": {"values": ["x"]},
                "g": "checkbox",
                "tags": "tags",
                "CSSClasses": "cssclasses",
            }
        }
    )

    wanted, disagreements = wanted_types([("paper", schema)])

    assert [] == disagreements
    assert {"a": "number", "b": "text", "c": "multitext", "d": "text", "e": "date", "g": "checkbox"} == {
        one.name: one.type for one in wanted
    }


def test_two_schemas_that_disagree_are_told() -> None:
    """Case does not tell names apart in the app; types of ours that are one to the app agree."""
    first = schema_from({"properties": {"Created": "date", "n": "integer"}})
    second = schema_from({"properties": {"created": "text", "n": "number"}})

    wanted, disagreements = wanted_types([("paper", first), ("talk", second)])

    assert [("Created", "date"), ("n", "number")] == [(one.name, one.type) for one in wanted]
    assert [("created", "paper", "talk")] == [(one.name, one.first.schema, one.other.schema) for one in disagreements]


def test_a_json_schema_names_types_too() -> None:
    """Null beside a type says that it may be empty; what is no one type is left to the app."""
    text = json.dumps(
        {
            "properties": {
                "n": {"type": ["integer", "null"]},
                "d": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
                "l": {"type": "array"},
                "e": {"enum": ["a"]},
                "two": {"type": ["string", "number"]},
                "wild": 5,
                "tags": {"type": "array"},
            }
        }
    )

    wanted, _ = wanted_types([("it", Schema(json_schema=JsonSchema("a.json", text)))])

    assert {"n": "number", "d": "date", "l": "multitext"} == {one.name: one.type for one in wanted}


BEFORE = '{\n\t"other": [1],\r\n\t"types": {"Rating": "text", "map": "some-plugin", "aliases": "aliases"}\r\n}\r\n'


def test_all_that_is_there_stays() -> None:
    wanted = [Wanted("rating", "number", "x"), Wanted("map", "text", "x"), Wanted("Year", "number", "x")]

    merged = merge_types(BEFORE, wanted)

    assert ["Year"] == [one.name for one in merged.put]
    assert [("Rating", "text", "number"), ("map", "some-plugin", "text")] == [
        (one.name, one.there, one.wanted) for one in merged.kept
    ]
    assert ["other", "types"] == list(json.loads(merged.text))
    assert ["Rating", "map", "aliases", "Year"] == list(json.loads(merged.text)["types"])
    assert merged.text.endswith("}\r\n")
    assert '\r\n\t"types"' in merged.text


def test_force_changes_what_differs() -> None:
    merged = merge_types(BEFORE, [Wanted("rating", "number", "x"), Wanted("aliases", "text", "x")], force=True)

    assert {"Rating": "number", "map": "some-plugin", "aliases": "aliases"} == json.loads(merged.text)["types"]


def test_where_nothing_changes_no_byte_does() -> None:
    text = '{"types":{"a":"text"}}'

    assert text == merge_types(text, [Wanted("A", "text", "x")]).text


@pytest.mark.parametrize("text", ["", "  \n", "\ufeff{}"])
def test_a_file_that_is_not_there_or_empty_is_made(text: str) -> None:
    assert {"types": {"a": "text"}} == json.loads(
        merge_types(text, [Wanted("a", "text", "x")]).text.removeprefix("\ufeff")
    )


@pytest.mark.parametrize("text", ["{", "[]", '{"types": []}', "5", "[" * 100_000])
def test_a_broken_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="it "):
        merge_types(text, [Wanted("a", "text", "x")])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    others=st.dictionaries(st.text().filter(lambda key: key != "types"), JSON), types=st.dictionaries(st.text(), JSON)
)
def test_other_data_is_the_same_afterwards(others: dict[str, object], types: dict[str, object]) -> None:
    before = {**others, "types": types}

    after = json.loads(merge_types(json.dumps(before), [Wanted("q", "text", "x")]).text)

    del after["types"]["Q" if "Q" in types and "q" not in types else "q"]
    types.pop("q", None)
    types.pop("Q", None) if "Q" not in after["types"] else None
    assert {**others, "types": types} == after
