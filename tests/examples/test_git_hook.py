"""The hook for git without further tools, in repositories with real commits."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

HOOK = Path(__file__).parents[2] / "examples" / "ci" / "pre-commit"
Repository = Any


@pytest.fixture
def hooked(repository: Repository) -> Repository:
    """A vault with an old fault in its only commit, and the hook installed as its head says."""
    repository.write({"Home.md": "[[Recipes]] and [[Long gone]]\n", "Recipes.md": "# Recipes\n"})
    assert 0 == repository.commit().returncode
    hook = repository.folder / repository.git("rev-parse", "--git-path", "hooks").strip() / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    shutil.copy(HOOK, hook)
    hook.chmod(0o755)
    return repository


def test_what_was_wrong_before_does_not_matter(hooked: Repository) -> None:
    """A commit passes where it breaks nothing, though the vault has old faults, also in a note that it changes."""
    hooked.write({"Home.md": "One line more\n\n[[Recipes]] and [[Long gone]]\n", "Soup 🍲.md": "[[Home]]\n"})

    commit = hooked.commit()

    assert (0, 2) == (commit.returncode, hooked.commits), commit.stderr


def test_a_link_that_breaks_holds_the_commit_up(hooked: Repository) -> None:
    """What is new is told by place, and there is no commit until it is mended or the hook is left out."""
    hooked.write({"Two words 🍲.md": "\n[[Nowhere]]\n"})

    held_up = hooked.commit()

    assert (1, 1) == (held_up.returncode, hooked.commits)
    assert "Two words 🍲.md:2:3 warning unresolved-link no file named 'Nowhere'" in held_up.stderr
    assert "no file named 'Long gone'" not in held_up.stderr
    assert 0 == hooked.commit("--no-verify").returncode


def test_a_rename_that_breaks_links_elsewhere_holds_the_commit_up(hooked: Repository) -> None:
    """A commit answers for the links that break in notes it does not touch."""
    hooked.git("mv", "Recipes.md", "Dishes.md")

    held_up = hooked.commit()

    assert (1, 1) == (held_up.returncode, hooked.commits)
    assert "'Recipes'" in held_up.stderr


def test_the_first_commit_has_nothing_to_be_compared_with(repository: Repository) -> None:
    """A vault with faults can be put under git."""
    shutil.copy(HOOK, repository.folder / ".git" / "hooks" / "pre-commit")
    repository.write({"Home.md": "[[Nowhere]]\n"})

    assert (0, 1) == (repository.commit().returncode, repository.commits)


def test_without_vaultlint_nobody_believes_that_it_was_checked(hooked: Repository) -> None:
    """Where vaultlint is not to be found, the commit is held up, and what to do is said."""
    folders = hooked.surroundings["PATH"].split(os.pathsep)
    hooked.surroundings["PATH"] = os.pathsep.join(
        folder for folder in folders if shutil.which("vaultlint", path=folder) is None
    )
    hooked.write({"Soup.md": "Fine\n"})

    held_up = hooked.commit()

    assert (1, 1) == (held_up.returncode, hooked.commits)
    assert ["not installed", "--no-verify"] == [
        said for said in ("not installed", "--no-verify") if said in held_up.stderr
    ]
    assert 0 == hooked.commit("--no-verify").returncode
