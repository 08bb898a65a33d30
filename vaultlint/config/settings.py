"""What governs one run over one vault: the config, its packs and the flags, validated and frozen."""

from __future__ import annotations

import os.path
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from msgspec import Struct, field

from vaultlint.config.layers import Entry, Layer, checked_level, known_name, merge, pack_layer, severity_of
from vaultlint.config.schemas import schemas_of
from vaultlint.config.selection import choose
from vaultlint.rule.errors import did_you_mean
from vaultlint.rule.finding import Severity
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.schema.globs import Globs
from vaultlint.vault.settings import PLUGIN_PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.config.files import Config
    from vaultlint.config.toml import Document
    from vaultlint.rule.registry import RuleSet
    from vaultlint.schema.model import Schema

DEFAULT_PACKS = ("recommended",)
FORMAT_PACK = "format"
"""The pack of which `vaultlint format` runs the rules."""
MAX_NOTE_SIZE = 10_000_000
_UNITS = {"": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


class RuleSetting(Struct, frozen=True):
    """One rule that is on."""

    name: str
    severity: Severity
    options: Any = None
    """An instance of the rule's `Options`; `None` for its defaults."""
    source: str = ""
    """What turned it on: `pack 'recommended'`, a config file, or a flag."""
    everywhere: bool = True
    """Whether it is on for all notes; otherwise only where an override turns it on."""


class Override(Struct, frozen=True):
    """Other severities for the notes that one of the globs matches; `None` turns a rule off there."""

    match: tuple[str, ...]
    rules: dict[str, Severity | None]


def excluding(written: Sequence[str]) -> Globs:
    """What `exclude` leaves out: all in a folder whose name fits, too, were it written with signs (`Old*`)."""
    return Globs([glob for one in written for glob in (one, one.rstrip("/") + "/**")])


class Settings(Struct, frozen=True, dict=True):
    """What governs one run over one vault. Travels to workers."""

    ruleset: RuleSet
    """The rules that there are, those of the vault's own files included: the one to use from here on."""
    root: Path
    """The vault, absolute."""
    rules: tuple[RuleSetting, ...] = ()
    """The rules that run, by name; `setting` tells how one is set for a note."""
    packs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs as written: notes that are not judged, but can be linked to."""
    schemas: tuple[Schema, ...] = ()
    overrides: tuple[Override, ...] = ()
    engine: dict[str, Severity] = field(default_factory=lambda: dict(ENGINE_FINDINGS))
    """Severities of what the engine itself finds; what is turned off is not here."""
    max_note_size: int = MAX_NOTE_SIZE
    """Bytes; a larger note is not judged."""
    plugin_properties: tuple[str, ...] = PLUGIN_PROPERTIES
    """Properties by which a plug-in calls a note its own: such notes are checked, but not formatted."""
    fail_on: Severity | None = Severity.ERROR
    """The least severity that makes the exit status 1; `None`: never."""
    narrowed: bool = False
    """Whether flags left rules out, so that a suppression of all rules can't be called unused."""
    files: tuple[Path, ...] = ()
    """The config files that were read, bases first."""
    notices: tuple[str, ...] = ()
    """What the owner of the config should know, a line each."""

    def excluded(self, path: str) -> bool:
        """Whether the config keeps a note from being judged. A glob that names a folder means all in it."""
        return self._excluding.match(path)

    def setting(self, rule: str, path: str) -> RuleSetting | None:
        """How a rule is set for one note; `None` where it is off there."""
        setting = self._by_name.get(rule)
        if setting is None or not self.overrides:
            return setting
        severity = setting.severity if setting.everywhere else None
        for globs, rules in self._overriding:
            if rule in rules and globs.match(path):
                severity = rules[rule]
        if severity is None:
            return None
        return RuleSetting(rule, severity, setting.options, setting.source)

    @cached_property
    def _by_name(self) -> dict[str, RuleSetting]:
        return {setting.name: setting for setting in self.rules}

    @cached_property
    def _excluding(self) -> Globs:
        return excluding(self.exclude)

    @cached_property
    def _overriding(self) -> list[tuple[Globs, dict[str, Severity | None]]]:
        return [(Globs(one.match), one.rules) for one in self.overrides]


class Asked(TypedDict, total=False):
    """What a run asks for beside the vault's config."""

    config: Path | None
    """The config to use instead of the vault's own."""
    select: Sequence[str]
    extend_select: Sequence[str]
    ignore: Sequence[str]
    """Rules, groups or packs, as the flags of these names have them."""
    allow_local_rules: bool
    """Whether Python that the config names runs, even where the user does not trust the vault."""
    heed_trust: bool
    """Whether it runs where the user does; by default it does."""
    within: str
    """A pack to run alone: it lies below the config and its packs, and of the rules that are on then only those that it
    names run (and such as flags select)."""


def load_settings(root: Path, ruleset: RuleSet, **asked: Unpack[Asked]) -> Settings:
    """The settings of the vault at `root`, from its config or the one named; raises `UserError`.

    Loads no rule that is set by its severity alone, so that a run with nothing changed needs none.
    """
    return resolve_settings(root, ruleset, **asked).settings


class Resolved(Struct, frozen=True):
    """Settings, and what they were made from: for who wants to know where one comes from."""

    settings: Settings
    configs: tuple[Config, ...]
    """The config files, bases first."""
    layers: tuple[Layer, ...]
    """Packs and config files, later ones on top."""
    entries: dict[str, Entry]
    """What the layers say of each rule that one of them names, and flags of those they select."""


def resolve_settings(root: Path, ruleset: RuleSet, **asked: Unpack[Asked]) -> Resolved:
    """As `load_settings`, with what they were made from."""
    from vaultlint.config.files import read_configs
    from vaultlint.config.local import with_local_rules

    root = Path(os.path.abspath(root))  # noqa: PTH100 - the root as people see it
    configs = read_configs(root, asked.get("config"))
    allowed, heed_trust = asked.get("allow_local_rules", False), asked.get("heed_trust", True)
    ruleset = with_local_rules(root, ruleset, configs, allowed=allowed, heed_trust=heed_trust)
    select, ignore, within = asked.get("select", ()), asked.get("ignore", ()), asked.get("within", "")
    packs = next((one.content.packs for one in reversed(configs) if one.content.packs is not None), DEFAULT_PACKS)
    notices: list[str] = []
    base = (pack_layer(ruleset.pack(within)),) if within else ()
    layers = [*base, *_pack_layers(ruleset, packs, configs), *(_layer(one) for one in configs)]
    entries = merge(ruleset, layers, notices)
    overrides = tuple(pair for one in configs for pair in _overrides(ruleset, one, entries, notices))
    partly = {} if select else _only_in_overrides(overrides, entries)
    among = frozenset(map(ruleset.current, base[0].rules)) if base else None
    chosen = choose(ruleset, {**entries, **partly}, select, asked.get("extend_select", ()), ignore, notices, among)
    settings = Settings(
        ruleset=ruleset,
        root=root,
        rules=tuple(
            RuleSetting(
                name,
                entry.severity(ruleset),
                entry.validated(ruleset),
                entry.source,
                entry not in partly.values(),
            )
            for name, entry in chosen.items()
            if name in ruleset
        ),
        packs=tuple(packs),
        exclude=tuple(glob for one in configs for glob in one.content.exclude),
        schemas=schemas_of(layers, root),
        overrides=overrides,
        engine=_engine_severities(ruleset, entries, ignore),
        max_note_size=next((size for one in reversed(configs) if (size := _max_note_size(one))), MAX_NOTE_SIZE),
        plugin_properties=next(
            (said for one in reversed(configs) if (said := one.content.plugin_properties) is not None),
            PLUGIN_PROPERTIES,
        ),
        fail_on=_fail_on(configs),
        narrowed=bool(select or ignore or within),
        files=tuple(one.document.file for one in configs),
        notices=tuple(dict.fromkeys(notices)),
    )
    by_flags = {name: entry for name, entry in chosen.items() if name not in partly}
    return Resolved(settings, configs, tuple(layers), {**entries, **by_flags})


def _pack_layers(ruleset: RuleSet, packs: Sequence[str], configs: Sequence[Config]) -> Iterator[Layer]:
    for place, name in enumerate(packs):
        if name not in ruleset.packs and (document := _last(configs, "packs")):
            near = did_you_mean(name, ruleset.packs) or "; `vaultlint explain --pack` lists them"
            raise document.error(f"no pack named '{name}'{near}", ("packs", place))
        yield pack_layer(ruleset.pack(name))


def _layer(config: Config) -> Layer:
    return Layer(config.shown, config.content.rules, config.schemas(), config.document)


def _last(configs: Sequence[Config], key: str) -> Document | None:
    """The file that had the last word about a key."""
    return next((one.document for one in reversed(configs) if key in one.document.data), None)


def _overrides(ruleset: RuleSet, config: Config, entries: dict[str, Entry], notices: list[str]) -> Iterator[Override]:
    for place, table in enumerate(config.content.override):
        rules: dict[str, Severity | None] = {}
        for written, value in table.rules.items():
            layer = _layer(config)
            key = ("override", place, "rules", written)
            name = known_name(ruleset, layer, written, key, notices)
            if isinstance(value, dict):
                message = f'{written}: an override says how severe a rule is, or "off"; its options stand in [rules]'
                raise layer.error(message, key)
            said = checked_level(layer, written, value, key)
            base = entries.get(name)
            if said == "on" and base is not None and base.level != "off":
                said = base.level
            rules[name] = severity_of(name, said, ruleset) if said != "off" else None
        yield Override(table.match, rules)


def _only_in_overrides(overrides: Sequence[Override], entries: dict[str, Entry]) -> dict[str, Entry]:
    """The rules that are off for the vault, and on for the notes of some override."""
    found: dict[str, Entry] = {}
    for override in overrides:
        for name, severity in override.rules.items():
            entry = entries.get(name, Entry(name))
            if severity is not None and entry.level == "off":
                found[name] = entry.turned(str(severity), "an override")
    return found


def _engine_severities(ruleset: RuleSet, entries: dict[str, Entry], ignored: Sequence[str]) -> dict[str, Severity]:
    found = dict(ENGINE_FINDINGS)
    for name in ENGINE_FINDINGS:
        if name in ignored or (name in entries and entries[name].level == "off"):
            del found[name]
        elif name in entries:
            found[name] = entries[name].severity(ruleset)
    return found


def _max_note_size(config: Config) -> int | None:
    written = config.content.max_note_size
    if written is None:
        return None
    number, _, unit = str(written).partition(" ")
    if number.isascii() and number.isdigit() and unit in _UNITS and int(number):
        return int(number) * _UNITS[unit]
    raise config.document.error(f"max-note-size: '{written}' is no size such as \"20 MB\"", ("max-note-size",))


def _fail_on(configs: Sequence[Config]) -> Severity | None:
    written = next((one.content.fail_on for one in reversed(configs) if one.content.fail_on), "error")
    return None if written == "never" else Severity[written.upper()]
