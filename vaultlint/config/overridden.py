"""Which `[[override]]` has the last word about a rule in a note, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.schema.globs import Globs

if TYPE_CHECKING:
    from vaultlint.config.settings import Resolved


class Overriding(Struct, frozen=True):
    """What an override makes of a rule."""

    severity: str
    """A severity, or `off`."""
    place: str
    """`vaultlint.toml:14, for 'Journal/**'`."""


def overriding(resolved: Resolved, path: str | None) -> dict[str, Overriding]:
    """Rule -> what the last override that matches the note says of it; nothing for a vault as a whole."""
    found: dict[str, Overriding] = {}
    if path is None:
        return found
    severities = iter(resolved.settings.overrides)
    for config in resolved.configs:
        for at, table in enumerate(config.content.override):
            override = next(severities)
            globs = [glob for glob in table.match if Globs([glob]).match(path)]
            for written in table.rules if globs else ():
                name = resolved.settings.ruleset.current(written)
                if name in ENGINE_FINDINGS:
                    continue  # these are the same for all notes
                line = config.document.line_of(("override", at, "rules", written))
                severity = override.rules[name]
                place = f"{config.shown}:{line}, for '{globs[0]}'"
                found[name] = Overriding("off" if severity is None else str(severity), place)
    return found
