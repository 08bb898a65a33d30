"""What rules may know of a vault, from its config and the app's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.rule.context import Context

if TYPE_CHECKING:
    from vaultlint.config.settings import Settings
    from vaultlint.vault.settings import VaultSettings


def context_of(settings: Settings, vault_settings: VaultSettings) -> Context:
    """The constants of one vault, as of now."""
    return Context(
        property_types=dict(vault_settings.property_types),
        rules=frozenset(setting.name for setting in settings.rules),
        schemas=settings.schemas,
        template_folders=tuple(vault_settings.template_folders),
        template_notes=vault_settings.template_notes,
        plugin_properties=settings.plugin_properties,
        daily_folder=vault_settings.daily_folder,
        daily_format=vault_settings.daily_format,
        callout_types=vault_settings.callout_types,
    )
