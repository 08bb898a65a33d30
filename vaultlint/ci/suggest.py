"""Safe fixes of new findings as suggestions in a review of the pull request, where the job may write one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.ci.annotations import Remark
from vaultlint.git import trees
from vaultlint.git.door import GitError
from vaultlint.rule.errors import UserError
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from vaultlint.ci.event import Job, PullRequest
    from vaultlint.engine.check import VaultRun
    from vaultlint.engine.values import Report
    from vaultlint.git.door import Git
    from vaultlint.report.views import ReadNote


def suggest(
    pull: PullRequest, job: Job, git: Git | None, run: VaultRun, report: Report, read: ReadNote
) -> list[Remark]:
    """Effect: asks git and the service. Offer what is safe to mend; what a person should know about that.

    The service is asked also where nothing is to be mended: earlier suggestions are withdrawn then.
    """
    able = [one for one in report.diagnostics if one.fixable(Applicability.SAFE)]
    if pull.is_fork or job.token is None:
        why = "a fork's pull request may not write them" if pull.is_fork else "there is no token (GITHUB_TOKEN)"
        return [Remark("notice", f"no suggestions: {why}")] if able else []
    prefix = git.prefix if git is not None else ""
    try:
        mine = _on_the_branch(git, pull.head_sha, run) if able and git is not None else set()
    except GitError as error:
        return [Remark("notice", f"no suggestions: the newest commit of the branch is not at hand ({error})")]
    from vaultlint.ci.rest import Api
    from vaultlint.ci.review import offer
    from vaultlint.ci.suggestions import suggestions

    found = suggestions([one for one in able if one.path in mine], read, prefix)
    try:
        api = Api(job.api_url, job.token)
    except UserError as error:
        return [Remark("notice", f"no suggestions: {error}")]
    outcome = offer(api, pull, found, prefix)
    said = [f"not all suggestions could be offered: {outcome.problem}"] if outcome.problem else []
    said += [f"left out of the review: {why}" for why in outcome.why]
    return [Remark("notice", one) for one in said]


def _on_the_branch(git: Git, head_sha: str, run: VaultRun) -> set[str]:
    """The notes that the branch itself has just as they were judged: a merge may have brought more to others."""
    listed = trees.tree(git, head_sha, git.prefix)
    return {one.path for one in listed if one.path in run.examined and run.examined[one.path].digest.hex() == one.id}
