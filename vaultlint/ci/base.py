"""What the work tree of a job is compared with: the commit whose findings are old."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.git import trees
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from vaultlint.ci.event import Job, PullRequest
    from vaultlint.git.door import Git

_MERGE_REF = re.compile(r"refs/pull/\d+/merge")
_PULLS = ("pull_request", "pull_request_target")
COMPARED = frozenset({*_PULLS, "push", "merge_group"})
"""The events that tell what to compare with; others tell every finding, and need no git."""


class Base(Struct, frozen=True):
    """What a job compares with."""

    commit: str | None
    """`None`: nothing, so every finding is told."""
    said: str
    """The same for people: `compared with ...`, or why with nothing."""


class TooShallowError(UserError):
    """The clone lacks the commit to compare with; the message says which `fetch-depth` brings it."""

    def __init__(self, lacking: str, depth: int) -> None:
        why = "all history" if depth == 0 else f"the newest {depth} commits"
        super().__init__(
            f"the clone is too shallow: {lacking} is not in it, so new findings can't be told from old ones; "
            f"give the step `uses: actions/checkout` the lines `with:` and `fetch-depth: {depth}` ({why})"
        )


def base_of(git: Git | None, job: Job) -> Base:
    """Effect: asks git. The commit that a job's findings are compared with.

    Raises `TooShallowError` where there is one and this clone lacks it, `UserError` where a pull request is not
    in a git repository at all: to tell old findings as new ones would be the wrong answer. Raises `GitError`.
    """
    if job.event not in COMPARED:
        return Base(None, f"'{job.event}' compares nothing" if job.event else "no event tells what to compare with")
    if git is None:
        raise UserError(
            "the vault is in no git repository, so new findings can't be told from old ones; "
            "check it out with `uses: actions/checkout`, on a runner that has git"
        )
    head = trees.commit(git, "HEAD")
    if head is None:
        raise UserError("the git repository of the vault has no commit")
    finder = _Finder(git, job, head)
    if job.event in _PULLS:
        return finder.of_pull_request()
    return finder.of_push() if job.event == "push" else finder.of_commit(job.before, "what the queue stands on")


class _Finder:
    def __init__(self, git: Git, job: Job, head: str) -> None:
        self._git = git
        self._job = job
        self._head = head

    def of_pull_request(self) -> Base:
        pull = self._job.pull
        if self._is_merge(pull):
            first = trees.commit(self._git, f"{self._head}^1")
            if first is None:
                # Deeper is of no use: both parents of the merge commit are one step away.
                raise TooShallowError("the commit that the pull request goes to", 2)
            return Base(first, f"compared with {_branch(pull)}")
        if pull is None:
            return Base(None, "the event does not tell what the pull request goes to")
        return self.of_commit(pull.base_sha, _branch(pull), f"refs/remotes/origin/{pull.base_ref}")

    def of_push(self) -> Base:
        """The tip of the branch before the push; for a new or rewritten branch, where it left the default one."""
        job = self._job
        before = job.before if job.before.strip("0") else ""
        if before and trees.commit(self._git, before) and trees.merge_base(self._git, before, self._head) == before:
            return Base(before, "compared with the branch before this push")
        default = job.default_branch
        if job.ref == f"refs/heads/{default}" or not default:
            if before:
                self._deny_shallow("the commit before this push")
                return Base(None, "the commit before this push is gone")
            return Base(None, "this is the first push")
        for ref in (f"refs/remotes/origin/{default}", f"refs/heads/{default}"):
            if trees.commit(self._git, ref):
                return self.of_commit(ref, f"branch '{default}'")
        self._deny_shallow(f"the branch '{default}'")
        return Base(None, f"there is no branch '{default}' to compare with")

    def of_commit(self, commit: str, named: str, instead: str = "") -> Base:
        """The newest commit that the head has in common with `commit`, or with `instead` where that is gone."""
        there = trees.commit(self._git, commit) or trees.commit(self._git, instead)
        base = trees.merge_base(self._git, there, self._head) if there else None
        if base is None:
            self._deny_shallow(f"a commit in common with {named}")
            return Base(None, f"there is no commit in common with {named}")
        return Base(base, f"compared with {named}")

    def _is_merge(self, pull: PullRequest | None) -> bool:
        """Whether what the service made of both branches is checked out: `refs/pull/N/merge`."""
        if self._job.event == "pull_request" and self._job.sha == self._head:
            return _MERGE_REF.fullmatch(self._job.ref) is not None
        return pull is not None and trees.commit(self._git, f"{self._head}^2") == pull.head_sha

    def _deny_shallow(self, lacking: str) -> None:
        if trees.is_shallow(self._git):
            raise TooShallowError(lacking, 0)


def _branch(pull: PullRequest | None) -> str:
    return f"branch '{pull.base_ref}'" if pull is not None else "the branch that the pull request goes to"
