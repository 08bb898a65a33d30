"""`vaultlint cache`: what earlier runs left, and being rid of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine.cache.folder import cache_folder

Build = Callable[..., Path]
Lint = Callable[..., Any]


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_info_and_clean(vault: Build, lint: Lint) -> None:
    """What is there is counted, removed and then no more; a check leaves it anew, and nothing in the vault."""
    root = vault({"Home.md": "[[Nothing]]\n"})
    assert "0 vaults, 0 files, 0 bytes" in lint("cache", "info").out
    lint()
    lint("Home.md")

    told = lint("cache", "info").out

    assert f"{cache_folder()}: 1 vault, 3 files, " in told
    assert "at most 2000.0 MB are kept" in told
    assert lint("cache", "clean").out.endswith(": removed\n")
    assert not cache_folder().exists()
    assert sorted(file.name for file in root.iterdir()) == [".obsidian", "Home.md"]
    assert "no file named 'Nothing'" in lint().out


def test_nothing_is_kept_unasked(vault: Build, lint: Lint) -> None:
    """With `--no-cache` nothing is."""
    vault({"Home.md": "[[Nothing]]\n"})

    lint("--no-cache")

    assert not cache_folder().exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs the right to make symbolic links")
def test_a_link_is_not_followed(vault: Build, lint: Lint, tmp_path: Path) -> None:
    """A cache folder that leads elsewhere is not emptied, and it is said which."""
    vault({"Home.md": ""})
    lint()
    elsewhere = tmp_path / "elsewhere"
    cache_folder().rename(elsewhere)
    cache_folder().symlink_to(elsewhere)

    outcome = lint("cache", "clean")

    assert outcome.status == 2
    assert "is a symbolic link, so nothing behind it was removed" in outcome.err
    assert any(elsewhere.iterdir())
