"""What governs a run over one vault, as the flags of a call say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.config.settings import Settings, load_settings
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.asked import RuleArguments


def settings_of(
    root: Path, arguments: RuleArguments, config: str | None, *, heed_trust: bool = True, within: str = ""
) -> Settings:
    """Effect: reads the config of the vault at `root`, or the one named. Raises `UserError`.

    `within` is a pack to run alone, as in `load_settings`.
    """
    return load_settings(
        root,
        installed_rules(),
        config=Path(config) if config else None,
        select=arguments.select,
        extend_select=arguments.extend_select,
        ignore=arguments.ignore,
        allow_local_rules=arguments.allow_local_rules,
        heed_trust=heed_trust,
        within=within,
    )
