"""What properties have to do with each other: how it is written, and when it does not hold."""

from __future__ import annotations

import re
import tomllib

import pytest

from vaultlint.note.note import parse_note
from vaultlint.schema.model import Condition, Operand, Relation
from vaultlint.schema.read import schema_from
from vaultlint.schema.relate import broken
from vaultlint.schema.relations import read_relation


def _has(name: str) -> Condition:
    return Condition(Operand(name), "has")


@pytest.mark.parametrize(
    ("text", "given", "asked"),
    [
        ("due >= start", (), (Condition(Operand("due"), ">=", Operand("start")),)),
        ("due>=start", (), (Condition(Operand("due"), ">=", Operand("start")),)),
        ("`date created` < 2024-01-01", (), (Condition(Operand("date created"), "<", Operand(None, "2024-01-01")),)),
        ("rating <= 4.5", (), (Condition(Operand("rating"), "<=", Operand(None, 4.5)),)),
        ("a and not b", (), (_has("a"), Condition(Operand("b"), "has not"))),
        (
            "if status = 'done' and draft = false then completed",
            (
                Condition(Operand("status"), "=", Operand(None, "done")),
                Condition(Operand("draft"), "=", Operand(None, False)),
            ),
            (_has("completed"),),
        ),
    ],
)
def test_relations_are_read(text: str, given: tuple[Condition, ...], asked: tuple[Condition, ...]) -> None:
    """Properties, numbers, dates and quoted texts, compared or there; all of it behind a condition."""
    assert Relation(text, given, asked) == read_relation(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a property is missing at the end"),
        ("due >=", "a property is missing at the end"),
        ("if a", "'then' is missing behind the condition"),
        ("a b", "'b' is one word too many; properties are joined by 'and'"),
        ("3 < 4", "it names no property"),
        ("3", "'3' is compared with nothing"),
        ("not a < b", "'not' goes with a property alone; write != for values that differ"),
        ("a = 'x", "''x' can't be read: a quote may not be closed"),
        ("and = 3", "a property is missing before 'and'"),
    ],
)
def test_what_can_not_be_read_is_said(text: str, message: str) -> None:
    """In a config owner's words."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_relation(text)


@pytest.mark.parametrize(
    ("relation", "properties", "message"),
    [
        ("a <= b", "a: 3\nb: 2", "'a' (3) should be at most 'b' (2)"),
        ("a <= b", "a: 2\nb: 3", None),
        ("a <= b", "a: 3\nb: two", None),
        ("a <= b", "a: 3", None),
        ("a <= b", "a: 2024-03-02\nb: 2024-03-01", "'a' (2024-03-02) should not be later than 'b' (2024-03-01)"),
        ("a <= b", "a: 2024-03-01T12:00\nb: 2024-03-01", None),
        ("a < b", "a: 2024-03-01T12:00\nb: 2024-03-01T09:00", "should be earlier than"),
        ("a < b", "a: 2024-02-30\nb: 2024-01-01", None),
        ("a = 'x'", "a: [x, y]", None),
        ("a = 'x'", "a: [y]", "should be equal to x"),
        ("a != b", "a: 1\nb: 1.0", "should differ from"),
        ("a = true", "a: 1", "should be equal to true"),
        ("a = 'x'", "a: [y, true, [z]]", "'a' (y, true, a list) should be equal to x"),
        ("a = 1", "a: {b: 1}", "'a' (a map of keys and values) should be equal to 1"),
        ("a <= 1" + "0" * 400, "a: 1", None),
        ("a", "a:", "'a' is missing or empty"),
        ("a", "a: 0", None),
        ("a", "a: []", "'a' is missing or empty"),
        ("not a", "A: x", "'a' does not belong here"),
        ("if a = 1 then b", "a: 2", None),
        ("if a then b > a", "a: 2\nb: 1", "'b' (1) should be more than 'a' (2), as a"),
    ],
)
def test_relations_are_held_against_notes(relation: str, properties: str, message: str | None) -> None:
    """What is not there, or can't be compared, is not at odds with anything."""
    schema = schema_from({"relations": relation})

    found = list(broken(schema.relations[0], schema, parse_note(f"---\n{properties}\n---\n")))

    assert (message is not None) == bool(found)
    assert message is None or message in found[0].message


def test_types_say_how_values_compare() -> None:
    """Durations are compared as durations where the schema says that they are."""
    toml = "relations = ['a <= b']\n[properties]\na = 'duration'"
    schema = schema_from(tomllib.loads(toml))
    note = parse_note("---\na: 1:00:00\nb: 59:00\n---\n")

    assert ["'a' (1:00:00) should be at most 'b' (59:00)"] == [
        one.message for one in broken(schema.relations[0], schema, note)
    ]
