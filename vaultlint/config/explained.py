"""The settings in force for a vault or one of its notes, and where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from vaultlint.config.overridden import Overriding, overriding
from vaultlint.config.settings import excluding
from vaultlint.rule.meta import ENGINE_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.config.files import Config
    from vaultlint.config.layers import Entry
    from vaultlint.config.settings import Resolved

NO_FLAG = "default"


class Said(Struct, frozen=True):
    """A value, and where it comes from."""

    value: Any
    place: str
    """`vaultlint.toml:3`, `pack 'recommended'`, a flag, or `default`."""


class RuleSaid(Struct, frozen=True):
    """How one rule, or a finding of the engine, is set."""

    name: str
    severity: str
    """A severity, or `off`."""
    place: str
    options: dict[str, Said]
    """Those that are set; the others have their defaults."""


class Explained(Struct, frozen=True):
    """What governs a vault, or one of its notes."""

    root: str
    path: str | None
    """The note, vault-relative; `None`: the vault."""
    files: tuple[str, ...]
    """The config files, bases first."""
    packs: tuple[Said, ...]
    exclude: tuple[Said, ...]
    """The globs of the config."""
    rules: tuple[RuleSaid, ...]
    """All that there are, by name."""
    plugin_properties: Said
    """Properties by which a plug-in calls a note its own."""
    fail_on: Said
    max_note_size: Said
    notices: tuple[str, ...]


def explain_settings(resolved: Resolved, path: str | None, ignored: Sequence[str]) -> Explained:
    """What is in force for the note at `path`, or where it is `None` for the vault; `ignored`: `--ignore`."""
    settings, configs = resolved.settings, resolved.configs
    size = _last(configs, "max-note-size")
    owners = _last(configs, "plugin-properties") or NO_FLAG
    least = _last(configs, "fail-on")
    return Explained(
        root=str(settings.root),
        path=path,
        files=tuple(one.shown for one in configs),
        packs=tuple(_packs(resolved)),
        exclude=tuple(_exclude(configs)),
        rules=tuple(_rules(resolved, path, ignored)),
        plugin_properties=Said(list(settings.plugin_properties), owners),
        fail_on=Said("never" if settings.fail_on is None else str(settings.fail_on), least or NO_FLAG),
        max_note_size=Said(settings.max_note_size, size or NO_FLAG),
        notices=settings.notices,
    )


def explain_rule(resolved: Resolved, name: str) -> RuleSaid:
    """How one rule, by its present name, is set for a vault as a whole."""
    return _rule(resolved, name, ())


def excluded_by(explained: Explained, path: str) -> Iterator[Said]:
    """The globs of the config that keep a note from being judged."""
    for one in explained.exclude:
        if excluding([str(one.value)]).match(path):
            yield one


def _packs(resolved: Resolved) -> Iterator[Said]:
    place = _last(resolved.configs, "packs") or NO_FLAG
    return (Said(name, place) for name in resolved.settings.packs)


def _exclude(configs: Sequence[Config]) -> Iterator[Said]:
    for config in configs:
        for at, glob in enumerate(config.content.exclude):
            yield Said(glob, _at(config, ("exclude", at)))


def _rules(resolved: Resolved, path: str | None, ignored: Sequence[str]) -> Iterator[RuleSaid]:
    changed = overriding(resolved, path)
    for name in resolved.settings.ruleset.explainable:
        said = _rule(resolved, name, ignored)
        yield _overridden(said, changed.get(name), resolved)


def _rule(resolved: Resolved, name: str, ignored: Sequence[str]) -> RuleSaid:
    """How a rule is set for the vault as a whole."""
    settings = resolved.settings
    entry = resolved.entries.get(name)
    options = {key: Said(value, entry.place_of(key)) for key, value in entry.options.items()} if entry else {}
    if name in ENGINE_FINDINGS:
        found = settings.engine.get(name)
    else:
        setting = next((one for one in settings.rules if one.name == name and one.everywhere), None)
        found = setting.severity if setting is not None else None
    if found is not None:
        return RuleSaid(name, str(found), entry.place if entry else NO_FLAG, options)
    return RuleSaid(name, "off", _why_off(entry, name, settings.narrowed, ignored), options)


def _why_off(entry: Entry | None, name: str, narrowed: bool, ignored: Sequence[str]) -> str:
    if entry is None or (entry.level == "off" and not entry.place):
        return "no pack or config turns it on"
    if entry.level == "off":
        return entry.place
    if narrowed:
        return "--ignore" if ignored else "--select"
    return entry.place


def _overridden(said: RuleSaid, change: Overriding | None, resolved: Resolved) -> RuleSaid:
    if change is None:
        return said
    setting = next((one for one in resolved.settings.rules if one.name == said.name), None)
    if setting is None:
        return said  # a flag left it out for all notes
    return structs.replace(said, severity=change.severity, place=change.place)


def _last(configs: Sequence[Config], key: str) -> str | None:
    """Where a key of the config was said last."""
    return next((_at(one, (key,)) for one in reversed(configs) if key in one.document.data), None)


def _at(config: Config, key: tuple[str | int, ...]) -> str:
    line = config.document.line_of(key)
    return f"{config.shown}:{line}" if line else config.shown
