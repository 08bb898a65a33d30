"""Packs and config files over one another: what each rule is set to in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.rule.errors import ConfigError, RuleError, did_you_mean
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.options import WrongValueError, toml, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultlint.config.toml import Document, Key
    from vaultlint.rule.registry import Pack, RuleSet

LEVELS = ("error", "warning", "info", "off", "on")


class Layer:
    """One source of settings of rules: a pack or a config file."""

    __slots__ = ("_document", "name", "rules", "schemas")

    def __init__(
        self,
        name: str,
        rules: Mapping[str, Any],
        schemas: Sequence[Mapping[str, Any]] = (),
        document: Document | None = None,
    ) -> None:
        self.name = name
        """`pack 'recommended'`, or the file."""
        self.rules = rules
        self.schemas = schemas
        self._document = document

    @property
    def is_of_vault(self) -> bool:
        """Whether it is a config file, which may name files of its vault; a pack may not."""
        return self._document is not None

    def place(self, key: Key) -> str:
        """Where this layer says something: `vaultlint.toml:12`, `pack 'recommended'`."""
        line = self._document.line_of(key) if self._document else None
        return f"{self.name}:{line}" if line else self.name

    def error(self, message: str, key: Key) -> ConfigError | RuleError:
        """An error about what this layer says at `key`."""
        return self._document.error(message, key) if self._document else RuleError(f"{self.name}: {message}")


_GROUPS = frozenset(group.value for group in Group)


def pack_layer(pack: Pack) -> Layer:
    """What a pack says."""
    data = pack.data()
    return Layer(f"pack '{pack.name}'", data.get("rules", {}), data.get("schema", []))


class Entry:
    """What the layers so far say of one rule."""

    __slots__ = ("_leveled", "_said", "level", "name", "options", "source")

    def __init__(self, name: str, level: str = "off", source: str = "") -> None:
        self.name = name
        self.level = level
        self.source = source
        """The layer that set the level last."""
        self.options: dict[str, Any] = {}
        self._leveled: tuple[Layer, str] | None = None
        self._said: dict[str, tuple[Layer, str]] = {}

    @property
    def place(self) -> str:
        """Where the level was said last; as `source`, with the line of a config file."""
        if self._leveled is None:
            return self.source
        layer, key = self._leveled
        return layer.place(("rules", key, "severity"))

    def place_of(self, option: str) -> str:
        """Where an option was said last."""
        layer, key = self._said[option]
        return layer.place(("rules", key, option))

    def put(self, layer: Layer, key: str, value: Any) -> None:
        """Lay one layer's word over what was there: a level, or a table with `severity` and options."""
        table = value if isinstance(value, dict) else {"severity": value}
        # options alone turn a rule on: nobody sets one up to leave it off
        said = table.get("severity", "on" if self.level == "off" else self.level)
        if "severity" in table or self.level == "off":  # options alone leave the level where it was said
            self.source, self._leveled = layer.name, (layer, key)
        self.level = checked_level(layer, key, said, ("rules", key, "severity"))
        for option, given in table.items():
            if option != "severity":
                self.options[option] = given
                self._said[option] = (layer, key)

    def turned(self, level: str, source: str) -> Entry:
        """The same options at another level."""
        other = Entry(self.name, level, source)
        other.options, other._said = self.options, self._said
        return other

    def severity(self, ruleset: RuleSet) -> Severity:
        """The severity of an entry that is not off."""
        return severity_of(self.name, self.level, ruleset)

    def validated(self, ruleset: RuleSet) -> Any:
        """The rule's options, checked; `None` where none are set: the rule then takes its defaults."""
        if not self.options:
            return None
        try:
            return validate(ruleset.load(self.name), self.options)
        except WrongValueError as wrong:
            said_last = next(reversed(self._said.values()))
            layer, key = self._said.get(str(wrong.path[0]), said_last) if wrong.path else said_last
            raise layer.error(f"{key}: {wrong.message}", ("rules", key, *wrong.path)) from None


def merge(ruleset: RuleSet, layers: Iterable[Layer], notices: list[str]) -> dict[str, Entry]:
    """All layers over one another, later ones on top; by the rule's present name."""
    entries: dict[str, Entry] = {}
    for layer in layers:
        for written, value in layer.rules.items():
            name = known_name(ruleset, layer, written, ("rules", written), notices)
            if name in ENGINE_FINDINGS and isinstance(value, dict) and set(value) - {"severity"}:
                raise layer.error(f"'{name}' has no options", ("rules", written))
            entries.setdefault(name, Entry(name)).put(layer, written, value)
    return entries


def known_name(ruleset: RuleSet, layer: Layer, written: str, key: Key, notices: list[str]) -> str:
    """The present name of a rule that a layer names at `key`; an old name gives a notice."""
    name = ruleset.current(written)
    if name not in ruleset.explainable:
        raise layer.error(_no_rule(ruleset, written), key)
    if name != written:
        notices.append(f"{layer.name}: the rule '{written}' is now called '{name}'")
    return name


def _no_rule(ruleset: RuleSet, written: str) -> str:
    """What to say of a name that no rule has: `--select` takes groups and packs, a config does not."""
    if written in _GROUPS:
        return f"'{written}' is a group, and rules are named one by one: `vaultlint explain` lists them"
    if written in ruleset.packs:
        return f"'{written}' is a pack: packs stand in `packs = [...]`"
    near = did_you_mean(written, ruleset.explainable)
    return f"no rule named '{written}'{near or '; `vaultlint explain` lists them'}"


def checked_level(layer: Layer, rule: str, said: object, key: Key) -> str:
    """A level as a layer says it at `key`, if it is one."""
    if isinstance(said, str) and said in LEVELS:
        return said
    words = ", ".join(f"'{word}'" for word in LEVELS)
    raise layer.error(f"{rule}: {toml(said)} is none of {words}{did_you_mean(str(said), LEVELS)}", key)


def severity_of(rule: str, level: str, ruleset: RuleSet) -> Severity:
    """A level that is not `off` as a severity; `on` asks the rule for its default, which loads it."""
    if level != "on":
        return Severity[level.upper()]
    return ENGINE_FINDINGS.get(rule) or ruleset.load(rule).severity
