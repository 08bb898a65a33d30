"""`vaultlint schema export`: the schemas of the config for other programs, for people, for the app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.json_output import json_text, write_json
from vaultlint.cli.new_file import put_new
from vaultlint.cli.places import vaults_of
from vaultlint.config.settings import load_settings
from vaultlint.report.escape import shown_path, visible_lines
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError, did_you_mean
from vaultlint.rule.registry import installed_rules
from vaultlint.schema.title import titles_of

if TYPE_CHECKING:
    from vaultlint.cli.asked import SchemaExportArguments
    from vaultlint.cli.output import Output
    from vaultlint.schema.model import Schema


def schema_export(arguments: SchemaExportArguments, output: Output) -> int:
    """Effect: prints schemas in the form asked for, or writes them. The exit status."""
    root = vaults_of([], arguments.vault)[0].root
    schemas = _chosen(root, arguments)
    if arguments.to == "types-json":
        from vaultlint.cli.schema_types import export_types

        return export_types(root, schemas, output, write=arguments.yes, force=arguments.force)
    if arguments.to == "markdown":
        from vaultlint.schema.exports.markdown import to_markdown

        text = to_markdown(schemas)
        if arguments.output is None:
            output.write(visible_lines(text))
            return status.CLEAN
    else:
        from vaultlint.schema.exports.json_schema import to_json_schema

        document = to_json_schema(schemas)
        text = json_text(document)
        if arguments.output is None:
            write_json(document, output)
            return status.CLEAN
    put_new(arguments.output, text)
    output.write(f"Wrote {counted(len(schemas), 'schema')} to {shown_path(arguments.output)}.\n")
    return status.CLEAN


def _chosen(root: Path, arguments: SchemaExportArguments) -> list[tuple[str, Schema]]:
    """The schemas that are asked for, each with what people call it; raises `UserError` where there is none."""
    settings = load_settings(
        root,
        installed_rules(),
        config=Path(arguments.config) if arguments.config else None,
        allow_local_rules=arguments.allow_local_rules,
    )
    found = list(zip(titles_of(settings.schemas), settings.schemas, strict=True))
    if not found:
        raise UserError(f"there is no [[schema]] in the config of '{root}', so there is nothing to export")
    if arguments.name == "all":
        return found
    chosen = [(title, schema) for title, schema in found if title == arguments.name]
    if not chosen:
        near = did_you_mean(arguments.name, [title for title, _ in found])
        raise UserError(f"there is no schema '{arguments.name}'{near or '; a schema gets a name by its key name'}")
    return chosen
