"""`vaultlint schema check`: the check command, with the rules about schemas alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli.check import check
from vaultlint.cli.places import vaults_of
from vaultlint.config.settings import resolve_settings
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.config.settings import Resolved

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
    found = [_resolved(vault.root, arguments) for vault in vaults_of(arguments.paths, arguments.vault)]
    for one in found:
        if not one.settings.schemas and not arguments.quiet:
            output.tell(
                f"vaultlint: there is no [[schema]] in the config of {one.settings.root}, so that no property is asked "
                "for: `vaultlint schema infer` writes some from your notes"
            )
    there = installed_rules()
    arguments.select = [name for name in RULES if name in there and not all(_is_off(one, name) for one in found)]
    return check(arguments, output)


def _resolved(root: Path, arguments: CheckArguments) -> Resolved:
    return resolve_settings(
        root,
        installed_rules(),
        config=Path(arguments.config) if arguments.config else None,
        ignore=arguments.ignore,
        allow_local_rules=arguments.allow_local_rules,
    )


def _is_off(resolved: Resolved, name: str) -> bool:
    """Whether a config says that a rule is off; then it stays off."""
    entry = resolved.entries.get(name)
    return entry is not None and entry.level == "off"
