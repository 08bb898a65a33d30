"""`vaultlint ci github`: translates the call."""

from __future__ import annotations

import os
import secrets
import shlex
from typing import TYPE_CHECKING

from vaultlint.ci.event import job_of
from vaultlint.ci.github import Outcome, Wanted, run_job
from vaultlint.cli import status
from vaultlint.cli.known import known_of
from vaultlint.cli.places import vaults_of
from vaultlint.cli.settings import settings_of
from vaultlint.cli.severities import SEVERITIES
from vaultlint.cli.words.check import parse_check
from vaultlint.engine.reader import leads_elsewhere
from vaultlint.report.github import command
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from vaultlint.cli.asked import CheckArguments, GithubArguments
    from vaultlint.cli.output import Output
    from vaultlint.engine.known import Known

_ALLOWED = {"select", "extend_select", "ignore", "vault", "allow_local_rules", "since", "baseline", "outputs"}
_ALLOWED |= {"jobs", "no_cache", "debug"}
"""The options of `check` that mean something in a job."""


def ci(arguments: GithubArguments, output: Output) -> int:
    """Effect: runs the job. The exit status."""
    token = f"vaultlint-{secrets.token_hex(16)}"
    # No line is a command unless it is ours, whatever a note says and whoever repeats it. Where something
    # unforeseen ends the run, that stays so: the service forgets it behind this step.
    output.write(f"::stop-commands::{token}\n")
    try:
        outcome = _run(arguments, token)
    except UserError as error:
        output.write(f"::{token}::\n{command('error', f'vaultlint: {error}')}")
        return status.USAGE
    output.write(f"::{token}::\n{outcome.log}{outcome.commands}")
    return status.FOUND if outcome.failed else status.CLEAN


def _run(arguments: GithubArguments, token: str) -> Outcome:
    job = job_of(os.environ)
    further = _further(arguments.args)
    if further.allow_local_rules and job.may_be_a_strangers:
        raise UserError("args: --allow-local-rules is refused here: it would run the code of a stranger's pull request")
    for name in (arguments.path, arguments.config, further.vault, further.baseline):
        if name and leads_elsewhere(name):
            raise UserError(f"'{name}' leads elsewhere, through a link in the work tree: nothing is read there")
    vault = vaults_of([arguments.path], further.vault)[0]
    settings = settings_of(vault.root, further, arguments.config, heed_trust=False)

    def compare(commit: str | None) -> Known | None:
        further.since = commit
        return known_of(settings, further)

    wanted = Wanted(
        settings=settings,
        paths=vault.paths,
        since=further.since,
        compare=compare,
        fail_on=SEVERITIES[arguments.fail_on],
        suggestions=arguments.suggestions,
        autofix=arguments.autofix,
        files=[*([("sarif", arguments.sarif)] if arguments.sarif else []), *further.outputs],
        fixing=_fixing(arguments, further),
        jobs=further.jobs,
        debug=arguments.debug or further.debug or job.debug,
    )
    return run_job(job, wanted, token)


def _further(args: str) -> CheckArguments:
    """The options in `--args`; raises `UserError` for one that means nothing in a job."""
    try:
        words = shlex.split(args)
        further, plain = parse_check(words), parse_check([])
    except ValueError as error:
        raise UserError(f"args: {error}") from None
    except SystemExit:  # also for --help and --version: a job that checks nothing must not look well
        raise UserError(f"args: '{args}' is not understood; what is wrong with it is said above") from None
    for name, value in vars(further).items():
        if value == vars(plain)[name] or name in _ALLOWED:
            continue
        if name == "paths":
            raise UserError(f"args: '{value[0]}' is no option; the input `path` tells what to check")
        option = f"--{name.replace('_', '-')}"
        own = f"there is an input `{name.replace('_', '-')}`" if name in ("config", "fail_on") else ""
        raise UserError(f"args: {option} can't be given here{': ' if own else ''}{own}")
    return further


def _fixing(arguments: GithubArguments, further: CheckArguments) -> list[str]:
    """The words of a call that mends at a desk what this job found."""
    words = ["vaultlint", "check", "--fix"]
    for option, names in (
        ("--select", further.select),
        ("--extend-select", further.extend_select),
        ("--ignore", further.ignore),
        ("--config", [arguments.config] if arguments.config else []),
        ("--vault", [further.vault] if further.vault else []),
        ("--baseline", [further.baseline] if further.baseline else []),
    ):
        words += [option, ",".join(names)] if names else []
    if further.allow_local_rules:
        words.append("--allow-local-rules")
    return [*words, arguments.path] if arguments.path != "." else words
