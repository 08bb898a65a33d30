"""Which `[[override]]` has the last word about a rule in a note, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.schema.globs import Globs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.config.files import Config
    from vaultlint.config.settings import Resolved
    from vaultlint.rule.finding import Severity


class Overriding(Struct, frozen=True):
    """What an override makes of a rule."""

    severity: str
    """A severity, or `off`."""
    place: str
    """`vaultlint.toml:14, for 'Journal/**'`."""


def overrides_of(resolved: Resolved, name: str) -> Iterator[Overriding]:
    """What each override says of a rule, in order; later ones win."""
    severities = iter(resolved.settings.overrides)
    for config in resolved.configs:
        for at, table in enumerate(config.content.override):
            override = next(severities)
            for written in table.rules:
                if resolved.settings.ruleset.current(written) == name and name not in ENGINE_FINDINGS:
                    globs = ", ".join(f"'{glob}'" for glob in table.match)
                    yield _overriding(config, at, written, override.rules[name], globs)


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
                found[name] = _overriding(config, at, written, override.rules[name], f"'{globs[0]}'")
    return found


def _overriding(config: Config, at: int, written: str, severity: Severity | None, globs: str) -> Overriding:
    line = config.document.line_of(("override", at, "rules", written))
    return Overriding("off" if severity is None else str(severity), f"{config.shown}:{line}, for {globs}")
