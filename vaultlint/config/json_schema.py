"""The JSON Schema (draft 2020-12) of a config, for editors: made from the models that read it, and from the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.config.layers import LEVELS
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.options import describe
from vaultlint.rule.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultlint.rule.kinds import Rule
    from vaultlint.rule.registry import RuleSet

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def config_json_schema(ruleset: RuleSet) -> dict[str, Any]:
    """What a `vaultlint.toml` may hold, with the rules and packs of `ruleset`: what our own reader refuses, it does."""
    from vaultlint.config.models import ConfigFile
    from vaultlint.schema.tables import SchemaTable

    made = _tidied(ConfigFile.model_json_schema(by_alias=True))
    of_schemas = _tidied(SchemaTable.model_json_schema(by_alias=True))
    definitions = made.pop("$defs") | _with_conditions(of_schemas.pop("$defs"), of_schemas)
    names = _names(ruleset)
    options = {name: _options(ruleset, name, definitions) for name in names}
    definitions["Severity"] = {"enum": list(LEVELS), "description": "`on`: the severity that the rule itself has."}
    properties = made["properties"]
    properties["packs"]["items"] = {"enum": sorted(ruleset.packs)}
    properties["rules"] |= _closed({name: _rule(ruleset, name, options[name]) for name in names})
    properties["schema"]["items"] = {"$ref": "#/$defs/SchemaTable"}
    definitions["OverrideTable"]["properties"]["rules"] |= _closed(
        {name: {"$ref": "#/$defs/Severity"} for name in names}
    )
    title = {"title": "vaultlint.toml", "description": "The config of vaultlint, which checks Obsidian vaults."}
    return {"$schema": DRAFT, **title, **_without(made, ("title", "description")), "$defs": definitions}


def _names(ruleset: RuleSet) -> list[str]:
    """All that a config may name: rules, what the engine finds, and the names that rules had before."""
    return sorted({*ruleset.explainable, *ruleset.old_names})


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _rule(ruleset: RuleSet, written: str, options: dict[str, Any]) -> dict[str, Any]:
    name = ruleset.current(written)
    page = page_of(ruleset, name)
    table = _closed({"severity": {"$ref": "#/$defs/Severity"}, **options})
    found = {"description": f"{page.title}: {page.summary}", "anyOf": [{"$ref": "#/$defs/Severity"}, table]}
    return found if name == written else {"deprecated": True, **found}


def _options(ruleset: RuleSet, written: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """The options of a rule, by the keys that a config writes."""
    name = ruleset.current(written)
    if name in ENGINE_FINDINGS:
        return {}
    rule = ruleset.load(name)
    if rule.Options is None:
        return {}
    from pydantic import TypeAdapter

    made = TypeAdapter(rule.Options).json_schema(ref_template=f"#/$defs/{name}.{{model}}")
    definitions |= {f"{name}.{key}": _tidied(one) for key, one in made.pop("$defs", {}).items()}
    return _described(rule, _tidied(made)["properties"])


def _described(rule: type[Rule], properties: Mapping[str, Any]) -> dict[str, Any]:
    by_key = {key.replace("_", "-"): shape for key, shape in properties.items()}
    meanings = {option.key: option.meaning for option in describe(rule)}
    return {
        key: {**shape, "description": meanings[key]} if meanings.get(key) else shape for key, shape in by_key.items()
    }


def _with_conditions(definitions: dict[str, Any], schema_table: dict[str, Any]) -> dict[str, Any]:
    """The tables of a schema, and which of their keys can't stand together."""
    from vaultlint.schema.tables import GOES_WITH, SAID_THERE, SAY_ALL

    definitions["PropertyTable"]["dependentSchemas"] = {
        key: {"required": ["type"], "properties": {"type": {"enum": sorted(types)}}} for key, types in GOES_WITH.items()
    }
    schema_table["dependentSchemas"] = {
        key: {"properties": {other: False for other in SAID_THERE if other != key}} for key in SAY_ALL
    }
    return {**definitions, "SchemaTable": schema_table}


def _tidied(shape: Any, *, names: bool = False) -> Any:
    """Without what pydantic says to programs: titles, and null, which TOML does not have.

    `names`: whether the keys of `shape` are names of properties, and so not to be touched.
    """
    if isinstance(shape, list):
        return [_tidied(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if names:
        return {key: _tidied(one) for key, one in shape.items()}
    found = {
        key: _tidied(one, names=key in ("properties", "$defs"))
        for key, one in shape.items()
        if key != "title" and not (key == "default" and one in (None, [], {}, ""))
    }
    choices = found.get("anyOf")
    if choices is not None:
        left = [one for one in choices if one != {"type": "null"}]
        found = _without(found, ("anyOf",)) | ({"anyOf": left} if len(left) != 1 else left[0])
    return found


def _without(shape: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: one for key, one in shape.items() if key not in keys}
