"""`vaultlint schema import`: schemas of the app's plug-ins, as text for a config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.new_file import put_new
from vaultlint.config.imports import import_metadata_menu, import_propsec
from vaultlint.report.escape import shown_path
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from vaultlint.cli.asked import SchemaImportArguments
    from vaultlint.cli.output import Output

_READERS = {"metadata-menu": ("Metadata Menu", import_metadata_menu), "propsec": ("Propsec", import_propsec)}


def schema_import(arguments: SchemaImportArguments, output: Output) -> int:
    """Effect: reads the plug-in's settings; prints TOML, or writes it to a file that was not there. The exit status."""
    program, read = _READERS[arguments.program]
    place = Path(arguments.place)
    if not place.exists():
        raise UserError(f"there is no file or folder '{arguments.place}'")
    found = read(place)
    text = found.text(f"Schemas of {program}, for vaultlint.toml: look them through, and keep what you want")
    if arguments.output is None:
        output.write(text)
        return status.CLEAN
    put_new(arguments.output, text)
    output.write(f"Wrote {counted(len(found.drafts), 'schema')} to {shown_path(arguments.output)}.\n")
    return status.CLEAN
