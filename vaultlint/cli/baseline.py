"""`vaultlint baseline`: note down what is wrong now."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.known import baseline_file
from vaultlint.cli.places import Vault, vaults_of
from vaultlint.cli.progress import progress_bar
from vaultlint.cli.settings import settings_of
from vaultlint.engine.baseline import make_baseline
from vaultlint.engine.baseline_file import NAME, BaselineFile
from vaultlint.report.escape import shown_path
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from vaultlint.cli.asked import BaselineArguments
    from vaultlint.cli.output import Output
    from vaultlint.config.settings import Settings


def baseline(arguments: BaselineArguments, output: Output) -> int:
    """Effect: writes a baseline for each vault of the paths. The exit status."""
    vaults = vaults_of(arguments.paths, arguments.vault)
    if len(vaults) > 1 and arguments.baseline is not None:
        raise UserError(f"a baseline is of one vault, and these paths are in {len(vaults)}: run it once for each")
    settings = [settings_of(vault.root, arguments, arguments.config) for vault in vaults]
    for vault, its_settings in zip(vaults, settings, strict=True):
        _write(vault, its_settings, arguments, output)
    return status.CLEAN


def _write(vault: Vault, settings: Settings, arguments: BaselineArguments, output: Output) -> None:
    if arguments.baseline is not None:
        file = baseline_file(arguments.baseline, settings)
    else:
        file = BaselineFile(str(vault.root / NAME), str(vault.root), vault.prefix() + NAME)
    with progress_bar(quiet=arguments.quiet) as progress:
        counts, notices = make_baseline(
            settings, file, vault.paths, jobs=arguments.jobs, progress=progress, debug=arguments.debug
        )
    if arguments.quiet:
        return
    for notice in notices:
        output.tell(f"vaultlint: {notice}", lines=arguments.debug)
    findings, notes = counted(sum(counts.values()), "finding"), counted(len({key.path for key in counts}), "note")
    output.write(
        f"Wrote {findings} in {notes} to {shown_path(file.shown)}.\n"
        f"`vaultlint check --baseline {shown_path(shlex.quote(file.shown))}` tells only what is new.\n"
    )
