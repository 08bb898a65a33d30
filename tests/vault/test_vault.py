"""A vault on disk, for scripts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from vaultlint.vault.vault import Vault


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "Food").mkdir()
    (tmp_path / "Home.md").write_text("[[Recipes#Soup]] and [[Nowhere]]\n")
    (tmp_path / "Food/Recipes.md").write_text("# Soup\n\n[home](Home.md)\n")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_notes(root: Path) -> None:
    """A vault knows the paths of its notes."""
    assert ("Food/Recipes.md", "Home.md") == Vault.open(root).notes


@pytest.mark.parametrize("name", ["Recipes", "recipes", "Food/Recipes.md", "Food/Recipes"])
def test_note_by_name(root: Path, name: str) -> None:
    """A note is found by its path or by its name, and read once."""
    vault = Vault.open(root)

    assert "Food/Recipes.md" == vault[name].path
    assert vault[name] is vault["Recipes"]


@pytest.mark.parametrize("name", ["Stew", "plan.pdf", "", "../Home"])
def test_no_such_note(root: Path, name: str) -> None:
    """What is no note of the vault is a KeyError."""
    with pytest.raises(KeyError):
        Vault.open(root)[name]


def test_resolve(root: Path) -> None:
    """A link's text leads to file and heading, seen from a note or from the root."""
    vault = Vault.open(root)

    target = vault.resolve("Recipes#Soup", source=vault["Home"])

    assert "Food/Recipes.md" == target.path
    assert target.heading is not None
    assert vault.resolve("Recipes#Stew").heading_missing
    assert vault.resolve("./Recipes", source="Home.md").missing


def test_backlinks(root: Path) -> None:
    """The links to a note, each with the note that it stands in."""
    ((source, link),) = Vault.open(root).backlinks("Food/Recipes.md")

    assert ("Home.md", "Recipes#Soup") == (source, link.target)


def test_unreadable_notes(root: Path) -> None:
    """A note that is no text does no harm to the others; asked for, it says why."""
    (root / "Bad.md").write_bytes(b"\xff")
    vault = Vault.open(root)

    assert 1 == len(vault.backlinks("Home.md"))
    assert ["Food/Recipes.md", "Home.md"] == list(vault.index.facts)
    with pytest.raises(ValueError, match="not UTF-8"):
        vault["Bad"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and links")
def test_nothing_outside_is_read(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What lies behind a link, or is no file, can be linked to and is not read."""
    outside = tmp_path_factory.mktemp("outside") / "Secret.md"
    outside.write_text("# Secret")
    (root / "Secret.md").symlink_to(outside)
    os.mkfifo(root / "Pipe.md")
    vault = Vault.open(root)

    assert "Secret.md" == vault.resolve("Secret#Nowhere").path
    assert not vault.resolve("Secret#Nowhere").heading_missing
    assert not vault.resolve("Pipe#Nowhere").heading_missing
    with pytest.raises(KeyError):
        vault["Secret"]
    with pytest.raises(OSError, match="no regular file"):
        vault["Pipe"]


def test_no_folder(root: Path) -> None:
    """A vault that is not there is an OSError."""
    with pytest.raises(OSError, match="nowhere"):
        Vault.open(root / "nowhere")
