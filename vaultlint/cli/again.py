"""`vaultlint check` where it was asked before: what nothing has changed of is told again, and little is imported."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.engine.cache.runs import RunCache

_TOLD = frozenset(("full", "concise", "json", "jsonl"))
"""Formats that need nothing but the findings."""


def check(arguments: CheckArguments, output: Output) -> int:
    """Effect: checks each vault of the paths, or tells again what was told. The worst exit status of all."""
    vaults = None
    if may_tell_again(arguments):
        from vaultlint.cli.places import vaults_of

        vaults = vaults_of(arguments.paths, arguments.vault)
        ends = _again(vaults[0], arguments, output) if len(vaults) == 1 else None
        if ends is not None:
            return ends
    from vaultlint.cli.check import check as check_anew

    return check_anew(arguments, output, vaults)


def may_tell_again(arguments: CheckArguments) -> bool:
    """Whether nothing but a vault of this machine, the rules and the words of the call decides what is told."""
    from vaultlint.cli.places import url_of

    others = (
        arguments.no_cache,
        arguments.fix,
        arguments.diff,
        arguments.add_suppressions,
        arguments.since,
        arguments.baseline,
        arguments.outputs,
        arguments.show_files,
        arguments.stdin_filename,
        arguments.debug,
        arguments.watch,
        arguments.scheduler,
        url_of(arguments.paths, arguments.vault),
    )
    return arguments.output_format in _TOLD and not any(others)


def asked_of_rules(arguments: CheckArguments) -> tuple[str, ...]:
    """The words of a call that say which rules run, and how."""
    lists = (arguments.select, arguments.extend_select, arguments.ignore)
    config = os.path.abspath(arguments.config) if arguments.config else ""  # noqa: PTH100  from whichever folder
    words = [config, str(arguments.allow_local_rules), *(",".join(one) for one in lists)]
    return (*words, str(arguments.debug))


def run_cache(vault: Vault, arguments: CheckArguments) -> RunCache:
    """Where the run of a call over one vault is kept."""
    from vaultlint.engine.cache.runs import RunCache

    paths = ["every note"] if vault.paths is None else ["notes", *sorted(vault.paths)]
    call = (arguments.output_format, str(arguments.statistics), str(arguments.quiet), *paths)
    return RunCache(vault.root, asked_of_rules(arguments), call, by_content=arguments.cache_key == "content")


def _again(vault: Vault, arguments: CheckArguments, output: Output) -> int | None:
    from vaultlint.cli.cut_off import tell_of_a_cut
    from vaultlint.engine.cache.look import Look

    started = time.time()
    vault.look = Look(vault.root)
    told = run_cache(vault, arguments).again(vault.look)
    if told is None:
        return None
    from vaultlint.cli.printer import Printer
    from vaultlint.cli.severities import verdict
    from vaultlint.cli.texts import CheckedTexts
    from vaultlint.engine.report_files import ReportFiles

    printer = Printer(vault, None, arguments, output, ReportFiles(()))
    tell_of_a_cut(vault, printer)
    printer.report(told.report, CheckedTexts(str(vault.root), told.max_note_size, started, {}))
    return verdict(told.report, arguments.fail_on, told.fail_on)
