"""Each test makes a repository and asks what a job in its clone is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import clone
from rest_git import Repository

from vaultlint.ci.base import TooShallowError, base_of
from vaultlint.ci.event import Job, PullRequest, job_of
from vaultlint.git.door import Git
from vaultlint.rule.errors import UserError


def job(event: str, **more: Any) -> Job:
    """A job of this event; `more` is as in `Job`."""
    from msgspec.structs import replace

    return replace(job_of({"GITHUB_EVENT_NAME": event}), default_branch="main", **more)


def git_of(folder: Path) -> Git:
    git = Git.of(folder)
    assert git is not None
    return git


@pytest.fixture
def history(origin: Repository) -> dict[str, str]:
    """`main` with two commits, `topic` from the first with two of its own, and their merge."""
    first = origin.put("main", {"A.md": "a"})
    origin.put("topic", {"B.md": "b"})
    head = origin.put("topic", {"C.md": "c"})
    main = origin.put("main", {"D.md": "d"})
    origin.ask("checkout", "-q", "--detach", "main")
    origin.ask("merge", "-q", "--no-ff", "--no-edit", "topic")
    origin.ask("update-ref", "refs/pull/7/merge", "HEAD")
    return {"first": first, "head": head, "main": main, "merge": origin.id("HEAD")}


def pull(history: dict[str, str]) -> PullRequest:
    return PullRequest(7, history["head"], history["main"], "topic", "main", "owner/vault", "owner/vault")


@pytest.mark.parametrize("depth", [0, 2])
def test_merge_commit(depth: int, origin: Repository, history: dict[str, str], tmp_path: Path) -> None:
    """What the service merges is compared with its first parent, also where that is the oldest commit at hand."""
    clone(origin, tmp_path / "work", "refs/pull/7/merge", depth)
    told = job("pull_request", pull=pull(history), sha=history["merge"], ref="refs/pull/7/merge")

    base = base_of(git_of(tmp_path / "work"), told)

    assert (history["main"], "compared with branch 'main'") == (base.commit, base.said)


def test_merge_commit_without_event(origin: Repository, history: dict[str, str], tmp_path: Path) -> None:
    """The first parent of what the service merged is the base, also where the event can't be read."""
    clone(origin, tmp_path / "work", "refs/pull/7/merge", 2)

    base = base_of(git_of(tmp_path / "work"), job("pull_request", sha=history["merge"], ref="refs/pull/7/merge"))

    assert history["main"] == base.commit


def test_merge_commit_alone(origin: Repository, history: dict[str, str], tmp_path: Path) -> None:
    """A merge commit without its parents needs a depth of 2, and no more."""
    clone(origin, tmp_path / "work", "refs/pull/7/merge", 1)
    told = job("pull_request", pull=pull(history), sha=history["merge"], ref="refs/pull/7/merge")

    with pytest.raises(TooShallowError, match="fetch-depth: 2"):
        base_of(git_of(tmp_path / "work"), told)


@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_branch_itself(event: str, origin: Repository, history: dict[str, str]) -> None:
    """A job that checks out the branch itself is compared with the commit at which it left the other."""
    origin.ask("checkout", "-q", "topic")

    base = base_of(git_of(origin.folder), job(event, pull=pull(history), sha=history["merge"]))

    assert history["first"] == base.commit


def test_branch_itself_shallow(origin: Repository, history: dict[str, str], tmp_path: Path) -> None:
    """A branch that is checked out alone needs all history: nobody knows how far back it left the other."""
    clone(origin, tmp_path / "work", "refs/heads/topic", 2)

    with pytest.raises(TooShallowError, match="fetch-depth: 0"):
        base_of(git_of(tmp_path / "work"), job("pull_request", pull=pull(history), sha=history["merge"]))


def test_deleted_base(origin: Repository, history: dict[str, str], tmp_path: Path) -> None:
    """Where the tip of the other branch is gone, the branch as it is now takes its place."""
    clone(origin, tmp_path / "work", "refs/heads/topic", 0)
    gone = PullRequest(7, history["head"], "f" * 40, "topic", "main", "owner/vault", "owner/vault")

    assert history["first"] == base_of(git_of(tmp_path / "work"), job("pull_request", pull=gone)).commit


def test_push(origin: Repository, history: dict[str, str]) -> None:
    """A push is compared with the branch before it."""
    origin.ask("checkout", "-q", "topic")
    before = origin.id("HEAD~1")

    assert before == base_of(git_of(origin.folder), job("push", before=before, ref="refs/heads/topic")).commit


@pytest.mark.parametrize("before", ["0" * 40, "f" * 40, "main"])
def test_new_or_rewritten_branch(before: str, origin: Repository, history: dict[str, str]) -> None:
    """The first push of a branch, and one that rewrites it, are compared with where it left the default branch."""
    origin.ask("checkout", "-q", "topic")
    before = history.get(before, before)

    base = base_of(git_of(origin.folder), job("push", before=before, ref="refs/heads/topic"))

    assert (history["first"], "compared with branch 'main'") == (base.commit, base.said)


@pytest.mark.parametrize(("before", "said"), [("0" * 40, "this is the first push"), ("f" * 40, "the commit before")])
def test_default_branch_anew(before: str, said: str, origin: Repository, history: dict[str, str]) -> None:
    """The first push of the default branch, and one that rewrites it, have nothing to compare with."""
    origin.ask("checkout", "-q", "main")

    base = base_of(git_of(origin.folder), job("push", before=before, ref="refs/heads/main"))

    assert None is base.commit
    assert base.said.startswith(said)


@pytest.mark.parametrize("ref", ["refs/heads/main", "refs/heads/topic"])
def test_shallow_push(ref: str, origin: Repository, history: dict[str, str], tmp_path: Path) -> None:
    """A push whose clone lacks the commit before it needs all history."""
    clone(origin, tmp_path / "work", ref, 1)

    with pytest.raises(TooShallowError, match="fetch-depth: 0"):
        base_of(git_of(tmp_path / "work"), job("push", before=history["first"], ref=ref))


def test_merge_queue(origin: Repository, history: dict[str, str]) -> None:
    """A group of merges is compared with what the queue stands on."""
    assert history["main"] == base_of(git_of(origin.folder), job("merge_group", before=history["main"])).commit


@pytest.mark.parametrize("event", ["schedule", "workflow_dispatch", "release", ""])
def test_nothing_to_compare(event: str, origin: Repository, history: dict[str, str]) -> None:
    """Other events tell every finding, and need no git."""
    assert None is base_of(git_of(origin.folder), job(event)).commit
    assert None is base_of(None, job(event)).commit


def test_no_repository() -> None:
    """A pull request that is not checked out with git can't be told from what was there before."""
    with pytest.raises(UserError, match="is in no git repository"):
        base_of(None, job("pull_request"))
