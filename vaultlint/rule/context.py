"""What a rule may know beside what it checks: constants of the vault and its config."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from msgspec import Struct, field

from vaultlint.vault.settings import PLUGIN_PROPERTIES, is_template

if TYPE_CHECKING:
    from vaultlint.schema.model import Schema


class Context(Struct, frozen=True):
    """Constants of one vault; made once, sent to every worker."""

    property_types: dict[str, str] = field(default_factory=dict)
    """`.obsidian/types.json`: property name in lower case -> the app's type."""
    rules: frozenset[str] = frozenset()
    """The names of the rules that run: what another one says already need not be said twice."""
    schemas: tuple[Schema, ...] = ()
    """The schemas of the config and of its packs, in order; several may apply to a note."""
    template_folders: tuple[str, ...] = ()
    """Vault-relative folders of templates (core Templates plug-in and others)."""
    template_notes: tuple[str, ...] = ()
    """The templates of daily notes and of unique notes, vault-relative."""
    plugin_properties: tuple[str, ...] = PLUGIN_PROPERTIES
    """Properties by which a plug-in calls a note its own."""
    daily_folder: str = ""
    """Where the app puts daily notes, vault-relative; empty: at the root."""
    daily_format: str = "YYYY-MM-DD"
    """How it names them there, in Moment.js tokens; with slashes, in folders below."""
    now: float = field(default_factory=time.time)
    """Seconds since 1970, the same for the whole run: for rules that read the clock."""
    callout_types: tuple[str, ...] = ()
    """Types of callouts that the vault's own CSS and plug-ins define, in lower case."""

    def is_template(self, path: str) -> bool:
        """Whether a note is a template. Rules that speak of no template need not ask (see `exempt.py`)."""
        return is_template(path, self.template_folders, self.template_notes)
