"""`vaultlint schema`: check, export, import."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine.journal import Journal

Lint = Callable[..., Any]
Build = Callable[..., Path]

CONFIG = """\
[[schema]]
name = "paper"
match = "papers/**"
require = ["title"]
unknown = "deny"
[schema.properties]
title = "text"
year = "integer"

[[schema]]
match = "talks/**"
properties = { year = "text", done = "checkbox" }
"""
NOTES = {"papers/Soup.md": "---\nyear: soon\nother: 1\n---\n[[Nowhere]]\n", "vaultlint.toml": CONFIG}
TYPES = '{\n  "types": {\n    "aliases": "aliases",\n    "done": "text"\n  }\n}'
links = pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right on Windows")


# schema check


def test_check_runs_the_rules_about_schemas_alone(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    outcome = lint("schema", "check", "--output-format", "json")

    assert 1 == outcome.status
    found = [row["rule"] for row in json.loads(outcome.out)["diagnostics"]]
    assert {"property-schema", "unknown-property"} == set(found)


def test_check_leaves_off_what_the_config_turns_off(vault: Build, lint: Lint) -> None:
    vault(NOTES | {"vaultlint.toml": "[rules]\nunknown-property = 'off'\n" + CONFIG})

    assert "unknown-property" not in lint("schema", "check").out


def test_check_says_where_there_is_no_schema(vault: Build, lint: Lint) -> None:
    root = vault({"Home.md": ""})

    outcome = lint("schema", "check")

    assert 0 == outcome.status
    assert f"there is no [[schema]] in the config of {root}" in outcome.err
    assert "" == lint("schema", "check", "--quiet").err


def test_check_takes_the_words_of_check_but_those_that_choose_rules(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    assert "Found" in lint("schema", "check", "papers", "--fail-on", "never").out
    assert 2 == lint("schema", "check", "--select", "links").status


@pytest.mark.parametrize("words", [("schema",), ("schema", "--help"), ("schema", "chek"), ("schema", "export")])
def test_other_words_are_told_what_there_is(words: tuple[str, ...], lint: Lint) -> None:
    outcome = lint(*words)

    assert (0 if "--help" in words else 2) == outcome.status
    assert "schema" in outcome.out + outcome.err


# schema export


def test_export_of_one_and_of_all(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    one = json.loads(lint("schema", "export", "--to", "json-schema", "paper").out)
    all_of_them = json.loads(lint("schema", "export", "--to", "json-schema").out)

    assert ("paper", ["title"]) == (one["title"], one["required"])
    assert ["paper", "talks/**"] == list(all_of_them["$defs"])
    assert "## talks/\\*\\*" in lint("schema", "export", "--to", "markdown", "talks/**").out


def test_export_to_a_new_file(vault: Build, lint: Lint) -> None:
    root = vault(NOTES)

    assert 0 == lint("schema", "export", "--to", "markdown", "--output", "Properties.md").status
    written = (root / "Properties.md").read_text(encoding="utf-8")
    again = lint("schema", "export", "--to", "json-schema", "--output", "Properties.md")

    assert (2, True) == (again.status, "there is a file 'Properties.md' already" in again.err)
    assert written.startswith("# Properties\n")
    assert written == (root / "Properties.md").read_text(encoding="utf-8")


def test_export_of_a_schema_that_is_not_there(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    outcome = lint("schema", "export", "--to", "json-schema", "papr")

    assert (2, True) == (outcome.status, "no schema 'papr'; did you mean 'paper'?" in outcome.err)


# schema export --to types-json


def test_types_are_shown_first(vault: Build, lint: Lint) -> None:
    """Without --yes, nothing is written, and nothing is asked."""
    root = vault(NOTES | {".obsidian/types.json": TYPES})

    outcome = lint("schema", "export", "--to", "types-json")

    assert 1 == outcome.status
    assert '+    "title": "text",' in outcome.out
    assert "'done' stays text in the app, the schema has checkbox: --force changes it" in outcome.err
    assert "'year' is number in the schema 'paper' and text in 'talks/**'" in outcome.err
    assert TYPES == (root / ".obsidian/types.json").read_text(encoding="utf-8")


def test_types_are_written_and_taken_back(vault: Build, lint: Lint) -> None:
    root = vault(NOTES | {".obsidian/types.json": TYPES})
    file = root / ".obsidian/types.json"

    wrote = lint("schema", "export", "--to", "types-json", "--yes", "--force")
    types = json.loads(file.read_text(encoding="utf-8"))["types"]
    listed = lint("undo", "--list").out
    undone = lint("undo")

    assert 0 == wrote.status
    assert {"aliases": "aliases", "done": "checkbox", "title": "text", "year": "number"} == types
    assert "1 file  `schema export --to types-json`" in listed
    assert "Brought back 1 file in" in undone.out
    assert TYPES == file.read_text(encoding="utf-8")
    assert "Nothing to change" not in lint("schema", "export", "--to", "types-json").out


def test_types_where_there_were_none(vault: Build, lint: Lint) -> None:
    """The config folder may bear another name; taking back removes the file that was made."""
    root = vault(NOTES)
    (root / ".obsidian").rename(root / ".app")
    (root / ".app/app.json").write_text("{}", encoding="utf-8")

    assert 0 == lint("schema", "export", "--to", "types-json", "--yes", "--vault", ".").status
    assert "title" in json.loads((root / ".app/types.json").read_text(encoding="utf-8"))["types"]
    assert "Nothing to change" in lint("schema", "export", "--to", "types-json", "--yes", "--vault", ".").out
    assert 0 == lint("undo", "--vault", ".").status
    assert not (root / ".app/types.json").exists()


@pytest.mark.parametrize("text", [b"{", b"[]", b'{"types": 5}', b"\xff"])
def test_broken_types_are_left_as_they_are(text: bytes, vault: Build, lint: Lint) -> None:
    root = vault(NOTES | {".obsidian/types.json": text})

    outcome = lint("schema", "export", "--to", "types-json", "--yes", "--force")

    assert (2, True) == (outcome.status, "was left as it was" in outcome.err)
    assert text == (root / ".obsidian/types.json").read_bytes()
    assert not Journal.of(root).exists


@links
@pytest.mark.parametrize("what", ["file", "folder"])
def test_nothing_is_written_through_a_link(what: str, vault: Build, lint: Lint, tmp_path: Path) -> None:
    root = vault(NOTES)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "types.json").write_text(TYPES, encoding="utf-8")
    if what == "file":
        (root / ".obsidian/types.json").symlink_to(outside / "types.json")
    else:
        (root / ".obsidian").rmdir()
        (root / ".obsidian").symlink_to(outside, target_is_directory=True)

    outcome = lint("schema", "export", "--to", "types-json", "--yes", "--force")

    assert (2, True) == (outcome.status, "symbolic link" in outcome.err)
    assert TYPES == (outside / "types.json").read_text(encoding="utf-8")


@links
def test_a_link_inside_the_vault_is_not_written_through_either(vault: Build, lint: Lint) -> None:
    root = vault(NOTES | {"real.json": TYPES})
    (root / ".obsidian/types.json").symlink_to(root / "real.json")

    outcome = lint("schema", "export", "--to", "types-json", "--yes")

    assert 2 == outcome.status
    assert TYPES == (root / "real.json").read_text(encoding="utf-8")


# schema import


PROPSEC = json.dumps(
    {"schemaMappings": [{"name": "Book", "query": "#book", "fields": [{"name": "n", "type": "number"}]}]}
)
MENU = {
    ".obsidian/plugins/metadata-menu/data.json": '{"classFilesPath": "Classes/"}',
    "Classes/Book.md": "---\nfields:\n- {name: rating, type: Number}\n---\n",
    "Classes/in/Film.md": "---\nextends: Book\nfields: []\n---\n",
    "Home.md": "",
}


def test_import_from_propsec(vault: Build, lint: Lint) -> None:
    """From the plug-in's settings in the vault, or from a file that is named."""
    root = vault({".obsidian/plugins/propsec/data.json": PROPSEC, "other.json": PROPSEC})

    outcome = lint("schema", "import", "--from", "propsec")

    assert [{"name": "Book", "tag": "book", "unknown": "warn", "properties": {"n": "number"}}] == (
        tomllib.loads(outcome.out)["schema"]
    )
    assert outcome.out == lint("schema", "import", "--from", "propsec", root / "other.json").out


