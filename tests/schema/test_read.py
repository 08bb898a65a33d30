"""What a person writes under `[[schema]]`, and what they are told where it is wrong."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Callable

import pytest

from vaultlint.schema.model import PropertyType, Schema, SchemaError, Selector
from vaultlint.schema.read import schema_from


def test_every_key_is_read(schema: Callable[[str], Schema]) -> None:
    """One table holds conditions and what is asked; a single text stands for a list of one."""
    found = schema(
        """
        match = "videos/**"
        tag = ["#talk", "video"]
        has = "videoId"
        where = { type = ["talk", "panel"], year = 2024 }
        any = [{ has = "videoId" }, { first-line = "^From: ", timestamps = true }]
        require = ["title"]
        forbid = "draft"
        [properties]
        title = "text"
        rating = { type = "number", min = 1, max = 5 }
        guests = { type = "list", items = { type = "link", folder = "people/" } }
        state = { values = ["open", "done"], default = "open" }
        """
    )

    expected = Schema(
        selector=Selector(
            match=("videos/**",),
            tag=("talk", "video"),
            has=("videoId",),
            where=(("type", ("talk", "panel")), ("year", (2024,))),
            any=(Selector(has=("videoId",)), Selector(first_line="^From: ", timestamps=True)),
        ),
        require=("title",),
        forbid=("draft",),
        properties={
            "title": PropertyType("text"),
            "rating": PropertyType("number", min=1, max=5),
            "guests": PropertyType("list", items=PropertyType("link", folder="people")),
            "state": PropertyType(values=("open", "done"), default="open"),
        },
    )
    assert expected == found


def test_dates_of_toml_are_text() -> None:
    """A date that TOML reads as a date is the text that a note would have."""
    found = schema_from(tomllib.loads("[properties]\nday = { type = 'date', min = 2024-03-31 }"))

    assert "2024-03-31" == found.properties["day"].min


def test_a_schema_travels_to_workers(schema: Callable[[str], Schema]) -> None:
    """A schema is a plain value, equal to itself on the other side."""
    found = schema("match = 'a/**'\n[properties]\nid = { pattern = '^x' }")

    assert found == pickle.loads(pickle.dumps(found))


@pytest.mark.parametrize(
    ("toml", "key", "message", "hint"),
    [
        ("requires = ['title']", "requires", "there is no key 'requires' here", "did you mean 'require'?"),
        (
            "[properties]\nlength = 'durations'",
            "properties.length",
            "there is no type 'durations'",
            "did you mean 'duration'?",
        ),
        (
            "[properties.done]\ntype = 'boolean'",
            "properties.done.type",
            "there is no type 'boolean'",
            "did you mean 'checkbox'?",
        ),
        (
            "[properties.done]\npatern = 'x'",
            "properties.done.patern",
            "there is no key 'patern' here",
            "did you mean 'pattern'?",
        ),
        (
            "[properties.a]\ntype = 'list'\nitems = 'lnk'",
            "properties.a.items",
            "there is no type 'lnk'",
            "did you mean 'link'?",
        ),
        ("any = [{ hass = 'x' }]", "any.0.hass", "there is no key 'hass' here", "did you mean 'has'?"),
        (
            "[properties.n]\ntype = 'integer'\nmin = 1" + "0" * 400,
            "properties.n.min",
            f"'1{'0' * 58}…' is no integer",
            None,
        ),
        (
            "[properties.n]\ntype = 'integer'\nmax = 5\ndefault = 1" + "0" * 400,
            "properties.n.default",
            f"'1{'0' * 58}…' is out of the range",
            None,
        ),
        (
            "[properties.t]\ntype = 'text'\nmin-length = 1" + "0" * 40,
            "properties.t.min-length",
            "is more than any note could hold",
            None,
        ),
        ("match = []", "match", "names nothing: leave it out, or name some", None),
        ("where = {}", "where", "names nothing: leave it out, or name some", None),
        ("any = []", "any", "names nothing: leave it out, or name some", None),
        ("[properties.n]\ntype = 'number'\ndefault = [1]", "properties.n.default", "a list is no number", None),
        (
            "[properties.d]\ntype = 'date'\nformat = 'yyyy-mm-dd'",
            "properties.d.format",
            "'yyyy-mm-dd' tells no day; did you mean 'YYYY-MM-DD'?",
            None,
        ),
        ("require = [1]", "require", "must be a text or a list of texts, none of them empty", None),
        ("timestamps = 'yes'", "timestamps", "must be true or false", None),
        ("properties = 'text'", "properties", "must be a table", None),
        ("[properties.n]\ntype = 'number'\nmin = 'low'", "properties.n.min", "'low' is no number", None),
        (
            "[properties.t]\ntype = 'text'\nfolder = 'x'",
            "properties.t.folder",
            "'folder' goes with the type 'link' only",
            None,
        ),
        (
            "[properties.t]\npattern = '(a)\\1'",
            "properties.t.pattern",
            "is no regular expression: backreferences are not supported",
            None,
        ),
    ],
)
def test_what_is_wrong_is_named(toml: str, key: str, message: str, hint: str | None) -> None:
    """An error has the dotted key, says what is wrong, and knows the nearest right word."""
    with pytest.raises(SchemaError) as caught:
        schema_from(tomllib.loads(toml))

    assert (key, message, hint) == (caught.value.key, caught.value.message, caught.value.hint)
