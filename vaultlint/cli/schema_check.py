"""`vaultlint schema check`: the check command, with the rules about schemas alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.check import check
from vaultlint.cli.places import vaults_of
from vaultlint.cli.settings import settings_of
from vaultlint.report.escape import shown_path
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.output import Output

RULES = (
    "property-schema",
    "unknown-property",
    "property-unique",
    "property-relation",
    "property-target",
    "linked-schema",
)
"""The rules that hold notes against schemas."""


def schema_check(arguments: CheckArguments, output: Output) -> int:
    """Effect: as `check`. The exit status; a vault without schemas is told of on standard error."""
    there = installed_rules()
    arguments.select = [name for name in RULES if name in there]
    for vault in vaults_of(arguments.paths, arguments.vault):
        if not settings_of(vault.root, arguments, arguments.config).schemas and not arguments.quiet:
            output.tell(
                f"vaultlint: there is no [[schema]] in the config of {shown_path(str(vault.root))}, so that no property "
                "is asked for: `vaultlint schema infer` writes some from your notes"
            )
    return check(arguments, output)
