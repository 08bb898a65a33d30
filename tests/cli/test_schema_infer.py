"""`vaultlint schema infer`: schemas for the config, on standard output."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

Build = Callable[[Mapping[str, str | bytes]], Path]
Lint = Callable[..., tuple[int, str, str]]

NOTES = {f"Papers/{number}.md": "---\ntitle: t\nyear: 2020\n---\n" for number in range(12)} | {
    f"Talks/{number}.md": "---\nspeaker: s\nheld: 2024-01-05\n---\n" for number in range(12)
}


def test_the_schemas_of_a_vault_are_printed_as_toml(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    status, out, err = lint("schema", "infer")

    assert (0, "") == (status, err)
    assert ["Papers/**", "Talks/**"] == [table["match"] for table in tomllib.loads(out)["schema"]]


def test_a_folder_s_schemas_are_of_its_own_notes(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    _, out, _ = lint("schema", "infer", "Talks")

    assert out == (
        "# 12 notes\n"
        "[[schema]]\n"
        'match = "Talks/**"\n'
        "require = [\n"
        '  "speaker",  # 12 of 12 notes\n'
        '  "held",     # 12 of 12 notes\n'
        "]\n"
        "[schema.properties]\n"
        'speaker = "text"\n'
        'held = "date"\n'
    )


def test_where_nothing_is_in_common_that_is_said(vault: Build, lint: Lint) -> None:
    root = vault({"A/1.md": "---\ntitle: t\n---\n"})

    status, out, err = lint("schema", "infer", "A")

    assert (0, "") == (status, out)
    assert f"vaultlint: no schema shows in {root / 'A'} (1 note): it takes 10 notes with the same properties\n" == err


def test_notes_that_the_config_excludes_tell_nothing(vault: Build, lint: Lint) -> None:
    vault(NOTES | {"vaultlint.toml": 'exclude = ["Talks/**"]\n'})

    _, out, _ = lint("schema", "infer")

    assert ["Papers/**"] == [table["match"] for table in tomllib.loads(out)["schema"]]


def test_a_note_or_nothing_is_no_folder(vault: Build, lint: Lint) -> None:
    vault(NOTES)

    assert [2, 2] == [lint("schema", "infer", name)[0] for name in ("Talks/1.md", "Nowhere")]
