"""`vaultlint check --since`: only what is new, from the command line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Lint = Callable[..., Any]


@pytest.fixture
def repository(new_repository: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A vault with an old fault, the current folder."""
    made = new_repository("Vault")
    made.commit({".obsidian/app.json": "{}", "A.md": "[[Gone]]\n"})
    monkeypatch.chdir(made.top)
    return made


def test_nothing_new(repository: Any, lint: Lint) -> None:
    """What is old is not told, and does not fail the run."""
    outcome = lint("check", "--since", "HEAD", "--fail-on", "warning", "--output-format", "concise")

    assert 0 == outcome.status
    assert outcome.out.endswith("All clear.\n")
    commit = repository.git("rev-parse", "HEAD")[:10]
    assert f"vaultlint: compared with {commit}: 1 known finding is left out\n" in outcome.err


def test_something_new(repository: Any, lint: Lint) -> None:
    """What is new is told, and counts."""
    repository.write({"B.md": "[[Gone]]\n"})

    outcome = lint("check", "--quiet", "--since", "HEAD", "--fail-on", "warning", "--output-format", "concise")

    assert 1 == outcome.status
    assert "B.md:1:3 warning unresolved-link no file named 'Gone'\n" == outcome.out


def test_unknown_commit(repository: Any, lint: Lint) -> None:
    """A commit that git does not know ends the run before it begins."""
    outcome = lint("check", "--since", "nobody")

    assert (2, "") == (outcome.status, outcome.out)
    assert "vaultlint: --since nobody: git knows no commit of that name\n" == outcome.err


def test_no_repository(tmp_path: Path, lint: Lint) -> None:
    """Without git there is nothing to compare with."""
    (tmp_path / "Plain" / ".obsidian").mkdir(parents=True)

    outcome = lint("check", "--since", "HEAD", tmp_path / "Plain")

    assert 2 == outcome.status
    assert "--baseline works without git" in outcome.err


def test_many_places_are_folded(repository: Any, lint: Lint) -> None:
    """A rename that breaks fifty links tells twenty of the places, and counts the rest."""
    links = {f"Notes/{number:02}.md": "[[Soup]]\n" for number in range(50)}
    repository.commit({"Soup.md": "# Soup\n", **links})
    repository.move("Soup.md", "Broth.md")

    outcome = lint("check", "--since", "HEAD")

    assert (
        "Broth.md:1:1 warning unresolved-link renaming 'Soup.md' to 'Broth.md' broke 50 links in 50 notes"
        in outcome.out
    )
    assert 21 == outcome.out.count("also: ")
    assert "also: 30 more places\n" in outcome.out
    assert "Found 1 (1 warning), 1 fixable with --fix." in outcome.out + outcome.err


def test_fix_mends_each_link(repository: Any, lint: Lint) -> None:
    """`--fix` leads every link that the rename broke to the new name, and leaves what is old."""
    repository.commit({"Soup.md": "# Soup\n", "B.md": "[[Soup]] [[Gone]]\n"})
    repository.move("Soup.md", "Broth.md")

    outcome = lint("check", "--since", "HEAD", "--fix")

    assert 0 == outcome.status
    assert "[[Broth]] [[Gone]]\n" == (repository.top / "B.md").read_text()


def test_standard_input(repository: Any, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's text is compared with the note of the base."""
    text = b"[[Gone]]\n\n[[New]]\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))

    outcome = lint("check", "--quiet", "--since", "HEAD", "--output-format", "concise", "--stdin-filename", "A.md")

    assert "A.md:3:3 warning unresolved-link no file named 'New'\n" == outcome.out


def test_with_a_baseline(repository: Any, lint: Lint) -> None:
    """With a baseline, too, both are left out."""
    repository.write({"B.md": "[[Debt]]\n"})
    lint("baseline")
    repository.write({"C.md": "[[New]]\n"})

    outcome = lint(
        "check",
        "--quiet",
        "--since",
        "HEAD",
        "--baseline",
        "vaultlint-baseline.json",
        "--output-format",
        "concise",
        "--fail-on",
        "info",
    )

    assert (1, "C.md:1:3 warning unresolved-link no file named 'New'\n") == (outcome.status, outcome.out)
