"""What git does not follow, and how it writes notes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.git.door import Git
from vaultlint.git.work_tree import converts_line_breaks, ignored

New = Callable[..., Any]


def at(folder: Path) -> Git:
    git = Git.of(folder)
    assert git is not None
    return git


def test_what_is_ignored(new_repository: New, home: Path) -> None:
    """Files and folders that patterns leave out, the person's own too; what was added all the same is followed."""
    repository = new_repository()
    (home / "config" / "git").mkdir(parents=True)
    (home / "config" / "git" / "ignore").write_text("*.mine.md\n")
    repository.write({".gitignore": "/Private/\n*.tmp.md\n", "kept.tmp.md": "x", "Grün/.gitignore": "新*\n"})
    repository.git("add", "--force", ".gitignore", "kept.tmp.md")
    repository.write(
        {"Private/deep/a.md": "x", "Grün/新.md": "x", "Grün/b.tmp.md": "x", "a b.mine.md": "x", "c.md": ""}
    )

    assert frozenset(("Private/deep/a.md", "Grün/新.md", "Grün/b.tmp.md", "a b.mine.md")) == ignored(at(repository.top))
    assert frozenset(("新.md", "b.tmp.md")) == ignored(at(repository.top / "Grün"))
    assert frozenset() == ignored(at(new_repository("empty").top))


@pytest.mark.parametrize("folder", ["Private", "Private/deep", "Private/deep/er"])
def test_a_folder_that_is_ignored(new_repository: New, folder: str) -> None:
    """In a folder that is ignored, or lies in one, git follows nothing but what was added all the same."""
    repository = new_repository()
    repository.write(
        {".gitignore": "/Private/\n", f"{folder}/a.md": "x", f"{folder}/b/c.md": "", "Privately/b.md": "x"}
    )
    repository.write({f"{folder}/kept.md": "x"})

    assert frozenset(("a.md", "b/c.md", "kept.md")) == ignored(at(repository.top / folder))
    assert frozenset(("c.md",)) == ignored(at(repository.top / folder / "b"))
    repository.git("add", "--force", f"{folder}/kept.md")
    assert frozenset(("a.md", "b/c.md")) == ignored(at(repository.top / folder))
    assert frozenset(("c.md",)) == ignored(at(repository.top / folder / "b"))
    assert frozenset() == ignored(at(repository.top / "Privately"))


def test_a_repository_in_an_ignored_folder(new_repository: New) -> None:
    """git does not look into another repository, but says where it is."""
    repository = new_repository()
    repository.write({".gitignore": "/Private/\n"})
    new_repository("repository/Private/other").commit({"a.md": "x"})

    assert frozenset(("Private/other",)) == ignored(at(repository.top))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are UTF-8 there")
def test_names_that_are_no_utf8(new_repository: New) -> None:
    """They are escaped, as the walk of the vault has them."""
    repository = new_repository()
    repository.write({".gitignore": "*.tmp.md\n"})
    folder = repository.top / b"caf\xe9".decode("utf-8", "surrogateescape")
    folder.mkdir()
    (folder / b"\xe9.tmp.md".decode("utf-8", "surrogateescape")).write_text("x")

    assert frozenset(("caf\\xe9/\\xe9.tmp.md",)) == ignored(at(repository.top))
    assert frozenset(("\\xe9.tmp.md",)) == ignored(at(folder))


def test_line_breaks(new_repository: New) -> None:
    """Only where git writes them so is it told."""
    repository = new_repository()
    assert not converts_line_breaks(at(repository.top))
    for value, expected in (("input", False), ("true", True)):
        repository.git("config", "core.autocrlf", value)
        assert expected == converts_line_breaks(at(repository.top))
