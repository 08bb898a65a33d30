"""What must hold on real vaults: no crash, fixes that settle, and nothing lost but what a fix says."""

from __future__ import annotations

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

import pytest

VAULTS = ("obsidian-help-en", "obsidian-hub", "knowledge-garden", "ctf-notes")

# Plain and slow on purpose: this reading shares nothing with vaultlint's own.
PATTERNS = {
    "wikilinks and embeds": re.compile(r"!?\[\[[^\[\]\n]+\]\]"),
    "tags": re.compile(r"(?<!\S)#[^\s#.,;:!?()\[\]{}'\"`|]+"),
    "block ids": re.compile(r"(?<=\s)\^[\w-]+$", re.MULTILINE),
    "comments": re.compile(r"%%[^%]*%%|<!--.*?-->", re.DOTALL),
    "code": re.compile(r"^(`{3,}|~{3,}).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE),
    "headings": re.compile(r"^#{1,6} .*$", re.MULTILINE),
    "properties": re.compile(r"^[\w -]+:.*$", re.MULTILINE),
}

NEVER_CHANGED = {"tags", "block ids", "comments", "code"}


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
def test_fixes_settle_and_lose_nothing(
    name: str, corpus: Callable[[str], Path], tmp_path: Path, environment: dict[str, str]
) -> None:
    """`--diff` shows every line that `--fix` changes, a second run has nothing to fix, no more is lost.

    First with safe fixes, then with unsafe ones; every rule on.
    """
    vault = tmp_path / "vault"
    shutil.copytree(corpus(name), vault, symlinks=True)
    for unsafe in ([], ["--unsafe-fixes"]):
        before = notes(vault)
        patch = check(vault, environment, "--select", "all", "--diff", "--quiet", *unsafe)
        assert before == notes(vault)
        fixed = check(vault, environment, "--select", "all", "--fix", "--quiet", *unsafe, "--output-format", "json")
        assert b"" == patch.stderr + fixed.stderr
        after = notes(vault)
        changed = {path: data for path, data in before.items() if data != after[path]}
        assert {path: after[path] for path in changed} == patched(changed, patch.stdout, tmp_path)
        if changed:  # else the first run was this one
            patch = check(vault, environment, "--select", "all", "--diff", "--quiet", *unsafe)
        assert (0, b"") == (patch.returncode, patch.stdout)
        assert not {row["rule"] for row in rows(fixed)} & {"rule-crashed", "fix-refused", "fix-unsettled"}
        assert_nothing_lost(before, after)


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


def assert_nothing_lost(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Tags, block ids, comments and code are the same; the rest is the same but on lines that changed."""
    assert before.keys() == after.keys()
    for path in (path for path, old in before.items() if old != after[path]):
        old, new = before[path].decode(), after[path].decode()
        old_lines, new_lines = Counter(old.splitlines()), Counter(new.splitlines())
        gone, come = "\n".join(old_lines - new_lines), "\n".join(new_lines - old_lines)
        for kind, pattern in PATTERNS.items():
            here, there = (Counter(match[0] for match in pattern.finditer(text)) for text in (old, new))
            if kind in NEVER_CHANGED:
                assert here == there, (path, kind)
            assert all(part in gone for part in here - there), (path, kind, here - there)
            assert all(part in come for part in there - here), (path, kind, there - here)
