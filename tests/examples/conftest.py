"""Repositories of git as a vault's owner has them, in surroundings that know nothing of who runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from platformdirs import user_cache_dir

BIN = Path(sys.executable).parent


class Repository:
    """A git repository in a folder, with a person's name and nothing else configured."""

    def __init__(self, folder: Path, surroundings: Mapping[str, str]) -> None:
        self.folder = folder
        self.surroundings = dict(surroundings)
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Effect: runs a command at the top of the repository."""
        return subprocess.run(
            list(map(str, words)),
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    def git(self, *words: str | Path) -> str:
        """Effect: runs git, which must succeed. What it prints."""
        done = self.run("git", *words)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    def write(self, files: Mapping[str, str]) -> None:
        """Effect: writes files, named from the top of the repository, and stages them."""
        for name, text in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        self.git("add", "--", *files)

    def commit(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Effect: commits what is staged, if the hooks let it."""
        return self.run("git", "commit", "--quiet", "--message", "A change", *options)

    @property
    def commits(self) -> int:
        """How many commits there are."""
        return len(self.git("rev-list", "--all").split())


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment variables for git and what it starts: a new home, no config, this Python's commands first."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "XDG_"))}
    kept.pop("PYTHONSAFEPATH", None)  # of tests that call the command in this process
    return kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PIP_CACHE_DIR": kept.get("PIP_CACHE_DIR") or user_cache_dir("pip", appauthor=False),  # what is known already
        "PIP_NO_COMPILE": "1",  # each module runs a few times at most
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A Person",
        "GIT_AUTHOR_EMAIL": "person@example.org",
        "GIT_COMMITTER_NAME": "A Person",
        "GIT_COMMITTER_EMAIL": "person@example.org",
        "PATH": os.pathsep.join([str(BIN), kept.get("PATH", "")]),
    }


@pytest.fixture
def repository(tmp_path: Path, surroundings: dict[str, str]) -> Repository:
    """A repository that is a vault, with nothing committed."""
    made = Repository(tmp_path / "Vault", surroundings)
    made.write({".obsidian/app.json": "{}"})
    return made


@pytest.fixture(scope="session")
def environment() -> Callable[[Path], Path]:
    """Makes a fresh environment in a folder, with what this one has, vaultlint included, and without a download.

    Its interpreter.
    """
    pytest.importorskip("pip", reason="needs pip to install a package")

    def make(folder: Path) -> Path:
        venv.create(folder, with_pip=False)
        fresh = folder / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
        where = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = subprocess.check_output([fresh, "-c", where], text=True).strip()
        here = sysconfig.get_path("purelib")
        (Path(site) / "here.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
        return fresh

    return make
