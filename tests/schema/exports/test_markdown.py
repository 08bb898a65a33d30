"""Schemas as a page for people."""

from __future__ import annotations

import tomllib

from vaultlint.note.note import parse_note
from vaultlint.schema.exports.markdown import to_markdown
from vaultlint.schema.model import Schema
from vaultlint.schema.read import schema_from
from vaultlint.schema.title import titles_of


def page(toml: str) -> str:
    schemas: list[Schema] = [schema_from(table) for table in tomllib.loads(toml)["schema"]]
    return to_markdown(zip(titles_of(schemas), schemas, strict=True))


def test_a_table_for_each_schema() -> None:
    text = page(
        "[[schema]]\nname = 'paper'\nmatch = 'papers/**'\nrequire = ['title', 'source']\nforbid = ['tag']\n"
        "unknown = 'deny'\nrelations = ['created <= modified']\n[schema.properties]\ntitle = 'text'\n"
        "status = { values = ['todo', true], default = 'todo' }\n"
        "authors = { type = 'list', items = { type = 'link', folder = 'People' }, min-length = 1 }\n"
        "[[schema]]\ntag = 'talk'\n"
    )

    assert [
        "# Properties",
        "",
        "## paper",
        "",
        r"For papers/\*\*.",
        "",
        "| Property | Type | Required | Allowed | Default | Meaning |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `title` | text | yes |  |  |  |",
        "| `status` | any |  | `todo`, `true` | `todo` |  |",
        "| `authors` | list of link |  | from 1 items |  | links into People |",
        "| `source` | any | yes |  |  |  |",
        "",
        "Must not be there: `tag`.",
        "",
        "No other properties.",
        "",
        "- `created <= modified`",
        "",
        r"## notes with \#talk",
    ] == text.splitlines()


def test_nothing_in_a_schema_is_markup_of_the_page() -> None:
    """Bars, backticks, links and tags in names and values stay words of their cell."""
    note = parse_note(
        page(
            '[[schema]]\nname = "[[x]] #y"\n[schema.properties]\n"a|b`c" = { pattern = "^`|[[z]]$", default = "`#t" }\n'
        )
    )

    assert [] == [link.path for link in note.wikilinks]
    assert [] == [tag.name for tag in note.tags]
    rows = [line for line in note.text.splitlines() if "a\\|b" in line]
    assert ["| ``a\\|b`c`` | any |  | matches ``^`\\|[[z]]$`` | `` `#t `` |  |"] == rows


def test_schemas_without_names_are_called_by_their_notes() -> None:
    text = page("[[schema]]\nmatch = 'a/*'\n[[schema]]\nmatch = 'a/*'\n[[schema]]\n")

    assert [r"## a/\*", r"## a/\* (2)", "## all notes"] == [
        line for line in text.splitlines() if line.startswith("## ")
    ]
