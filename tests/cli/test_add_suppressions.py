"""`vaultlint check --add-suppressions`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Lint = Callable[..., Any]
Build = Callable[..., Path]

PLAN = "Read [[Nowhere]] and ![[None.png]].\r\n\r\n| [[Lost]] |\r\n|---|\r\n| [[Gone]] |\r\n"
CONCISE = ("--output-format", "concise")


def test_what_is_there_is_hidden(vault: Build, lint: Lint) -> None:
    """The comments are written and counted, what is left is told, and the old text is kept."""
    root = vault({"Plan.md": PLAN})

    outcome = lint("--add-suppressions", *CONCISE, "--fail-on", "warning")

    assert (
        b"Read [[Nowhere]] and ![[None.png]]. %% vaultlint-disable-line missing-embed, unresolved-link %%\r\n\r\n"
        b"%% vaultlint-disable-next-line unresolved-link %%\r\n| [[Lost]] |\r\n|---|\r\n| [[Gone]] |\r\n"
    ) == (root / "Plan.md").read_bytes()
    lines = outcome.out.splitlines()
    assert [
        "Plan.md:6:5 warning unresolved-link no file named 'Gone'",
        "Added 2 comments in 1 note; 1 finding stands where no comment can be (--baseline FILE takes it).",
    ] == lines[:2]
    assert re.fullmatch("`vaultlint undo [a-z0-9]{5}` takes this back.", lines[2])
    assert lines[-1] == "Left 1 (1 warning)."
    assert 1 == outcome.status
    assert 0 == lint("undo").status
    assert PLAN.encode() == (root / "Plan.md").read_bytes()


def test_a_second_run_changes_nothing(vault: Build, lint: Lint) -> None:
    """There is no comment to add, and only what was left is left."""
    root = vault({"Plan.md": PLAN})
    lint("--add-suppressions")
    before = (root / "Plan.md").read_bytes()

    outcome = lint("--add-suppressions", *CONCISE)

    assert before == (root / "Plan.md").read_bytes()
    assert outcome.out.splitlines()[1].startswith("No comment to add; 1 finding stands")


def test_only_some_rules(vault: Build, lint: Lint) -> None:
    """With --select only what these rules find is hidden."""
    root = vault({"Plan.md": "[[Nowhere]] ![[None.png]]\n"})

    assert 0 == lint("--add-suppressions", "--select", "missing-embed").status

    assert "[[Nowhere]] ![[None.png]] %% vaultlint-disable-line missing-embed %%\n" == (root / "Plan.md").read_text()


def test_the_rest_goes_into_a_baseline(vault: Build, lint: Lint) -> None:
    """What no comment can hide is noted down in the file, which need not be there yet."""
    root = vault({"Plan.md": PLAN})

    outcome = lint("--add-suppressions", "--baseline", "known.json", *CONCISE)

    assert "Added 2 comments in 1 note; 1 finding went into the baseline instead." == outcome.out.splitlines()[0]
    entries = json.loads((root / "known.json").read_text("utf-8"))["findings"]
    assert ["no file named 'Gone'"] == [entry["message"] for entry in entries]
    assert (0, "", "") == lint("--baseline", "known.json", "--quiet", "--fail-on", "info")
    assert 1 == lint("--fail-on", "warning").status


def test_what_the_baseline_knows_gets_no_comment(vault: Build, lint: Lint) -> None:
    """Only what is new is hidden; a baseline that is up to date keeps what it has."""
    root = vault({"Plan.md": "[[Nowhere]]\n"})
    lint("baseline")
    (root / "Plan.md").write_text("[[Nowhere]]\n[[Lost]]\n")
    noted = (root / "vaultlint-baseline.json").read_bytes()

    lint("--add-suppressions", "--baseline", "vaultlint-baseline.json", "--baseline-update")

    assert "[[Nowhere]]\n[[Lost]] %% vaultlint-disable-line unresolved-link %%\n" == (root / "Plan.md").read_text()
    assert noted == (root / "vaultlint-baseline.json").read_bytes()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_was_wrong_before_gets_no_comment(vault: Build, lint: Lint) -> None:
    """With --since, only what is new since that commit is hidden."""
    root = vault({"Plan.md": "[[Nowhere]]\n"})
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "first"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    (root / "Plan.md").write_text("[[Nowhere]]\n[[Lost]]\n")

    lint("--add-suppressions", "--since", "HEAD")

    assert "[[Nowhere]]\n[[Lost]] %% vaultlint-disable-line unresolved-link %%\n" == (root / "Plan.md").read_text()


def test_paths_and_json(vault: Build, lint: Lint) -> None:
    """Only the notes asked for are touched; data on standard output is what is left."""
    root = vault({"A.md": "[[Nowhere]]\n", "B.md": "[[Nowhere]]\n"})

    report = json.loads(lint("--add-suppressions", "A.md", "--output-format", "json").out)

    assert [] == report["diagnostics"]
    assert "[[Nowhere]]\n" == (root / "B.md").read_text()
    assert "disable-line" in (root / "A.md").read_text()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs modes")
def test_a_note_that_can_not_be_written(vault: Build, lint: Lint) -> None:
    """A note that is read-only stays as it is, and that is said; the others get their comments."""
    root = vault({"A.md": "[[Nowhere]]\n", "B.md": "[[Nowhere]]\n"})
    (root / "A.md").chmod(0o444)

    outcome = lint("--add-suppressions", *CONCISE)

    assert "[[Nowhere]]\n" == (root / "A.md").read_text()
    assert "Added 1 comment in 1 note;" in outcome.out
    assert "A.md:1:1 warning note-changed" in outcome.out
    assert "A.md:1:3 warning unresolved-link" in outcome.out


@pytest.mark.parametrize("other", [["--fix"], ["--diff"], ["--stdin-filename", "A.md"]])
def test_a_run_of_its_own(other: list[str], vault: Build, lint: Lint) -> None:
    """What contradicts is refused."""
    vault({"A.md": "[[Nowhere]]\n"})

    assert 2 == lint("--add-suppressions", *other).status
