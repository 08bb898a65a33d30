"""Values against the types of the vault and the schemas of its config."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest
from vaultlint_rules.frontmatter.property_schema import PropertySchema
from vaultlint_rules.frontmatter.property_type import PropertyType

from vaultlint.rule.fix import Applicability
from vaultlint.schema.read import schema_from

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("kind", "fits", "misfits"),
    [
        ("text", ["soup", "5", "true", '""', "{a: 1}", ""], ["[a]"]),
        ("multitext", ["[a, 5]", "a", "5", "{a: 1}", ""], []),
        ("number", ["5", "-0.5", "0x1F", ""], ["five", '"5"', "true", "[5]", "1_000"]),
        ("checkbox", ["true", "False", ""], ["yes", "1", '"true"', "[true]"]),
        (
            "date",
            ["2024-01-01", '""', "2024-01-01T10:00", "5 May 2024", ""],
            ["soon", "5", "[2024-01-01]", "true"],
        ),
        ("datetime", ["2024-01-01T10:00", "2024-01-01", ""], ["10:00", "1758654039917"]),
        ("tags", ["[a]", "a", "5"], ["{a: 1}"]),
        ("some-plugin", ["[a]", "{a: 1}", "5"], []),
    ],
)
def test_what_the_app_takes(found: Found, kind: str, fits: list[str], misfits: list[str]) -> None:
    """Only what cannot be of the type is reported; the types of plug-ins are their own affair."""
    for written in fits + misfits:
        lines = found(PropertyType, f"---\nIt: {written}\n---\n", property_types={"it": kind})
        assert (written in misfits) is bool(lines), written


def test_a_zone_is_mentioned(found: Found) -> None:
    """A date and time with a zone is for information."""
    lines = found(PropertyType, "---\nat: 2024-11-10T16:04+02:00\n---\n", property_types={"at": "datetime"})

    assert ["2:5 'at' has a time zone, '+02:00', which the app's editor does not know"] == lines


def test_a_template_waits_to_be_filled_in(found: Found) -> None:
    """A placeholder is of no type yet."""
    types = {"day": "date", "n": "number"}

    assert [] == found(PropertyType, '---\nday: "{{date}}"\nn: <% tp.n %>\n---\n', property_types=types)
    assert [] == found(PropertyType, "---\nn: x\n---\n", "T/a.md", property_types=types, template_folders=("T",))


def test_only_quotes_come_off(fixed: Fixed) -> None:
    """A number or truth value loses its quotes; comments, order and what is in doubt stay."""
    types = {"n": "number", "m": "number", "b": "checkbox", "s": "date"}
    text = "---\nb: 'true' # so\nn: \"5\"\nm: five\ns: soon\n---\n"

    assert "---\nb: true # so\nn: 5\nm: five\ns: soon\n---\n" == fixed(PropertyType, text, property_types=types)


def _schemas(toml: str) -> tuple[object, ...]:
    return tuple(schema_from(table) for table in tomllib.loads(toml)["schema"])


STACKED = _schemas("""
[[schema]]
match = "talks/**"
require = ["title"]
[[schema]]
has = "videoId"
require = ["title", "videoId"]
[schema.properties]
videoId = { type = "text", pattern = "^[A-Za-z0-9_-]{11}$" }
day = "date"
""")


def test_schemas_stack_and_say_things_once(found: Found) -> None:
    """Every schema that is for the note holds; two that miss the same property are one finding."""
    text = "---\nvideoId: short\n---\n"

    assert [
        "1:1 the property 'title' is missing",
        "2:10 'videoId' is 'short', which does not have the form '^[A-Za-z0-9_-]{11}$'",
    ] == found(PropertySchema, text, "talks/a.md", schemas=STACKED)


def test_a_schema_is_for_its_notes_alone(found: Found) -> None:
    """A note that no schema is for is not judged, nor a template, nor properties that can't be read."""
    assert [] == found(PropertySchema, "Text\n", "a.md", schemas=STACKED)
    assert [] == found(PropertySchema, "", "talks/a.md", schemas=STACKED, template_folders=("talks",))
    assert [] == found(PropertySchema, "---\na: b: c\n---\n", "talks/a.md", schemas=STACKED)


def test_what_other_rules_say_is_left_to_them(found: Found) -> None:
    """A date that does not exist is for date-invalid, a bare link for unquoted-property-link, where they run."""
    schemas = _schemas("[[schema]]\n[schema.properties]\nday = 'date'\nup = 'link'")
    text = "---\nday: 2024-13-40\nup: [[Home]]\n---\n"

    others = frozenset({"date-invalid", "unquoted-property-link"})
    assert [] == found(PropertySchema, text, schemas=schemas, rules=others)
    assert 2 == len(found(PropertySchema, text, schemas=schemas))


def test_doubtful_values_are_suggestions(fixed: Fixed) -> None:
    """What may mean something else is changed only when somebody asks for it."""
    schemas = _schemas("[[schema]]\n[schema.properties]\nkind = { values = ['soup'] }\ncount = 'number'")
    text = "---\nkind: soop\ncount: '3'\n---\n"

    assert "---\nkind: soop\ncount: 3\n---\n" == fixed(PropertySchema, text, schemas=schemas)
    assert "---\nkind: soup\ncount: 3\n---\n" == fixed(
        PropertySchema, text, schemas=schemas, at_least=Applicability.SUGGESTION
    )
