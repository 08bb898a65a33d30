"""`vaultlint schema infer`: what the notes of a folder have in common, as a schema for the config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.places import vaults_of
from vaultlint.config.files import read_configs
from vaultlint.config.settings import Settings
from vaultlint.engine.check import no_gc
from vaultlint.engine.survey import survey
from vaultlint.report.escape import shown_path
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError
from vaultlint.rule.registry import installed_rules
from vaultlint.schema.evidence import is_in
from vaultlint.schema.infer_groups import LEAST_NOTES
from vaultlint.schema.infer_text import inferred_text

if TYPE_CHECKING:
    from vaultlint.cli.asked import InferArguments
    from vaultlint.cli.output import Output


def schema_infer(arguments: InferArguments, output: Output) -> int:
    """Effect: reads a vault, prints TOML. The exit status."""
    if not Path(arguments.folder).is_dir():
        raise UserError(f"there is no folder '{arguments.folder}'")
    vault = vaults_of([arguments.folder], None)[0]
    below = "" if vault.paths is None else vault.paths[0]
    exclude = tuple([glob for one in read_configs(vault.root, None) for glob in one.content.exclude])
    settings = Settings(ruleset=installed_rules(), root=vault.root, exclude=exclude)
    with no_gc():
        seen = survey(vault.root, left_out=settings.excluded)
        found = seen.schemas(below)
    notes = sum(is_in(one.path, below) for one in seen.witnesses)
    for notice in seen.settings.notices:
        output.tell(f"vaultlint: {notice}")
    output.write(inferred_text(found))
    of = shown_path(str(vault.root / below))
    if not found:
        least = f"it takes {LEAST_NOTES} notes with the same properties"
        output.tell(f"vaultlint: no schema shows in {of} ({counted(notes, 'note')}): {least}")
    return status.CLEAN
