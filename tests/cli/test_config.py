"""`vaultlint config`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Lint = Callable[..., Any]
Build = Callable[..., Path]

CONFIG = """\
packs = ["recommended"]
exclude = ["Templates/**"]

[[schema]]
name = "paper"
match = "papers/**"

[[schema]]
name = "speaker"
linked-from = "paper.by"
"""


@pytest.fixture
def papers(vault: Build) -> Path:
    return vault(
        {
            "papers/Soup.md": "---\nby: x\n---\n",
            "Templates/Paper.md": "",
            "Old/a.md": "",
            ".obsidian/app.json": '{"userIgnoreFilters": ["Old/", 5]}',
            "vaultlint.toml": CONFIG,
        }
    )


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_settings_of_a_vault(papers: Path, lint: Lint) -> None:
    outcome = lint("config")

    assert (0, "") == (outcome.status, outcome.err)
    found = lines(outcome.out)
    assert f"Settings for {papers}" == found[0]
    assert "exclude Templates/** vaultlint.toml:2" in found
    assert "unresolved-link warning pack 'recommended'" in found
    assert "vaultlint.toml:4 paper, for papers/**" in found


def test_the_settings_of_a_note_tell_its_schemas(papers: Path, lint: Lint) -> None:
    found = lines(lint("config", "papers/Soup.md").out)

    assert "the note is judged" in found
    assert "vaultlint.toml:4 for this note paper, for papers/**" in found
    assert "vaultlint.toml:8 for it if such a note links here speaker, for notes linked from paper.by" in found


def test_a_note_that_is_not_judged_says_why(papers: Path, lint: Lint) -> None:
    """The config's own globs, and the app's excluded files."""
    by_config, by_app = lines(lint("config", "Templates/Paper.md").out), lines(lint("config", "Old/a.md").out)

    assert "the note is not judged, but may be linked to" in by_config
    assert "Templates/** vaultlint.toml:2" in by_config
    assert "Old/ excluded files of the app, in .obsidian/app.json" in by_app


def test_a_note_that_is_not_there_yet_has_settings_too(papers: Path, lint: Lint) -> None:
    outcome = lint("config", "papers/New.md")

    assert 0 == outcome.status
    assert "there is no such note yet" in outcome.out


def test_json(papers: Path, lint: Lint) -> None:
    report = json.loads(lint("config", "papers/Soup.md", "--output-format", "json").out)

    assert (1, "papers/Soup.md", ["vaultlint.toml"]) == (report["version"], report["path"], report["config"])
    assert {"severity": "warning", "from": "pack 'recommended'", "options": {}} == report["rules"]["unresolved-link"]
    assert ["yes", "by links"] == [one["applies"] for one in report["schemas"]]


def test_the_json_schema_of_the_config(papers: Path, lint: Lint) -> None:
    schema = json.loads(lint("config", "--json-schema").out)

    assert "unresolved-link" in schema["properties"]["rules"]["properties"]


def test_a_wrong_config_is_told_as_ever(vault: Build, lint: Lint) -> None:
    vault({"vaultlint.toml": "exlude = []"})

    outcome = lint("config")

    assert 2 == outcome.status
    assert "vaultlint.toml:1: unknown key 'exlude'; did you mean 'exclude'?" in outcome.err


def test_nothing_of_a_strangers_config_steers_the_terminal(vault: Build, lint: Lint) -> None:
    vault({"vaultlint.toml": 'exclude = ["\\u001b[31m\\u202e/**"]\n[[schema]]\nname = "\\u001b[2J"\n'})

    out = lint("config").out

    assert "\x1b" not in out
    assert "\u202e" not in out


def test_what_a_note_is(vault: Build, lint: Lint) -> None:
    """A template, a note of a plug-in and a property that switches rules off are told."""
    board = "---\nkanban-plugin: board\nvaultlint-disable: [alias-spacing, no-such]\n---\n"
    vault({"T/Board.md": board, "Plain.md": "", ".obsidian/templates.json": '{"folder": "T"}'})

    told = lint("config", "T/Board.md").out

    assert [
        "it is a template: many rules do not speak of it",
        "it is owned by a plug-in: rules about its form do not speak of it",
        "its property 'vaultlint-disable' switches off alias-spacing, no-such",
    ] == lines(told.partition("the note is judged\n")[2])[:3]
    assert "it is" not in lint("config", "Plain.md").out


def test_which_properties_tell_notes_of_plug_ins(vault: Build, lint: Lint) -> None:
    """Those that the config names, with the line."""
    vault({"vaultlint.toml": 'plugin-properties = ["mine-plugin", "other"]\n'})

    assert "plugin-properties mine-plugin, other vaultlint.toml:1" in lines(lint("config").out)
    told = json.loads(lint("config", "--output-format", "json").out)
    assert {"value": ["mine-plugin", "other"], "from": "vaultlint.toml:1"} == told["plugin_properties"]
