"""What a rule may know beside what it checks: constants of the vault and its config."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from vaultlint.schema.model import Schema


class Context(Struct, frozen=True):
    """Constants of one vault; made once, sent to every worker."""

    property_types: dict[str, str] = field(default_factory=dict)
    """`.obsidian/types.json`: property name in lower case -> the app's type."""
    schemas: tuple[Schema, ...] = ()
    """The schemas of the config and of its packs, in order; several may apply to a note."""
    template_folders: tuple[str, ...] = ()
    """Vault-relative folders of templates (core Templates plug-in and others)."""
    daily_folder: str = ""
    """Where the app puts daily notes, vault-relative; empty: at the root."""
    daily_format: str = "YYYY-MM-DD"
    """How it names them there, in Moment.js tokens; with slashes, in folders below."""
    now: float = field(default_factory=time.time)
    """Seconds since 1970, the same for the whole run: for rules that read the clock."""
