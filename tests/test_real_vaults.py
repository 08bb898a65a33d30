"""What must hold on real vaults: no crash, fixes that settle, and nothing lost but what a fix says."""

from __future__ import annotations

import json
import os
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

FORMATTED = {
    "obsidian-help-en": (133, {"property values": 4}),
    "ctf-notes": (924, {"property values": 1}),
    "knowledge-garden": (497, {"math": 2}),
}
"""Vault -> how many notes `vaultlint format` changes, and what of these is not the same afterwards: aliases that are
the note's own name go (`redundant-alias`), and signs of block math come to lines of their own (`math-block-lines`)."""

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
        report = rows(check(vault, environment, "--select", RULES, "--output-format", "json"))
        edits = licence.edits_of_report(report, lambda path: read(vault / path))
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


@pytest.mark.parametrize("name", FORMATTED)
def test_formatting_leaves_all_that_is_said(
    name: str, corpus: Callable[[str], Path], tmp_path: Path, environment: dict[str, str]
) -> None:
    """`vaultlint format` changes the layout and the little that is named; a second run finds nothing to do."""
    count, kinds = FORMATTED[name]
    vault = tmp_path / "vault"
    shutil.copytree(corpus(name), vault, symlinks=True)
    first = format_command(vault, environment, "--quiet")
    formatted = notes(vault)
    checked = format_command(vault, environment, "--check", "--quiet")
    second = format_command(vault, environment, "--quiet")
    _, differing = extractor.compare(corpus(name), vault)
    changed = sum(data != formatted[path] for path, data in notes(corpus(name)).items())
    found: Counter[str] = Counter()
    for _, kind, one in differing:
        found[kind] += len(one)

    assert [(0, b"", b"")] * 3 == [(one.returncode, one.stdout, one.stderr) for one in (first, checked, second)]
    assert formatted == notes(vault)
    assert (count, kinds) == (changed, found), differing
    assert all(map(is_by_intent, differing)), differing


def format_command(vault: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The real command on a vault."""
    words = [sys.executable, "-m", "vaultlint", "format", *arguments, str(vault)]
    return subprocess.run(words, capture_output=True, check=False, env=environment)


def is_by_intent(differing: tuple[str, str, extractor.Difference]) -> bool:
    """Whether no more went than an alias that is the note's own name, or came than white space at the edges of math."""
    path, kind, (gone, come) = differing
    if kind == "property values":
        own, empty = ("aliases[]", "text", Path(path).stem), ("aliases", "empty", "SequenceNode")
        return [own] == [thing.value for thing in gone] and {empty}.issuperset(thing.value for thing in come)
    inside, now = ([thing.value[1].strip() for thing in things] for things in (gone, come))
    return kind == "math" and inside == now


def test_there_is_plenty_to_damage(corpus: Callable[[str], Path]) -> None:
    """In every tenth note of the vaults, things of each kind are seen, and most of them by the hundred."""
    paths = (path for name in VAULTS for path in sorted(corpus(name).rglob("*.md"))[::10])
    seen = Counter(thing.kind for path in paths for thing in extractor.extract(extractor.read(path)))

    assert {} == {kind: seen[kind] for kind in extractor.KINDS if seen[kind] < LEAST.get(kind, 100)}


def read(path: Path) -> str:
    """A note's text, line breaks and all."""
    return path.read_bytes().decode()
