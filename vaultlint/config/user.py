"""Settings of the user's own, which no vault can have: how much the journal keeps.

They stand in `user.toml` in the user's config folder, which holds for all vaults.
"""

from __future__ import annotations

from msgspec import Struct

from vaultlint.config.toml import Document, read_text
from vaultlint.rule.errors import did_you_mean

NAME = "user.toml"


class JournalLimits(Struct, frozen=True):
    """How much is kept of each vault; the oldest runs go first, and none before it is a day old."""

    runs: int = 50
    megabytes: int = 500


def journal_limits() -> JournalLimits:
    """Effect: reads the user's settings, if there are any. Raises `ConfigError`."""
    from platformdirs import user_config_path

    file = user_config_path("vaultlint", appauthor=False) / NAME
    if not file.is_file():
        return JournalLimits()
    document = Document(file, str(file), read_text(file, str(file)))
    for key in document.data:
        if key != "journal":
            raise document.error(f"unknown key '{key}'{did_you_mean(key, ('journal',))}", (key,))
    given = document.data.get("journal", {})
    if not isinstance(given, dict):
        raise document.error("'journal' should be a table", ("journal",))
    for key, value in given.items():
        if key not in JournalLimits.__struct_fields__:
            message = f"unknown key '{key}'{did_you_mean(key, JournalLimits.__struct_fields__)}"
            raise document.error(message, ("journal", key))
        if type(value) is not int or value < 1:
            raise document.error(f"'{key}' should be a whole number from 1", ("journal", key))
    return JournalLimits(**given)