def test_import_from_metadata_menu(vault: Build, lint: Lint) -> None:
    """The folder that the plug-in has, a folder that is named, or one fileClass with what it inherits."""
    vault(MENU)

    found = tomllib.loads(lint("schema", "import", "--from", "metadata-menu").out)["schema"]
    one = tomllib.loads(lint("schema", "import", "--from", "metadata-menu", "Classes/in/Film.md").out)["schema"]
    folder = tomllib.loads(lint("schema", "import", "--from", "metadata-menu", "Classes").out)["schema"]

    assert [{"rating": "number"}] * 2 == [each["properties"] for each in found]
    assert ["Book", "in/Film"] == [each["name"] for each in found] == [each["name"] for each in folder]
    assert [("Film", {"fileClass": "Film"})] == [(each["name"], each["where"]) for each in one]


def test_import_writes_new_files_alone(vault: Build, lint: Lint) -> None:
    root = vault({".obsidian/plugins/propsec/data.json": PROPSEC, "vaultlint.toml": "exclude = []\n"})

    refused = lint("schema", "import", "--from", "propsec", "--output", "vaultlint.toml")
    wrote = lint("schema", "import", "--from", "propsec", "--output", "schemas.toml")

    assert (2, "exclude = []\n") == (refused.status, (root / "vaultlint.toml").read_text(encoding="utf-8"))
    assert (0, "Wrote 1 schema to schemas.toml.\n") == (wrote.status, wrote.out)


