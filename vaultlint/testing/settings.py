"""Settings under which every rule speaks, with options of anybody's choice."""

from __future__ import annotations

import dataclasses
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args, get_origin, get_type_hints

from msgspec import structs

from vaultlint.config.settings import load_settings
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vaultlint.config.settings import Settings
    from vaultlint.rule.kinds import Rule
    from vaultlint.rule.registry import RuleSet

_TYPES = """{"types": {"aliases": "aliases", "tags": "tags", "cssclasses": "multitext", "count": "number",
"done": "checkbox", "created": "date", "modified": "datetime", "up": "text", "links": "multitext"}}"""

_CONFIG = """
packs = ["recommended", "video-notes"]

[[schema]]
has = "videoId"
require = ["title", "speaker", "topics"]
forbid = ["draft"]
[schema.properties]
title = "text"
speaker = { type = "link", default = "[[Somebody]]" }
topics = { type = "list", items = "link", default = [] }
videoId = { type = "text", pattern = "^[A-Za-z0-9_-]{11}$" }
duration = "duration"

[[schema]]
match = "**"
[schema.properties]
created = "date"
modified = "datetime"
done = "checkbox"
count = { type = "integer", min = 0, max = 99 }
at = "time"
source = "url"
mail = "email"
up = { type = "link", folder = "Maps" }
status = { values = ["open", "done", 3, true] }
tags = "tags"
aliases = "aliases"
"""


def every_rule(root: Path, ruleset: RuleSet | None = None) -> Settings:
    """Effect: writes a config and the app's types of properties to a folder. Settings with every rule on."""
    (root / ".obsidian").mkdir(exist_ok=True)
    (root / ".obsidian" / "types.json").write_text(_TYPES, encoding="utf-8")
    (root / "vaultlint.toml").write_text(_CONFIG, encoding="utf-8")
    ruleset = ruleset or installed_rules()
    return load_settings(root, ruleset, extend_select=ruleset.names)


def with_options(settings: Settings, choose: Callable[[Sequence[Any]], Any]) -> Settings:
    """The settings with an option of each rule chosen from its samples."""
    rules = []
    for setting in settings.rules:
        kind: Any = settings.ruleset.load(setting.name).Options
        chosen = {name: choose(values) for name, values in samples(settings.ruleset.load(setting.name))}
        rules.append(structs.replace(setting, options=kind(**chosen)) if kind is not None else setting)
    return structs.replace(settings, rules=tuple(rules))


def samples(rule: type[Rule]) -> Iterator[tuple[str, list[Any]]]:
    """The options of a rule, each with values that its type allows, the default first."""
    kind: Any = rule.Options
    if dataclasses.is_dataclass(kind):
        hints, default = get_type_hints(kind, include_extras=True), cast("Any", kind)()
        for field in dataclasses.fields(kind):
            first = getattr(default, field.name)
            others = [one for one in _values(hints[field.name]) if one != first and _is_taken(kind, field.name, one)]
            yield field.name, [first, *others]


def _is_taken(kind: Any, name: str, value: Any) -> bool:
    """Whether the rule takes this value, which its type allows."""
    try:
        kind(**{name: value})
    except ValueError:
        return False
    return True


def _values(hint: Any) -> list[Any]:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _values(parts[0])
    if origin is Literal:
        return list(parts)
    if origin is tuple:
        return _tuples(parts)
    if origin is dict:
        keys, values = map(_values, parts)
        return [{}, dict(zip(keys, values, strict=False)), {keys[0]: values[-1]}]
    if origin in (list, set, frozenset):
        return [origin(), origin(_values(parts[0]))]
    if parts:
        return [value for part in parts for value in _values(part)]
    plain: dict[Any, list[Any]] = {
        bool: [False, True],
        int: [0, 1, 3, 86_400],
        float: [0.0, 0.5, 1e9],
        str: ["title", "", "no such property", "créé", "YYYY-MM-DD"],
        NoneType: [None],
    }
    return plain.get(hint, [])


def _tuples(parts: tuple[Any, ...]) -> list[Any]:
    values = _values(parts[0])
    if parts[-1] is Ellipsis:
        return [(), tuple(values[:1]), tuple(values)]
    turned = [values, *(_values(part)[::-1] for part in parts[1:])]
    return list(zip(*turned, strict=False))
