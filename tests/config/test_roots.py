"""The vault of a path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vaultlint.config.roots import find_root
from vaultlint.rule.errors import UserError

Make = Callable[..., None]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Files below the test's folder; a name that ends in a slash is a folder."""

    def files(*names: str) -> None:
        for name in names:
            file = tmp_path / name
            (file if name.endswith("/") else file.parent).mkdir(parents=True, exist_ok=True)
            if not name.endswith("/"):
                file.write_text("", encoding="utf-8")

    return files


def test_the_nearest_obsidian_folder(tmp_path: Path, make: Make):
    """A note belongs to the nearest folder with `.obsidian`, whatever else lies between."""
    make("v/.obsidian/", "v/a/vaultlint.toml", "v/a/b/Note.md", "v/a/b/.git/")

    assert tmp_path / "v" == find_root(tmp_path / "v/a/b/Note.md")
    assert tmp_path / "v" == find_root(tmp_path / "v/a")


def test_a_vault_in_a_vault(tmp_path: Path, make: Make):
    """Of two vaults, one in the other, the inner one is meant."""
    make("v/.obsidian/", "v/w/.obsidian/", "v/w/Note.md")

    assert tmp_path / "v/w" == find_root(tmp_path / "v/w/Note.md")


def test_the_nearest_config(tmp_path: Path, make: Make):
    """Without `.obsidian`, the nearest folder with a config."""
    make("v/vaultlint.toml", "v/a/Note.md", "p/a/Note.md", "p/pyproject.toml")
    (tmp_path / "p/pyproject.toml").write_text("[tool.vaultlint]\npacks = []", encoding="utf-8")

    assert tmp_path / "v" == find_root(tmp_path / "v/a/Note.md")
    assert tmp_path / "v" == find_root(tmp_path / "v/a")
    assert tmp_path / "p" == find_root(tmp_path / "p/a")


def test_a_pyproject_of_something_else_is_no_config(tmp_path: Path, make: Make):
    """A `pyproject.toml` that does not speak of vaultlint makes no vault."""
    make("p/a/Note.md", "p/pyproject.toml")

    assert tmp_path / "p/a" == find_root(tmp_path / "p/a")


def test_a_folder_is_its_own_vault(tmp_path: Path, make: Make):
    """A folder without any of that is a vault by itself, also inside a git work tree."""
    make(".git/", "a/b/Note.md")

    assert tmp_path / "a" == find_root(tmp_path / "a")


def test_a_note_in_a_work_tree(tmp_path: Path, make: Make):
    """A note without any of that belongs to the top of its git work tree."""
    make("t/.git/", "t/a/Note.md", "w/.git", "w/a/Note.md")

    assert tmp_path / "t" == find_root(tmp_path / "t/a/Note.md")
    assert tmp_path / "w" == find_root(tmp_path / "w/a/Note.md")


def test_a_note_alone(tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch):
    """Else it belongs to the current folder, and where it is not in that, to its own."""
    make("here/a/Note.md", "there/Note.md")
    monkeypatch.chdir(tmp_path / "here")

    assert tmp_path / "here" == find_root(Path("a/Note.md"))
    assert tmp_path / "there" == find_root(Path("../there/Note.md"))


def test_a_path_that_leads_nowhere(tmp_path: Path):
    """A path that is not there is the caller's mistake."""
    with pytest.raises(UserError, match=r"no file or folder named '.*Nowhere"):
        find_root(tmp_path / "Nowhere")
