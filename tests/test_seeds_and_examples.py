"""The vaults that the project brings, and the real document that it grew from."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vaultlint

PROJECT = Path(__file__).parent.parent
CONFIG = 'packs = ["recommended", "video-notes"]\n'
OF_THE_ENGINE = {
    "unreadable-note",
    "note-too-large",
    "note-changed",
    "rule-crashed",
    "fix-unsettled",
    "fix-refused",
}
OF_GIT = {"date-stale"}
"""Faults that are not in a note, but in its past."""

OF_THE_DISK = {"file-name-case-collision"}
"""Its fault can't be in a repository: on a disk that does not tell case apart, nobody could check it out."""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The real command; its state folder is the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "vaultlint", *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")

    return run


def found(run: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    """Rule and message of each finding of a JSON report."""
    report: dict[str, Any] = json.loads(run.stdout)
    return [(row["rule"], row["message"]) for row in report["diagnostics"]]


def test_seeds_are_clean(command: Run) -> None:
    """The project's own vault of talks has nothing to report, under the packs of its config."""
    run = command("check", "--output-format", "json", PROJECT / "seeds")

    assert (0, []) == (run.returncode, found(run))
    assert 14 == json.loads(run.stdout)["summary"]["notes"]


@pytest.fixture
def talk(shared: Path, tmp_path: Path) -> Path:
    """A vault with the real document alone in it."""
    document = next(path for path in (shared / "seeds").iterdir() if path.suffix == ".txt")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "vaultlint.toml").write_text(CONFIG, encoding="utf-8")
    note = vault / "the_talk.md"
    shutil.copy(document, note)
    note.chmod(0o644)
    return note


def test_the_real_document_misses_its_targets_and_nothing_else(talk: Path, command: Run) -> None:
    """Five targets that are not beside it, once each: that is all there is to say."""
    targets = [link.path for link in vaultlint.parse_note(talk.read_text(encoding="utf-8")).wikilinks]

    findings = found(command("check", "--output-format", "json", talk.parent))

    assert 5 == len(set(targets))
    assert [("unresolved-link", f"no file named '{target}'") for target in targets] == findings


def test_the_real_document_is_clean_beside_its_targets(talk: Path, command: Run) -> None:
    """With notes of those names beside it there is nothing to report."""
    note = vaultlint.parse_note(talk.read_text(encoding="utf-8"))
    for link in note.wikilinks:
        (talk.parent / f"{link.path}.md").write_text("A note.\n", encoding="utf-8")

    run = command("check", "--output-format", "json", talk.parent)

    assert (0, []) == (run.returncode, found(run))


@pytest.mark.parametrize("unsafe", [[], ["--unsafe-fixes"]])
def test_fix_leaves_the_real_document_alone(talk: Path, command: Run, unsafe: list[str]) -> None:
    """`--fix` changes no byte of it: its first line ends in a space, its last has no line break."""
    before = talk.read_bytes()

    command("check", "--fix", *unsafe, talk.parent)

    assert before == talk.read_bytes()


def test_every_fault_has_its_example(command: Run) -> None:
    """`examples/faults` holds one of every fault that a note can have in itself."""
    from vaultlint.rule.registry import installed_rules

    run = command("check", "--output-format", "json", PROJECT / "examples" / "faults")

    assert set(installed_rules().names) - OF_THE_ENGINE - OF_GIT - OF_THE_DISK <= {rule for rule, _ in found(run)}


@pytest.mark.parametrize(
    "script", ["backlink_table.py", "lint_in_a_test_suite.py", "fix_with_review.py", "talks_as_objects.py"]
)
def test_the_scripts_of_the_examples_run(script: str, tmp_path: Path) -> None:
    """Each script of `examples/` does its work on a vault without an error or a warning."""
    vault = tmp_path / "vault"
    shutil.copytree(PROJECT / "seeds", vault)
    (vault / "star_parties.md").write_text("See [[Light Pollution]].\n", encoding="utf-8")
    (vault / "talks").mkdir()
    (vault / "talks/kites.md").write_text("---\nvideoId: Qm4_7ZtLx0c\nduration: 12:30\n---\n", encoding="utf-8")
    (vault / "talks/waves.md").write_text("---\nvideoId: Vn8-2YkRp5s\nduration: long\n---\n", encoding="utf-8")
    path = PROJECT / "examples" / script
    words = ["-m", "pytest", "-q", path] if script.startswith("lint") else [path, vault]
    run = subprocess.run(
        [sys.executable, "-W", "error", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        input="y\n",
        cwd=tmp_path,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "VAULT": str(PROJECT / "seeds")},
    )

    assert (0, "") == (run.returncode, run.stderr)
    if script.startswith("talks"):
        assert "talks/kites.md: 0:12:30\ntalks/waves.md:3: 'duration' should be a duration" in run.stdout
        assert run.stdout.endswith("in all: 0:12:30\n")
    if script.startswith("fix"):
        assert "See [[light_pollution" in (vault / "star_parties.md").read_text(encoding="utf-8")
