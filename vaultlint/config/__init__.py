"""From config files, packs and flags to one validated, frozen value: `Settings`."""

from vaultlint.config.roots import find_root
from vaultlint.config.settings import RuleSetting, Settings, load_settings

__all__ = ["RuleSetting", "Settings", "find_root", "load_settings"]
