"""What must hold on real vaults: no crash, fixes that settle, and nothing lost but what a fix says."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import extractor
import licence
import pytest

EDITS = {"obsidian-help-en": 27, "obsidian-hub": 930, "knowledge-garden": 20, "ctf-notes": 15}
"""Vault -> how many edits its fixes make at the least: none would damage nothing."""
VAULTS = tuple(EDITS)

ROUNDS = 10
"""In more, fixes do not settle."""

LEAST = {"thematic breaks": 10, "math": 1, "yaml comments": 0}
"""What the vaults have little of; of YAML comments they have none."""


RULES = "recommended,video-notes,aliases"
"""What is run on all of the vaults. The rules of layout change nearly every note, and are held to the same by
`benchmarks` and, over notes of the corpora, by their own tests."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The test's own state folder."""
    return {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}


def check(vault: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The real command on a vault."""
    words = [sys.executable, "-m", "vaultlint", "check", *arguments, str(vault)]
    return subprocess.run(words, capture_output=True, check=False, env=environment)


def notes(vault: Path) -> dict[str, bytes]:
    """Every note's bytes."""
    return {str(path.relative_to(vault)): path.read_bytes() for path in sorted(vault.rglob("*.md"))}


@pytest.mark.parametrize("name", VAULTS)
def test_fixes_settle(name: str, corpus: Callable[[str], Path], tmp_path: Path, environment: dict[str, str]) -> None:
    """`--diff` shows every line that `--fix` changes, a second run has nothing to fix, no fix is refused.

    First with safe fixes, then with unsafe ones; every rule on. Undo brings every byte of both runs back.
    """
    vault = tmp_path / "vault"
    shutil.copytree(corpus(name), vault, symlinks=True)
    first, runs = notes(vault), 0
    for unsafe in ([], ["--unsafe-fixes"]):
        before = notes(vault)
        patch = check(vault, environment, "--select", RULES, "--diff", "--quiet", *unsafe)
        assert before == notes(vault)
        fixed = check(vault, environment, "--select", RULES, "--fix", "--quiet", *unsafe, "--output-format", "json")
        assert b"" == patch.stderr + fixed.stderr
        after = notes(vault)
        assert before.keys() == after.keys()
        changed = {path: data for path, data in before.items() if data != after[path]}
        assert {path: after[path] for path in changed} == patched(changed, patch.stdout, tmp_path)
        if changed:  # else the first run was this one
            runs += 1
            patch = check(vault, environment, "--select", RULES, "--diff", "--quiet", *unsafe)
        assert (0, b"") == (patch.returncode, patch.stdout)
        assert not {row["rule"] for row in rows(fixed)} & {"rule-crashed", "fix-refused", "fix-unsettled"}
    for _ in range(runs):
        subprocess.run([sys.executable, "-m", "vaultlint", "undo"], cwd=vault, check=True, env=environment)
    assert runs
    assert first == notes(vault)


def rows(outcome: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    """The findings of a JSON report."""
    found: list[dict[str, Any]] = json.loads(outcome.stdout.decode("utf-8"))["diagnostics"]
    return found


def patched(before: dict[str, bytes], patch: bytes, tmp_path: Path) -> dict[str, bytes]:
    """The notes as git makes them of the patch, which changes no others."""
    folder = tmp_path / "patched"
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in before.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    if patch:
        git = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
        subprocess.run(git, input=patch, cwd=folder, check=True)
    return notes(folder)


@pytest.mark.parametrize("name", VAULTS)
def test_fixes_change_nothing_without_licence(
    name: str, corpus: Callable[[str], Path], tmp_path: Path, environment: dict[str, str]
) -> None:
    """Of all that stands in the notes, `--fix --unsafe-fixes` with these rules changes what its rules say it may.

    The edits are those of the JSON report, made here, round by round; they come to what `--diff` shows.
    """
    vault = tmp_path / "vault"
    shutil.copytree(corpus(name), vault, symlinks=True)
    before = notes(vault)
    patch = check(vault, environment, "--select", RULES, "--diff", "--quiet", "--unsafe-fixes")
    found: Counter[str] = Counter()
    listed: list[tuple[str, dict[str, list[extractor.Difference]]]] = []
    count = 0
    for _ in range(ROUNDS):
        edits = chosen_edits(vault, check(vault, environment, "--select", RULES, "--output-format", "json"))
        if not edits:
            break
        for path, own in edits.items():
            count += len(own)
            text = read(vault / path)
            damage = licence.unlicensed(text, own)
            found.update({kind: sum(map(len, differing)) for kind, differing in damage.items()})
            listed += [(path, damage)] if damage else []
            (vault / path).write_bytes(licence.edited(text, own).encode())
    changed = {path: data for path, data in notes(vault).items() if data != before[path]}

    assert changed == patched({path: before[path] for path in changed}, patch.stdout, tmp_path)
    assert count >= EDITS[name]
    assert dict.fromkeys(extractor.KINDS, 0) == {kind: found[kind] for kind in extractor.KINDS}, listed


def test_there_is_plenty_to_damage(corpus: Callable[[str], Path]) -> None:
    """In every tenth note of the vaults, things of each kind are seen, and most of them by the hundred."""
    paths = (path for name in VAULTS for path in sorted(corpus(name).rglob("*.md"))[::10])
    seen = Counter(thing.kind for path in paths for thing in extractor.extract(extractor.read(path)))

    assert {} == {kind: seen[kind] for kind in extractor.KINDS if seen[kind] < LEAST.get(kind, 100)}


def chosen_edits(vault: Path, outcome: subprocess.CompletedProcess[bytes]) -> dict[str, list[licence.Edit]]:
    """The edits of one round, by note."""
    fixes = [(row["rule"], row["fix"]) for row in rows(outcome) if row["fix"]]
    starts = functools.cache(lambda path: line_starts(read(vault / path)))
    return licence.chosen(
        (rule, [(edit["path"], *offsets(starts(edit["path"]), edit), edit["text"]) for edit in fix["edits"]])
        for rule, fix in fixes
        if fix["applicability"] in ("safe", "unsafe") and not fix["renames"]
    )


def line_starts(text: str) -> list[int]:
    """Where the lines of a note begin, the first behind a byte order mark."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    starts[0] = text.startswith("\ufeff")
    return starts


def offsets(starts: list[int], edit: dict[str, Any]) -> tuple[int, int]:
    """The place of an edit in the text."""
    return starts[edit["line"] - 1] + edit["column"] - 1, starts[edit["end_line"] - 1] + edit["end_column"] - 1


def read(path: Path) -> str:
    """A note's text, line breaks and all."""
    return path.read_bytes().decode()
