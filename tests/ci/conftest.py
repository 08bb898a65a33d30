"""A repository with a pull request in it, its checkout as the service makes it, and a runner for that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # what plays the service is shared by the tests of this folder

from rest_git import Repository
from runner import Outcome, Runner

Notes = Mapping[str, str | bytes | None]


class Checkout:
    """The work tree of a job, and what the service would say of it."""

    def __init__(self, folder: Path, temp: Path, origin: Repository, installed: dict[str, dict[str, str]]) -> None:
        self.origin = origin
        self.git = Repository(folder)
        self.runner = Runner(folder, temp, installed)
        self.base = origin.id("main")
        self.fork = False
        self.before = "0" * 40

    @property
    def folder(self) -> Path:
        return self.git.folder

    def event(self, name: str) -> dict[str, Any]:
        """The event as the service documents it, with much of what nobody asks for."""
        shared = {"repository": {"id": 1, "full_name": "owner/vault", "default_branch": "main", "private": False}}
        if name.startswith("pull_request"):
            head = "stranger/vault" if self.fork else "owner/vault"
            pull = {
                "number": 7,
                "title": "::error::a title",
                "head": {
                    "ref": "topic",
                    "sha": self.origin.id("topic"),
                    "repo": {"full_name": head, "fork": self.fork},
                },
                "base": {"ref": "main", "sha": self.base, "repo": {"full_name": "owner/vault"}},
            }
            return {"action": "synchronize", "number": 7, "pull_request": pull, **shared}
        if name == "push":
            return {"ref": "refs/heads/topic", "before": self.before, "after": self.git.id("HEAD"), **shared}
        return shared

    def run(
        self, event: str = "pull_request", inputs: Mapping[str, str] | None = None, said: Any = None, **variables: str
    ) -> Outcome:
        """Effect: runs the Action; without suggestions where nobody plays the API."""
        inputs = dict(inputs or {})
        if "GITHUB_API_URL" not in variables:
            inputs.setdefault("suggestions", "false")
        refs = {"pull_request": "refs/pull/7/merge", "push": "refs/heads/topic"}
        variables = {"GITHUB_SHA": self.git.id("HEAD"), "GITHUB_REF": refs.get(event, "refs/heads/main")} | variables
        return self.runner.run(event, self.event(event) if said is None else said, inputs, **variables)


Check = Callable[..., Checkout]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What the install step of the Action said: it is run once, for real."""
    workspace, temp = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("runner")
    said: dict[str, dict[str, str]] = {}
    # Modules that Python would take from the current folder, if it were let.
    for name in ("venv", "pip", "ensurepip", "sitecustomize", "encodings"):
        (workspace / f"{name}.py").write_text(f"open({str(workspace / 'ran')!r}, 'w')\n")
    outcome = Runner(workspace, temp, said).run("workflow_dispatch", {})
    if outcome.statuses["install"]:
        unreachable = any("Connection" in line or "retrying" in line.lower() for line in outcome.log)
        message = "\n".join(outcome.log)
        pytest.skip(f"the package index can't be reached: {message}") if unreachable else pytest.fail(message)
    assert not (workspace / "ran").exists()
    return said


@pytest.fixture
def origin(tmp_path: Path) -> Repository:
    """The repository at the service."""
    return Repository.new(tmp_path / "origin")


@pytest.fixture
def pull(origin: Repository, tmp_path: Path, installed: dict[str, dict[str, str]]) -> Check:
    """Makes a pull request, and checks out what the service does: `refs/pull/7/merge`.

    `old` notes are on `main`, `new` ones (`None`: gone) on `topic`, `later` ones on `main` again; `depth` is that of
    `actions/checkout`.
    """

    def check(
        old: Notes,
        new: Notes,
        *,
        depth: int = 0,
        ref: str = "refs/pull/7/merge",
        later: Notes | None = None,
        name: str = "work",
    ) -> Checkout:
        origin.put("main", {".obsidian/app.json": "{}", **old})
        origin.put("topic", dict(new))
        origin.put("main", dict(later or {}))
        origin.ask("checkout", "-q", "--detach", "main")
        origin.ask("merge", "-q", "--no-ff", "--no-edit", "topic")
        origin.ask("update-ref", "refs/pull/7/merge", "HEAD")
        origin.ask("checkout", "-q", "main")
        folder = tmp_path / name
        clone(origin, folder, ref, depth)
        return Checkout(folder, tmp_path / "temp", origin, installed)

    return check


def clone(origin: Repository, folder: Path, ref: str, depth: int) -> None:
    """Effect: fetches and checks out as `actions/checkout` does."""
    git = Repository(folder)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    git.ask("remote", "add", "origin", f"file://{origin.folder}")
    refs = (
        [f"+{ref}:refs/remotes/pull/7/merge"]
        if depth
        else ["+refs/heads/*:refs/remotes/origin/*", f"+{ref}:refs/remotes/x"]
    )
    git.ask(
        "-c",
        "protocol.version=2",
        "fetch",
        "-q",
        "--no-tags",
        *([f"--depth={depth}"] if depth else []),
        "origin",
        *refs,
    )
    git.ask("checkout", "-q", "--detach", "refs/remotes/pull/7/merge" if depth else "refs/remotes/x")
