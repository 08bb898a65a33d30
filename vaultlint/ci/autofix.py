"""What becomes of the safe fixes of new findings: a patch to download, or a commit on the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.ci.annotations import Remark
from vaultlint.engine.digests import digest_of
from vaultlint.git import trees
from vaultlint.git.door import GitError
from vaultlint.report.diff import unified_diff
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultlint.ci.event import Job
    from vaultlint.engine.values import ChangedNote
    from vaultlint.git.door import Git

_NAMED = 5
"""Notes named in a remark; the rest are counted."""


def patch(changed: Sequence[ChangedNote], prefix: str, originals: Mapping[str, str]) -> bytes:
    """What `git apply` takes at the top of the work tree.

    `prefix` leads from there to the vault; `originals` is as in `FileTable`: names that are shown otherwise.
    """
    parts = [unified_diff(prefix + originals.get(note.path, note.path), note.before, note.after) for note in changed]
    return "".join(parts).encode("utf-8", "surrogateescape")


def commit(job: Job, git: Git | None, changed: Sequence[ChangedNote], originals: Mapping[str, str]) -> list[Remark]:
    """Effect: asks git and the service. Put fixes on the branch; what a person should know about that.

    `originals` as in `patch`: the service can't be told these names, and would make new files of what is shown.
    """
    branch = _branch_of(job)
    if branch is None or git is None or job.token is None:
        return [_nothing(_why_not(job))]
    name, head_sha = branch
    unnameable = [note.path for note in changed if note.path in originals]
    try:
        files, others = _committable(git, head_sha, [note for note in changed if note.path not in originals])
    except GitError as error:
        return [_nothing(str(error))]
    said = [
        Remark("notice", f"not committed, for {why}: {_named(paths)}")
        for why, paths in (("the branch has them otherwise", others), ("their names are no UTF-8", unnameable))
        if paths
    ]
    if not files:
        return said
    from vaultlint.ci.commit import commit
    from vaultlint.ci.rest import Api

    words = f"Mend what vaultlint found in {counted(len(files), 'note')}"
    try:
        api = Api(job.api_url, job.token)
    except UserError as error:
        return [*said, _nothing(str(error))]
    done = commit(api, job.repository, name, head_sha, files, words)
    return [
        *said,
        _nothing(done.problem) if done.problem else Remark("notice", f"committed on the branch: {words} ({done.sha})"),
    ]


def _nothing(why: str) -> Remark:
    return Remark("notice", f"nothing was committed: {why}")


def _why_not(job: Job) -> str:
    if job.token is None:
        return "there is no token (GITHUB_TOKEN)"
    if job.pull is not None and job.pull.is_fork:
        return "the branch is in another repository"
    return "there is no branch to write to"


def _branch_of(job: Job) -> tuple[str, str] | None:
    """The branch that a commit may go to, and its newest commit; `None` where there is none to write to."""
    if job.pull is not None:
        return None if job.pull.is_fork else (job.pull.head_ref, job.pull.head_sha)
    if job.event == "push" and job.ref.startswith("refs/heads/") and job.sha:
        return job.ref.removeprefix("refs/heads/"), job.sha
    return None


def _committable(
    git: Git, head_sha: str, changed: Sequence[ChangedNote]
) -> tuple[list[tuple[str, str, bytes]], tuple[str, ...]]:
    """Effect: asks git. The files for a commit on `head_sha` (path, mode, bytes), and the notes that it can't hold.

    A merge commit is what was judged, and a note of it may hold what the other branch brought: only what the
    branch itself has, byte for byte, may be replaced there. Raises `GitError`.
    """
    entries = {entry.path: entry for entry in trees.tree(git, head_sha, git.prefix)}
    algorithm = trees.object_format(git)
    files, others = [], []
    for note in changed:
        entry = entries.get(note.path)
        name = digest_of(note.before.encode(), algorithm).hex()
        if entry is None or entry.id != name or not entry.mode.startswith("100"):
            others.append(note.path)
        else:
            files.append((git.prefix + note.path, entry.mode, note.after.encode()))
    return files, tuple(others)


def _named(paths: Sequence[str]) -> str:
    """Notes in a sentence: the first by name."""
    shown = ", ".join([f"'{path}'" for path in paths[:_NAMED]])
    return shown if len(paths) <= _NAMED else f"{shown} and {len(paths) - _NAMED:,} more"
