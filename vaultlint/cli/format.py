"""`vaultlint format`: the pack `format` with its safe fixes, and few words about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.notices import tell_notices
from vaultlint.cli.patch import write_patch
from vaultlint.cli.places import Vault, note_of, vaults_of
from vaultlint.cli.progress import progress_bar
from vaultlint.cli.settings import settings_of
from vaultlint.cli.standard_input import standard_input
from vaultlint.config.settings import FORMAT_PACK
from vaultlint.report.escape import shown_path, visible
from vaultlint.report.summary import counted
from vaultlint.rule.meta import ENGINE_FINDINGS

if TYPE_CHECKING:
    from vaultlint.cli.asked import FormatArguments
    from vaultlint.cli.output import Output
    from vaultlint.config.settings import Settings
    from vaultlint.engine.values import FixResult


def format_command(arguments: FormatArguments, output: Output) -> int:
    """Effect: formats the notes of the paths, unless it is only asked what would change. The exit status."""
    if arguments.stdin_filename is not None:
        return _format_standard_input(arguments.stdin_filename, arguments, output)
    vaults = vaults_of(arguments.paths, arguments.vault)
    # All configs are read before the first vault is touched: a wrong one must not end a run half-way.
    settings = [_settings(vault, arguments) for vault in vaults]
    results = [
        _format(vault, its_settings, arguments, output) for vault, its_settings in zip(vaults, settings, strict=True)
    ]
    return _status(arguments, changed=any(result.changed for result in results))


def _settings(vault: Vault, arguments: FormatArguments) -> Settings:
    return settings_of(vault.root, arguments, arguments.config, within=FORMAT_PACK)


def _format(vault: Vault, settings: Settings, arguments: FormatArguments, output: Output) -> FixResult:
    from vaultlint.engine.fix import fix_vault

    with progress_bar(quiet=arguments.quiet) as progress:
        result = fix_vault(
            settings,
            paths=vault.paths,
            write=not (arguments.check or arguments.diff),
            jobs=arguments.jobs,
            progress=progress,
            debug=arguments.debug,
            kind="format",
        )
    _tell(result, vault, arguments, output)
    if arguments.diff:
        write_patch(result.changed, vault, output)
    elif arguments.check:
        output.write("".join([f"{shown_path(vault.prefix() + note.path)}\n" for note in result.changed]))
    if arguments.quiet:
        return result
    if arguments.check or arguments.diff:
        output.tell_shown(_summary(result, "Would format"))
    else:
        undo = f"`vaultlint undo {result.run}` takes this back.\n" if result.run else ""
        output.write(_summary(result, "Formatted") + undo)
    return result


def _format_standard_input(name: str, arguments: FormatArguments, output: Output) -> int:
    from vaultlint.engine.library import fix_text_with

    vault, path = note_of(name, arguments.vault)
    settings = _settings(vault, arguments)
    text = standard_input()
    result = fix_text_with(settings, text, path, debug=arguments.debug)
    _tell(result, vault, arguments, output)
    if arguments.diff:
        write_patch(result.changed, vault, output)
    elif not arguments.check:
        output.write_bytes((result.changed[0].after if result.changed else text).encode())
    return _status(arguments, changed=bool(result.changed))


def _status(arguments: FormatArguments, *, changed: bool) -> int:
    return status.FOUND if changed and (arguments.check or arguments.diff) else status.CLEAN


def _tell(result: FixResult, vault: Vault, arguments: FormatArguments, output: Output) -> None:
    """Effect: prints on standard error what kept a note from being formatted, and notices."""
    tell_notices(result.report, result.proofs, vault, output, quiet=arguments.quiet, debug=arguments.debug)
    for found in result.report.diagnostics:
        if found.rule in ENGINE_FINDINGS:
            output.tell_shown(f"{shown_path(vault.prefix() + found.path)}: {visible(found.message)}\n")


def _summary(result: FixResult, verb: str) -> str:
    """How many notes of how many; ends in a line break."""
    notes, root = result.report.notes, shown_path(result.report.root)
    if not notes:
        return f"No notes to format in {root}.\n"
    if not result.changed:
        return f"Nothing to format in {counted(notes, 'note')} of {root}.\n"
    return f"{verb} {len(result.changed):,} of {counted(notes, 'note')} in {root}.\n"
