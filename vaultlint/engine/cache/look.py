"""One look at a vault from outside: which files there are, and what the system and the app say of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from vaultlint.engine.cache.stamps import Stamps, stamps_of
from vaultlint.vault.files import FileTable, walk
from vaultlint.vault.settings import VaultSettings, read_settings

if TYPE_CHECKING:
    from pathlib import Path


class Look:
    """Each part is looked at once, when somebody asks: before any note is read that a run judges by it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> FileTable:
        """Effect: lists the vault. Raises OSError if it can't be listed."""
        return walk(self.root)

    @cached_property
    def settings(self) -> VaultSettings:
        """Effect: reads the app's settings."""
        return read_settings(self.root)

    @cached_property
    def stamps(self) -> Stamps:
        """Effect: asks the system about all notes."""
        return stamps_of(self.files)