def test_what_is_imported_is_a_config(vault: Build, lint: Lint) -> None:
    root = vault(MENU)
    (root / "vaultlint.toml").write_text(lint("schema", "import", "--from", "metadata-menu").out, encoding="utf-8")
    (root / "Dune.md").write_text("---\nfileClass: Book\nrating: good\n---\n", encoding="utf-8")

    outcome = lint("schema", "check")

    assert "'rating' should be a number, but is the text 'good'" in outcome.out


@pytest.mark.parametrize(
    ("files", "words", "said"),
    [
        ({}, ("propsec",), "there is no '.obsidian/plugins/propsec/data.json'"),
        ({}, ("metadata-menu",), "there is no '.obsidian/plugins/metadata-menu/data.json'"),
        ({}, ("propsec", "gone.json"), "there is no file or folder 'gone.json'"),
        ({".obsidian/plugins/propsec/data.json": "{"}, ("propsec",), "is no valid JSON"),
        ({".obsidian/plugins/propsec/data.json": "[" * 100_000}, ("propsec",), "is no valid JSON"),
        ({".obsidian/plugins/propsec/data.json": "[]"}, ("propsec",), "holds no schemas of Propsec"),
        ({".obsidian/plugins/metadata-menu/data.json": "{}"}, ("metadata-menu",), "name no folder of fileClasses"),
        (
            {".obsidian/plugins/metadata-menu/data.json": '{"classFilesPath": "../"}'},
            ("metadata-menu",),
            "there is no fileClass in '..'",
        ),
    ],
)
def test_where_there_is_nothing_to_import(
    files: dict[str, str], words: tuple[str, ...], said: str, vault: Build, lint: Lint
) -> None:
    vault({"Home.md": ""} | files)

    outcome = lint("schema", "import", "--from", *words)

    assert (2, "") == (outcome.status, outcome.out)
    assert said in outcome.err


@links
def test_settings_behind_a_link_out_of_the_vault_are_not_read(vault: Build, lint: Lint, tmp_path: Path) -> None:
    root = vault({".obsidian/plugins/propsec/other": ""})
    (tmp_path / "data.json").write_text(PROPSEC, encoding="utf-8")
    (root / ".obsidian/plugins/propsec/data.json").symlink_to(tmp_path / "data.json")

    outcome = lint("schema", "import", "--from", "propsec")

    assert (2, True) == (outcome.status, "symbolic link out of the vault" in outcome.err)
