"""`--fix`, `--diff` and standard input."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Lint = Callable[..., Any]
Build = Callable[..., Path]

PLAN = "Read [[Budget | money]].\r\nThen [[Recipies]]."
SPACED = "alias-spacing"


@pytest.fixture
def files() -> dict[str, str]:
    """A vault whose config wants tight bars: one fix is safe, one not."""
    return {"Plan.md": PLAN, "Budget.md": "Money.\n", "Recipes.md": "Soup.\n", "vaultlint.toml": CONFIG}


CONFIG = 'packs = ["recommended"]\n[rules]\nalias-spacing = { severity = "warning", style = "none" }\n'


def test_fix_mends_what_is_safe_and_tells_what_is_left(files: dict[str, str], vault: Build, lint: Lint) -> None:
    """The note is mended, what is left is reported, and the old text is kept."""
    root = vault(files)

    outcome = lint("--fix", "--fail-on", "warning")

    assert b"Read [[Budget|money]].\r\nThen [[Recipies]]." == (root / "Plan.md").read_bytes()
    lines = outcome.out.splitlines()
    assert (1, "Plan.md:2:8 warning unresolved-link no file named 'Recipies'") == (outcome.status, lines[0])
    assert "Fixed 1 finding in 1 note." in lines
    assert lines[-1].startswith("Left 1 (1 warning)")
    assert [line for line in lines if re.fullmatch("`vaultlint undo [a-z0-9]{5}` takes this back.", line)]


def test_fix_twice_changes_nothing_more(files: dict[str, str], vault: Build, lint: Lint) -> None:
    """After a fix there is nothing to fix."""
    vault(files)
    lint("--fix")

    assert "Nothing to fix." in lint("--fix").out.splitlines()
    assert (0, "") == lint("--diff")[:2]


def test_diff_writes_nothing(files: dict[str, str], vault: Build, lint: Lint) -> None:
    """Status 1 and a patch on standard output where something would change; the note stays as it is."""
    root = vault(files)

    outcome = lint("--diff")

    assert 1 == outcome.status
    assert outcome.out.startswith("diff --git a/Plan.md b/Plan.md\n")
    assert "Would fix 1 finding in 1 note.\n" == outcome.err
    assert PLAN.encode() == (root / "Plan.md").read_bytes()


def test_a_patch_applies_where_it_was_asked_for(
    files: dict[str, str], vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder above, the patch names the vault's folder; from elsewhere, its notes alone."""
    root = vault(files)
    monkeypatch.chdir(root.parent)
    assert lint("--diff", "Vault").out.startswith("diff --git a/Vault/Plan.md b/Vault/Plan.md\n")

    (root.parent / "elsewhere").mkdir()
    monkeypatch.chdir(root.parent / "elsewhere")
    assert lint("--diff", root).out.startswith("diff --git a/Plan.md b/Plan.md\n")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("unsafe", [[], ["--unsafe-fixes"]])
def test_the_patch_is_what_fix_does(unsafe: list[str], files: dict[str, str], vault: Build, lint: Lint) -> None:
    """What git makes of the patch is what `--fix` writes, byte for byte."""
    root = vault(files)
    copy = root.parent / "Copy"
    shutil.copytree(root, copy)
    patch = lint("--diff", *unsafe).out
    lint("--fix", *unsafe)

    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=copy, input=patch.encode(), check=True)

    assert (root / "Plan.md").read_bytes() == (copy / "Plan.md").read_bytes()
    assert PLAN.encode() != (copy / "Plan.md").read_bytes()


def test_json_counts_what_was_fixed(files: dict[str, str], vault: Build, lint: Lint) -> None:
    """The summary of a run with `--fix` has what it mended and what is left."""
    vault(files)

    summary = json.loads(lint("--fix", "--output-format", "json").out)["summary"]

    assert [1, 1] == [summary["fixed"], summary["diagnostics"]]


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let standard input be these bytes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(files: dict[str, str], vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an editor has not saved is judged as that note of the vault."""
    vault(files)
    give(monkeypatch, b"[[Budget]] [[Nowhere]]\n")

    outcome = lint("--stdin-filename", "Plan.md", "--output-format", "concise", "--quiet")

    assert "Plan.md:1:14 warning unresolved-link no file named 'Nowhere'\n" == outcome.out


def test_standard_input_of_a_note_to_be(
    files: dict[str, str], vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note need not exist yet; its frame comes from what was given."""
    vault(files)
    give(monkeypatch, b"See [[Nowhere]]\n")

    lines = lint("--stdin-filename", "New.md").out.splitlines()

    assert [" 1 | See [[Nowhere]]", "   |       ^^^^^^^"] == lines[1:3]


def test_fix_of_standard_input_prints_the_note(
    files: dict[str, str], vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mended text alone is on standard output, what is left on standard error, and no file changes."""
    root = vault(files)
    give(monkeypatch, PLAN.encode())

    outcome = lint("--stdin-filename", "Plan.md", "--fix")

    assert "Read [[Budget|money]].\r\nThen [[Recipies]]." == outcome.out
    assert "no file named 'Recipies'" in outcome.err
    assert PLAN.encode() == (root / "Plan.md").read_bytes()


def test_standard_input_that_is_no_text(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no UTF-8 are named with their place."""
    vault({})
    give(monkeypatch, b"ok\ncaf\xe9\n")

    outcome = lint("--stdin-filename", "Plan.md")

    assert (2, "") == (outcome.status, outcome.out)
    assert "standard input, line 2, column 4" in outcome.err


def test_debug_tells_what_the_proof_of_each_note_took(files: dict[str, str], vault: Build, lint: Lint) -> None:
    """Only notes that change are proved; standard error has each with its time."""
    vault(files)

    lines = [line for line in lint("--fix", "--debug").err.splitlines() if "proved" in line]

    assert 1 == len(lines)
    assert re.fullmatch(r"vaultlint: proved in [\d.]+ ms: Plan.md", lines[0])
