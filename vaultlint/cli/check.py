"""`vaultlint check`: say what is wrong in each vault of a call; with `--fix`, repair it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.again import asked_of_rules, may_tell_again, run_cache
from vaultlint.cli.cut_off import tell_of_a_cut
from vaultlint.cli.executor import executor_of
from vaultlint.cli.known import baseline_file, baseline_of, known_of, update_baseline
from vaultlint.cli.output import Output, OutputError
from vaultlint.cli.places import Vault, note_of, url_of, vaults_of
from vaultlint.cli.printer import Printer
from vaultlint.cli.progress import progress_bar
from vaultlint.cli.settings import settings_of
from vaultlint.cli.severities import verdict
from vaultlint.cli.standard_input import standard_input
from vaultlint.cli.texts import CheckedTexts
from vaultlint.engine.cache.use import Cached, keep
from vaultlint.engine.check import VaultRun, checked
from vaultlint.engine.report_files import ReportFileError, ReportFiles
from vaultlint.rule.errors import UserError
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from vaultlint.cli.asked import CheckArguments
    from vaultlint.config.settings import Settings
    from vaultlint.engine.known import Known
    from vaultlint.engine.values import FixResult, Suppressed


def check(arguments: CheckArguments, output: Output, vaults: list[Vault] | None = None) -> int:
    """Effect: checks, and with `--fix` repairs, each vault of the paths. The worst exit status of all.

    `vaults` are those of the paths, where they are known.
    """
    files = ReportFiles(arguments.outputs)
    worst = _check_all(arguments, output, files, vaults)
    try:
        files.write()
    except ReportFileError as error:
        raise OutputError(str(error)) from error
    return worst


def _check_all(arguments: CheckArguments, output: Output, files: ReportFiles, vaults: list[Vault] | None) -> int:
    if (url := url_of(arguments.paths, arguments.vault)) is not None:
        from vaultlint.cli.remote import check_url

        return check_url(url, arguments, output, files)
    if arguments.stdin_filename is not None:
        return _check_standard_input(arguments.stdin_filename, arguments, output, files)
    if vaults is None:
        vaults = vaults_of(arguments.paths, arguments.vault)
    if len(vaults) > 1:
        _refuse_one_document(vaults, arguments)
    if len(vaults) > 1 and arguments.baseline is not None:
        raise UserError(f"a baseline is of one vault, and these paths are in {len(vaults)}: run it once for each")
    if arguments.watch:
        from vaultlint.cli.watch import watch

        if len(vaults) > 1:
            raise UserError(f"--watch watches one vault, and these paths are in {len(vaults)}: run it once for each")
        return watch(vaults[0], arguments, output)
    # All configs are read before the first vault is touched: a wrong one must not end a run half-way.
    settings = [_settings_of(vault, arguments) for vault in vaults]
    return max(
        _check(vault, its_settings, arguments, Printer(vault, its_settings, arguments, output, files))
        for vault, its_settings in zip(vaults, settings, strict=True)
    )


def _settings_of(vault: Vault, arguments: CheckArguments) -> Settings:
    """Effect: reads the config of a vault; notes how its files were, for they may be others when its turn comes."""
    from vaultlint.engine.cache.surroundings import configs_of

    settings = settings_of(vault.root, arguments, arguments.config)
    vault.configs = None if arguments.no_cache else configs_of(settings)
    return settings


def _refuse_one_document(vaults: list[Vault], arguments: CheckArguments) -> None:
    """Raises `UserError` where a format that tells of one vault is asked to tell of several."""
    from vaultlint.report.formats import OF_ONE_VAULT

    asked = {arguments.output_format: f"--output-format {arguments.output_format}"}
    asked |= {form: f"--output {form}=FILE" for form, _ in arguments.outputs}
    for form, words in asked.items():
        if form in OF_ONE_VAULT:
            raise UserError(
                f"{words} tells of one vault, and these paths are in "
                f"{len(vaults)} ({', '.join(str(vault.root) for vault in vaults)}): run it once for each"
            )


def _check(vault: Vault, settings: Settings, arguments: CheckArguments, printer: Printer) -> int:
    if arguments.show_files:
        printer.files(VaultRun(settings, vault.paths).judged)
        return status.CLEAN
    tell_of_a_cut(vault, printer)
    known = known_of(settings, arguments)
    ends = _told(vault, settings, arguments, printer, known)
    update_baseline(known, settings, arguments, printer)
    return ends


def _told(vault: Vault, settings: Settings, arguments: CheckArguments, printer: Printer, known: Known | None) -> int:
    started = time.time()
    if arguments.diff:
        result = _fix(vault, settings, arguments, known, write=False)
        printer.diff(result)
        return status.FOUND if result.changed else status.CLEAN
    if arguments.fix:
        result = _fix(vault, settings, arguments, known, write=True)
        given = {note.path: note.after for note in result.changed}
        printer.report(result.report, _texts(settings, arguments, started, given), fixed=result)
        return verdict(result.report, arguments.fail_on, settings.fail_on)
    if arguments.add_suppressions:
        hidden = _suppress(vault, settings, arguments, known)
        given = {note.path: note.after for note in hidden.changed}
        printer.report(hidden.report, _texts(settings, arguments, started, given), fixed=hidden)
        return verdict(hidden.report, arguments.fail_on, settings.fail_on)
    run = VaultRun(settings, vault.paths, debug=arguments.debug, known=known, cached=cached_of(vault, arguments))
    with progress_bar(quiet=arguments.quiet) as progress, executor_of(arguments) as executor:
        report = checked(run, executor=executor, jobs=arguments.jobs, progress=progress)
    printer.report(report, _texts(settings, arguments, started, {}))
    if may_tell_again(arguments):
        keep(run, report, run_cache(vault, arguments))
    return verdict(report, arguments.fail_on, settings.fail_on)


def cached_of(vault: Vault, arguments: CheckArguments) -> Cached | None:
    """Whether a call uses what earlier runs saw; `None`: it does not."""
    if arguments.no_cache:
        return None
    return Cached(asked_of_rules(arguments), arguments.cache_key == "content", vault.look, vault.configs)


def _fix(vault: Vault, settings: Settings, arguments: CheckArguments, known: Known | None, *, write: bool) -> FixResult:
    from vaultlint.engine.fix import fix_vault

    with progress_bar(quiet=arguments.quiet) as progress, executor_of(arguments) as executor:
        return fix_vault(
            settings,
            paths=vault.paths,
            executor=executor,
            at_least=_at_least(arguments),
            write=write,
            jobs=arguments.jobs,
            progress=progress,
            debug=arguments.debug,
            known=known,
        )


def _suppress(vault: Vault, settings: Settings, arguments: CheckArguments, known: Known | None) -> Suppressed:
    from vaultlint.engine.suppress import add_suppressions

    baseline = baseline_of(known)
    with progress_bar(quiet=arguments.quiet) as progress:
        return add_suppressions(
            settings,
            paths=vault.paths,
            jobs=arguments.jobs,
            progress=progress,
            debug=arguments.debug,
            known=known,
            into=(baseline, baseline_file(arguments.baseline, settings)) if baseline and arguments.baseline else None,
        )


def _check_standard_input(name: str, arguments: CheckArguments, output: Output, files: ReportFiles) -> int:
    from vaultlint.engine.library import check_text_with, fix_text_with

    vault, path = note_of(name, arguments.vault)
    settings = settings_of(vault.root, arguments, arguments.config)
    printer = Printer(vault, settings, arguments, output, files)
    if arguments.show_files:
        printer.files([path])
        return status.CLEAN
    known = known_of(settings, arguments)
    started = time.time()
    text = standard_input()
    if not (arguments.fix or arguments.diff):
        report = check_text_with(settings, text, path, debug=arguments.debug, known=known)
        printer.report(report, _texts(settings, arguments, started, {path: text}))
        return verdict(report, arguments.fail_on, settings.fail_on)
    result = fix_text_with(settings, text, path, _at_least(arguments), debug=arguments.debug, known=known)
    if arguments.diff:
        printer.diff(result)
        return status.FOUND if result.changed else status.CLEAN
    given = {path: text, **{note.path: note.after for note in result.changed}}
    printer.note(given[path], result, _texts(settings, arguments, started, given))
    return verdict(result.report, arguments.fail_on, settings.fail_on)


def _texts(settings: Settings, arguments: CheckArguments, started: float, given: dict[str, str]) -> CheckedTexts:
    again = bool(arguments.outputs)
    return CheckedTexts(str(settings.root), settings.max_note_size, started, given, again=again)


def _at_least(arguments: CheckArguments) -> Applicability:
    return Applicability.UNSAFE if arguments.unsafe_fixes else Applicability.SAFE
