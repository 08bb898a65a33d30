"""The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit, which installs them as it does for anybody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("examples")

PROJECT = Path(__file__).parents[2]
PARTS = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "vaultlint", "rules")
"""What it takes to install vaultlint from a checkout."""

Repository = Any


@pytest.fixture(scope="module")
def release(surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with the project as it lies here, committed or not, and the commit: pre-commit clones."""
    folder = tmp_path_factory.mktemp("release") / "vaultlint"
    folder.mkdir()
    for part in PARTS:
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / part, folder / part)
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "A release"]):
        subprocess.run(["git", *words], cwd=folder, env=surroundings, check=True)
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=folder, env=surroundings, text=True)
    return folder, commit.strip()


@pytest.fixture
def hooked(repository: Repository, release: tuple[Path, str]) -> Any:
    """Makes the vault's commits go through a hook; each vault has an old fault in its first commit."""

    def install(*hooks: str) -> Repository:
        folder, commit = release
        lines = ["repos:", f"  - repo: '{folder.as_posix()}'", f"    rev: {commit}", "    hooks:"]
        config = "\n".join([*lines, *(f"      - id: {hook}" for hook in hooks), ""])
        notes = {"Home.md": "[[Recipes]] and [[Long gone]]\n", "Recipes.md": "# Recipes\n"}
        repository.write({".pre-commit-config.yaml": config, **notes})
        assert 0 == repository.commit().returncode
        installed = repository.run(sys.executable, "-m", "pre_commit", "install")
        assert 0 == installed.returncode, installed.stdout
        return repository

    return install


def test_a_broken_link_holds_the_commit_up(hooked: Any) -> None:
    """The notes of the commit are judged against the whole vault; the others are not spoken of, whatever is wrong."""
    vault = hooked("vaultlint")
    vault.write({"Two words 🍲.md": "[[Recipes]]\n[[Nowhere]]\n"})

    held_up = vault.commit()

    assert (1, 1) == (held_up.returncode, vault.commits)
    assert "Two words 🍲.md:2:3 warning unresolved-link no file named 'Nowhere'" in held_up.stderr
    assert "Found 1 (1 warning)" in held_up.stderr
    vault.write({"Two words 🍲.md": "[[Recipes]]\n"})
    mended = vault.commit()
    assert (0, 2) == (mended.returncode, vault.commits), mended.stderr


NO_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


@pytest.mark.parametrize(
    "name", ["-v.md", "--version.md", pytest.param("with\nbreak.md", marks=NO_WINDOWS), "UPPER.MD"]
)
def test_a_name_is_never_an_option(name: str, hooked: Any) -> None:
    """Names that look like options or have line breaks are names; two hyphens in front are left to other doors."""
    vault = hooked("vaultlint")
    vault.write({name: "[[Nowhere]]\n"})

    commit = vault.commit()

    assert (0 if name.startswith("--") else 1) == commit.returncode, commit.stderr
    assert name.startswith("--") == ("no file named 'Nowhere'" not in commit.stderr)


def test_what_is_no_note_is_no_fault(hooked: Any) -> None:
    """Markdown that no vault counts as a note, such as that of a dot folder, passes."""
    vault = hooked("vaultlint")
    vault.write({".github/pull_request_template.md": "[[Nowhere]]\n", "picture.png": ""})

    commit = vault.commit()

    assert 0 == commit.returncode, commit.stderr


def test_a_repair_holds_the_commit_up_until_it_is_staged(hooked: Any) -> None:
    """A repaired note is not what was staged: the commit waits once, and then passes."""
    vault = hooked("vaultlint-fix")
    vault.write({"Soup.md": "---\nup: [[Recipes]]\n---\n"})

    held_up = vault.commit()

    assert (1, 1) == (held_up.returncode, vault.commits)
    assert "files were modified by this hook" in held_up.stderr
    assert '---\nup: "[[Recipes]]"\n---\n' == (vault.folder / "Soup.md").read_text(encoding="utf-8")
    vault.git("add", "Soup.md")
    staged = vault.commit()
    assert (0, 2) == (staged.returncode, vault.commits), staged.stderr


def test_an_untidy_note_holds_the_commit_up_until_it_is_staged(hooked: Any) -> None:
    """What is wrong in a note is not for this hook: it tidies, and a tidy note passes."""
    vault = hooked("vaultlint-format")
    vault.write({"Soup.md": "[[Recipes | all]] and [[Nowhere]]\n"})

    held_up = vault.commit()

    assert (1, 1) == (held_up.returncode, vault.commits)
    assert "files were modified by this hook" in held_up.stderr
    assert "[[Recipes|all]] and [[Nowhere]]\n" == (vault.folder / "Soup.md").read_text(encoding="utf-8")
    vault.git("add", "Soup.md")
    staged = vault.commit()
    assert (0, 2) == (staged.returncode, vault.commits), staged.stderr


def test_what_is_not_staged_is_set_aside(hooked: Any) -> None:
    """pre-commit sets aside what is not staged: the vault is judged as it is going to be committed."""
    vault = hooked("vaultlint")
    vault.write({"Soup.md": "[[Recipes]]\n"})
    (vault.folder / "Soup.md").write_text("[[Nowhere]]\n", encoding="utf-8")

    commit = vault.commit()

    assert (0, 2) == (commit.returncode, vault.commits), commit.stderr
    assert "[[Nowhere]]\n" == (vault.folder / "Soup.md").read_text(encoding="utf-8")


def test_what_a_rename_breaks_elsewhere_is_new(hooked: Any) -> None:
    """`vaultlint-new` sees the links that break in notes which the commit does not have, also where it only deletes."""
    vault = hooked("vaultlint-new")
    vault.write({"Soup.md": "[[Recipes]]\n"})
    assert 0 == vault.commit().returncode
    vault.git("rm", "--quiet", "Recipes.md")

    held_up = vault.commit()

    assert (1, 2) == (held_up.returncode, vault.commits)
    assert "'Recipes'" in held_up.stderr
    assert "no file named 'Long gone'" not in held_up.stderr


def test_each_vault_of_a_repository_is_judged_by_itself(hooked: Any) -> None:
    """Notes of two vaults in one commit are judged each against its own."""
    vault = hooked("vaultlint")
    vault.write(
        {
            "one/.obsidian/app.json": "{}",
            "one/A.md": "[[B]]\n",
            "two/.obsidian/app.json": "{}",
            "two/B.md": "[[B]]\n",
        }
    )

    held_up = vault.commit()

    assert 1 == held_up.returncode
    assert ["one/A.md:1:3"] == [line.split(" ")[0] for line in held_up.stderr.splitlines() if "no file named" in line]
