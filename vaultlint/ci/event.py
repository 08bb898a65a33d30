"""What the service says of a job: its documented variables, and the file that describes the event.

Sources: GitHub's documentation, "Variables reference" (the names of the variables) and "Webhook events and
payloads" (the shapes of the event). A stranger writes parts of the event (names of branches and of repositories,
and what a fork sends): it is checked for its shape, and nothing of it runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMIT = "^(?:[0-9a-f]{40}|[0-9a-f]{64})\\Z"
_LARGEST = 50_000_000
"""Bytes; GitHub sends no event of more than 25 MB."""

CommitId = Annotated[str, Meta(pattern=_COMMIT)]
RepositoryName = Annotated[str, Meta(pattern="^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}\\Z")]


class PullRequest(Struct, frozen=True):
    """The pull request that a job judges."""

    number: int
    head_sha: str
    """The newest commit of its branch: not the merge commit that is checked out."""
    base_sha: str
    """The tip of the branch that it goes to, when the event was sent."""
    head_ref: str
    """The name of its branch."""
    base_ref: str
    head_repository: str
    """`owner/name`; empty where the fork is gone."""
    repository: str
    """`owner/name` of the repository that it is opened in."""

    @property
    def is_fork(self) -> bool:
        """Whether its branch is in another repository, so that the job may not write anything."""
        return self.head_repository.casefold() != self.repository.casefold()


class Job(Struct, frozen=True):
    """Where a job runs, and what set it off. At a desk most of it is empty."""

    event: str
    """`pull_request`, `push`, `schedule`, ...; empty outside the service."""
    pull: PullRequest | None
    before: str
    """The commit that a push, or a group of merges, stands on; empty where there is none to tell."""
    default_branch: str
    repository: str
    """`owner/name`."""
    sha: str
    """The commit that set the job off; for a pull request the merge commit."""
    ref: str
    api_url: str
    server_url: str
    token: str | None
    workspace: Path | None
    """The folder that repositories are checked out to."""
    summary_file: Path | None
    output_file: Path | None
    temp: Path | None
    """A folder that the service clears after the job."""
    debug: bool
    name: str = ""
    """The id of the job in its workflow."""
    problem: str = ""
    """Why the event could not be read, in a line; empty where it could."""

    def __repr__(self) -> str:
        return f"<Job {self.event or 'at a desk'} of {self.repository} at {self.sha}>"  # never the token

    @property
    def head_sha(self) -> str:
        """The commit that links to lines should show."""
        return self.pull.head_sha if self.pull is not None else self.sha

    @property
    def may_be_a_strangers(self) -> bool:
        """Whether what is checked out may come from somebody who may not write to the repository."""
        if self.event == "pull_request":
            return self.pull is None or self.pull.is_fork
        return self.event == "pull_request_target"


def job_of(environment: Mapping[str, str]) -> Job:
    """Effect: reads the event file. The job that the variables describe; never raises."""
    file = environment.get("GITHUB_EVENT_PATH")
    event, problem = _read(Path(file)) if file else (_Event(), "")
    repository = environment.get("GITHUB_REPOSITORY") or event.repository.full_name
    kind = environment.get("GITHUB_EVENT_NAME", "")
    token = environment.get("GITHUB_TOKEN")
    return Job(
        event=kind,
        pull=_pull(event.pull_request, repository) if kind in ("pull_request", "pull_request_target") else None,
        before=event.before if kind == "push" else event.merge_group.base_sha if kind == "merge_group" else "",
        default_branch=event.repository.default_branch,
        repository=repository,
        sha=environment.get("GITHUB_SHA", ""),
        ref=environment.get("GITHUB_REF", ""),
        api_url=environment.get("GITHUB_API_URL") or "https://api.github.com",
        server_url=environment.get("GITHUB_SERVER_URL") or "https://github.com",
        token=token or None,
        workspace=_path(environment, "GITHUB_WORKSPACE"),
        summary_file=_path(environment, "GITHUB_STEP_SUMMARY"),
        output_file=_path(environment, "GITHUB_OUTPUT"),
        temp=_path(environment, "RUNNER_TEMP"),
        debug=environment.get("RUNNER_DEBUG") == "1",
        name=environment.get("GITHUB_JOB", ""),
        problem=problem,
    )


class _Repository(Struct):
    full_name: RepositoryName = ""
    default_branch: str = ""


class _Side(Struct):
    sha: CommitId
    ref: str
    repo: _Repository | None = None
    """`null` where the fork is gone."""


class _PullRequest(Struct):
    number: Annotated[int, Meta(ge=1)]
    head: _Side
    base: _Side


class _MergeGroup(Struct):
    base_sha: CommitId = ""


class _Event(Struct):
    """The parts of an event that are asked for; what the event says besides is skipped."""

    before: CommitId = ""
    repository: _Repository = field(default_factory=_Repository)
    pull_request: _PullRequest | None = None
    merge_group: _MergeGroup = field(default_factory=_MergeGroup)


def _read(file: Path) -> tuple[_Event, str]:
    try:
        if file.stat().st_size > _LARGEST:
            return _Event(), "the event file is larger than any that the service sends"
        return msgspec.json.decode(file.read_bytes(), type=_Event), ""
    except OSError as error:
        return _Event(), f"the event file can't be read: {error.strerror or type(error).__name__}"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _Event(), f"the event file is not what the service documents: {error}"


def _pull(pull: _PullRequest | None, repository: str) -> PullRequest | None:
    if pull is None:
        return None
    return PullRequest(
        number=pull.number,
        head_sha=pull.head.sha,
        base_sha=pull.base.sha,
        head_ref=pull.head.ref,
        base_ref=pull.base.ref,
        head_repository=pull.head.repo.full_name if pull.head.repo is not None else "",
        repository=repository,
    )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name)
    return Path(value) if value else None
