"""Where each setting comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.explained import Explained, excluded_by, explain_settings
from vaultlint.config.settings import resolve_settings
from vaultlint.rule.registry import installed_rules

Explain = Callable[..., Explained]


@pytest.fixture
def explain(tmp_path: Path) -> Explain:
    """What is in force for a note, or without one for the vault, under configs: file name -> text."""

    def run(path: str | None = None, files: dict[str, str] | None = None, **flags: Any) -> Explained:
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        resolved = resolve_settings(tmp_path, installed_rules(), **flags)
        return explain_settings(resolved, path, flags.get("ignore", ()))

    return run


def rule(explained: Explained, name: str) -> tuple[str, str]:
    return next((one.severity, one.place) for one in explained.rules if one.name == name)


def test_without_a_config_packs_and_defaults_speak(explain: Explain) -> None:
    found = explain()

    assert () == found.files
    assert [("recommended", "default")] == [(one.value, one.place) for one in found.packs]
    assert ("warning", "pack 'recommended'") == rule(found, "unresolved-link")
    assert ("off", "no pack or config turns it on") == rule(found, "video-id")
    assert ("error", "default") == rule(found, "rule-crashed")
    assert ("error", "default") == (found.fail_on.value, found.fail_on.place)


def test_a_config_names_file_and_line(explain: Explain) -> None:
    """The level and each option may come from different files; a base is told as the config that it is."""
    found = explain(
        files={
            "base.toml": "fail-on = 'info'\n[rules]\ntimestamp-order = { scope = 'note' }\nempty-alias = 'off'\n",
            "vaultlint.toml": "extend = 'base.toml'\npacks = ['recommended']\n\n[rules]\ntimestamp-order = 'info'\n",
        }
    )

    assert ("base.toml", "vaultlint.toml") == found.files
    assert [("recommended", "vaultlint.toml:2")] == [(one.value, one.place) for one in found.packs]
    assert ("info", "vaultlint.toml:5") == rule(found, "timestamp-order")
    options = next(one.options for one in found.rules if one.name == "timestamp-order")
    assert [("scope", "note", "base.toml:3")] == [(key, said.value, said.place) for key, said in options.items()]
    assert ("off", "base.toml:4") == rule(found, "empty-alias")
    assert ("info", "base.toml:1") == (found.fail_on.value, found.fail_on.place)


def test_options_alone_leave_the_level_where_it_was_said(explain: Explain) -> None:
    found = explain(
        files={"vaultlint.toml": "[rules]\ndate-order = { skew = 5 }\nalias-spacing = { style = 'none' }\n"}
    )

    assert ("error", "pack 'recommended'") == rule(found, "date-order")
    assert ("info", "vaultlint.toml:3") == rule(found, "alias-spacing")


OVERRIDES = """
[[override]]
match = ["Journal/**", "Daily/**"]
rules = { unresolved-link = "off", redundant-alias = "error", rule-crashed = "off" }

[[override]]
match = "Journal/2024/**"
rules = { unresolved-link = "info" }
"""


def test_the_last_override_that_matches_has_the_word(explain: Explain) -> None:
    config = {"vaultlint.toml": OVERRIDES}
    first, second = explain("Daily/a.md", config), explain("Journal/2024/a.md", config)

    assert ("off", "vaultlint.toml:4, for 'Daily/**'") == rule(first, "unresolved-link")
    assert ("error", "vaultlint.toml:4, for 'Daily/**'") == rule(first, "redundant-alias")
    assert ("info", "vaultlint.toml:8, for 'Journal/2024/**'") == rule(second, "unresolved-link")
    assert ("warning", "pack 'recommended'") == rule(explain("Home.md", config), "unresolved-link")
    assert ("off", "no pack or config turns it on") == rule(explain("Home.md", config), "redundant-alias")
    assert ("error", "default") == rule(first, "rule-crashed")  # what the engine finds is the same everywhere


def test_it_agrees_with_the_settings_that_a_run_obeys(tmp_path: Path) -> None:
    """For each rule and note, severity and whether it is on are those of `Settings.setting`."""
    (tmp_path / "vaultlint.toml").write_text(OVERRIDES, encoding="utf-8")
    resolved = resolve_settings(tmp_path, installed_rules(), ignore=("links",), extend_select=("video-notes",))

    for path in ("Home.md", "Daily/a.md", "Journal/2024/a.md"):
        explained = explain_settings(resolved, path, ("links",))
        for name in installed_rules():
            setting = resolved.settings.setting(name, path)
            assert (str(setting.severity) if setting else "off") == rule(explained, name)[0], (path, name)


def test_flags_are_named(explain: Explain) -> None:
    assert ("off", "--ignore") == rule(explain(ignore=("unresolved-link",)), "unresolved-link")
    assert ("off", "--select") == rule(explain(select=("dates",)), "unresolved-link")
    assert ("error", "--select video-id") == rule(explain(extend_select=("video-id",)), "video-id")


def test_what_excludes_a_note_is_named(explain: Explain) -> None:
    found = explain("T/a.md", {"vaultlint.toml": "exclude = [\n  'T',\n  '*.md',\n]\n"})

    assert [("T", "vaultlint.toml:1")] == [(one.value, one.place) for one in excluded_by(found, "T/a.md")]
