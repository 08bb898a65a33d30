"""`vaultlint check`: say what is wrong in each vault of a call; with `--fix`, repair it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.places import vaults_of
from vaultlint.cli.printer import Printer
from vaultlint.cli.progress import progress_bar
from vaultlint.cli.texts import CheckedTexts
from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.check import VaultRun, check_vault
from vaultlint.rule.errors import UserError
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.arguments import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.engine.values import FixResult, Report


def check(arguments: CheckArguments, output: Output) -> int:
    """Effect: checks, and with `--fix` repairs, each vault of the paths. The worst exit status of all."""
    vaults = vaults_of(arguments.paths, arguments.vault)
    if len(vaults) > 1 and arguments.output_format in ("json", "jsonl"):
        raise UserError(
            f"--output-format {arguments.output_format} tells of one vault, and these paths are in "
            f"{len(vaults)} ({', '.join(str(vault.root) for vault in vaults)}): run it once for each"
        )
    # All configs are read before the first vault is touched: a wrong one must not end a run half-way.
    settings = [settings_of(vault, arguments) for vault in vaults]
    return max(
        _check(vault, its_settings, arguments, Printer(vault, arguments, output))
        for vault, its_settings in zip(vaults, settings, strict=True)
    )


def settings_of(vault: Vault, arguments: CheckArguments) -> Settings:
    """The settings of one vault under the flags of the call; raises `UserError`."""
    return load_settings(
        vault.root,
        installed_rules(),
        config=Path(arguments.config) if arguments.config else None,
        select=arguments.select,
        extend_select=arguments.extend_select,
        ignore=arguments.ignore,
        allow_local_rules=arguments.allow_local_rules,
    )


def verdict(report: Report, fail_on: str | None, settings: Settings) -> int:
    """The exit status that a report asks for; the flag outranks the config."""
    least = settings.fail_on if fail_on is None else _SEVERITIES[fail_on]
    if least is not None and any(found.severity >= least for found in report.diagnostics):
        return status.FOUND
    return status.CLEAN


_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "never": None,
}


def _check(vault: Vault, settings: Settings, arguments: CheckArguments, printer: Printer) -> int:
    if arguments.show_files:
        printer.files(VaultRun(settings, vault.paths).judged)
        return status.CLEAN
    started = time.time()
    if arguments.diff:
        result = _fix(vault, settings, arguments, write=False)
        printer.notices(result.report)
        printer.diff(result)
        return status.FOUND if result.changed else status.CLEAN
    given: dict[str, str] = {}
    if arguments.fix:
        result = _fix(vault, settings, arguments, write=True)
        report, given = result.report, {note.path: note.after for note in result.changed}
    else:
        with progress_bar(quiet=arguments.quiet) as progress:
            report = check_vault(
                settings, paths=vault.paths, jobs=arguments.jobs, progress=progress, debug=arguments.debug
            )
    printer.notices(report)
    printer.report(report, CheckedTexts(report.root, settings.max_note_size, started, given))
    if arguments.fix:
        printer.fixed(result)
    return verdict(report, arguments.fail_on, settings)


def _fix(vault: Vault, settings: Settings, arguments: CheckArguments, *, write: bool) -> FixResult:
    from vaultlint.engine.fix import fix_vault

    with progress_bar(quiet=arguments.quiet) as progress:
        return fix_vault(
            settings,
            paths=vault.paths,
            at_least=Applicability.UNSAFE if arguments.unsafe_fixes else Applicability.SAFE,
            write=write,
            jobs=arguments.jobs,
            progress=progress,
            debug=arguments.debug,
        )
