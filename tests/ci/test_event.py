from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultlint.ci.event import Job, PullRequest, job_of

SHA, OTHER = "a" * 40, "b" * 40
PULL: dict[str, Any] = {
    "number": 7,
    "head": {"sha": SHA, "ref": "topic/é", "repo": {"full_name": "owner/vault"}},
    "base": {"sha": OTHER, "ref": "main", "repo": {"full_name": "owner/vault"}},
}


def told(tmp_path: Path, name: str, event: Any, **variables: str) -> Job:
    """The job of an event; `event` may be bytes as they lie in the file."""
    file = tmp_path / "event.json"
    file.write_bytes(event if isinstance(event, bytes) else json.dumps(event).encode())
    known = {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(file), "GITHUB_REPOSITORY": "owner/vault"}
    return job_of(known | variables)


def test_at_a_desk() -> None:
    """Without any of the service's variables there is a job all the same, about nothing."""
    job = job_of({})

    assert ("", None, "", None, None, "") == (job.event, job.pull, job.before, job.token, job.summary_file, job.problem)
    assert ("https://api.github.com", "https://github.com") == (job.api_url, job.server_url)


def test_pull_request(tmp_path: Path) -> None:
    """A pull request is read from its event."""
    job = told(tmp_path, "pull_request", {"action": "opened", "pull_request": PULL}, GITHUB_SHA=OTHER)

    assert PullRequest(7, SHA, OTHER, "topic/é", "main", "owner/vault", "owner/vault") == job.pull
    assert (False, SHA, "") == (job.pull is not None and job.pull.is_fork, job.head_sha, job.problem)


@pytest.mark.parametrize("repo", [None, {"full_name": "stranger/vault"}])
def test_fork(repo: Any, tmp_path: Path) -> None:
    """A branch of another repository is a fork's, also where that is gone by now."""
    job = told(tmp_path, "pull_request", {"pull_request": {**PULL, "head": {**PULL["head"], "repo": repo}}})

    assert job.pull is not None
    assert job.pull.is_fork


def test_case_of_names(tmp_path: Path) -> None:
    """The service takes names of repositories for the same whatever their case."""
    repo = {"full_name": "Owner/Vault"}
    job = told(tmp_path, "pull_request", {"pull_request": {**PULL, "head": {**PULL["head"], "repo": repo}}})

    assert job.pull is not None
    assert not job.pull.is_fork


def test_before(tmp_path: Path) -> None:
    """What a push and a group of merges stand on is told by the event."""
    assert SHA == told(tmp_path, "push", {"before": SHA}).before
    assert SHA == told(tmp_path, "merge_group", {"merge_group": {"base_sha": SHA, "head_sha": OTHER}}).before
    assert "" == told(tmp_path, "schedule", {"before": SHA}).before
    assert "trunk" == told(tmp_path, "schedule", {"repository": {"default_branch": "trunk"}}).default_branch


@pytest.mark.parametrize(
    "event",
    [
        b"",
        b'{"pull_request": {"number": 7',
        b"[" * 100_000,
        b'{"what nobody asks for": ' + b"[" * 100_000,
        b'{"pull_request": "\xff\xfe"}',
        b"[]",
        {"pull_request": {**PULL, "number": "7"}},
        {"pull_request": {**PULL, "number": 0}},
        {"pull_request": {"number": 7}},
        {"pull_request": {**PULL, "base": {**PULL["base"], "sha": "--output=/etc/passwd"}}},
        {"pull_request": {**PULL, "base": {**PULL["base"], "sha": SHA + "\n"}}},
        {"pull_request": {**PULL, "head": {**PULL["head"], "repo": {"full_name": "../../x y"}}}},
        {"before": 3},
        {"repository": []},
    ],
)
def test_what_no_service_sends(event: Any, tmp_path: Path) -> None:
    """An event that is cut off, or not what is documented, is a word for people; the job goes on without it."""
    job = told(tmp_path, "pull_request", event)

    assert None is job.pull
    assert job.problem.startswith("the event file is not what the service documents: ")


def test_no_file(tmp_path: Path) -> None:
    """An event file that is not there is told too."""
    job = job_of({"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(tmp_path / "none")})

    assert job.problem.startswith("the event file can't be read: ")


def test_token_is_not_shown(tmp_path: Path) -> None:
    """A job that is printed does not print its token."""
    assert "secret" not in repr(told(tmp_path, "push", {}, GITHUB_TOKEN="secret"))
