"""`vaultlint config`: the settings in force, and where each comes from; the JSON Schema of a config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.config_text import config_json, config_text
from vaultlint.cli.json_output import write_json
from vaultlint.cli.places import note_of, vaults_of
from vaultlint.config.explained import explain_settings
from vaultlint.config.judged import judged_of
from vaultlint.config.settings import resolve_settings
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.asked import ConfigArguments
    from vaultlint.cli.output import Output


def config(arguments: ConfigArguments, output: Output) -> int:
    """Effect: reads configs, and the note that is named; prints what is in force. The exit status."""
    ruleset = installed_rules()
    if arguments.json_schema:
        from vaultlint.config.json_schema import config_json_schema

        write_json(config_json_schema(ruleset), output)
        return status.CLEAN
    root, path = _place(arguments)
    resolved = resolve_settings(
        root,
        ruleset,
        config=Path(arguments.config) if arguments.config else None,
        select=arguments.select,
        extend_select=arguments.extend_select,
        ignore=arguments.ignore,
        allow_local_rules=arguments.allow_local_rules,
    )
    explained = explain_settings(resolved, path, arguments.ignore)
    judged = judged_of(resolved, explained)
    if arguments.output_format == "json":
        write_json(config_json(explained, judged), output)
    else:
        output.write(config_text(explained, judged))
    return status.CLEAN


def _place(arguments: ConfigArguments) -> tuple[Path, str | None]:
    """The vault's root, and the vault-relative path of the note that is asked about; `None` for a folder."""
    if Path(arguments.path).is_dir():
        return vaults_of([arguments.path], arguments.vault)[0].root, None
    vault, path = note_of(arguments.path, arguments.vault)
    return vault.root, path
