"""The plug-in's settings made to a config, with nothing in it that our own reader would refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from vaultlint.config.linter.custom import RULE, patterns
from vaultlint.config.linter.given import Given, by_plain_name, plain
from vaultlint.config.linter.ignored import Ignored, ignored
from vaultlint.config.linter.rows import PARTS, Row, Said
from vaultlint.config.linter.table import ROWS
from vaultlint.rule.options import WrongValueError, validate
from vaultlint.schema.imports.draft import as_table, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.registry import RuleSet


class Taken(Struct):
    """What a config says."""

    rules: Said = field(default_factory=dict)
    """Our rule -> its options."""
    remarks: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Our rule -> what is otherwise, or nothing -> the plug-in's rules of which that is said."""
    patterns: list[dict[str, Any]] = field(default_factory=list)
    """Of `forbidden-terms`."""
    exclude: tuple[tuple[str, str], ...] = ()
    """Globs, each with a remark that may be empty."""
    overrides: list[tuple[str, list[str]]] = field(default_factory=list)
    """A glob, and the rules of ours that are off for the notes that it matches."""
    left: list[str] = field(default_factory=list)
    """What was not taken over, and why."""
    theirs: int = 0
    """How many rules of the plug-in are on and have become ours."""


def from_obsidian_linter(data: object, ruleset: RuleSet) -> Taken:
    """A config for the plug-in's settings; raises `ValueError` where they are none."""
    settings = as_table(without_surrogates(data))
    if not isinstance(settings.get("ruleConfigs"), dict):
        raise ValueError("it has no 'ruleConfigs'")
    taken = Taken()
    configs = by_plain_name(settings["ruleConfigs"])
    for row in ROWS:
        options = as_table(configs.get(plain(row.theirs)))
        if options.get("enabled") is True:
            take(taken, row, Given(options, settings.get("commonStyles")), ruleset)
    finish(taken, ruleset)
    _take_patterns(taken, settings, ruleset)
    found: Ignored = ignored(settings)
    taken.exclude = found.globs
    taken.left += [*found.left, *_no_counterpart(settings)]
    return taken


def without_surrogates(data: object) -> object:
    """The same, without what JSON can spell and no text of TOML can hold."""
    try:
        return json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise ValueError("it is too deep") from None


def take(taken: Taken, row: Row, given: Given, ruleset: RuleSet) -> None:
    """Take over one rule of another program that is on there."""
    said = row.read(given)
    there = [rule for rule in said if rule in ruleset]
    reasons = [row.why] if row.why and (there or not row.ours) else []
    reasons += [*given.remarks, *(f"its option '{key}' is not known here" for key in given.unread())]
    reasons += [f"'{rule}' is a rule that this version does not have" for rule in said if rule not in ruleset]
    if not there:
        taken.left.append(f"{row.theirs}: {'; '.join(reasons) or 'it does nothing'}")
        return
    taken.theirs += 1
    for rule in there:
        before = taken.rules.get(rule, {})  # has the last word: each save would undo the one before
        clash = [key for key, value in said[rule].items() if before.get(key, value) != value]
        taken.rules[rule] = said[rule] | before
        told = [*(reasons if rule == there[0] else ()), *(f"'{key}' is as said before" for key in clash)]
        reason = "; ".join(told)
        taken.remarks.setdefault(rule, {}).setdefault(reason, []).append(row.theirs)


def finish(taken: Taken, ruleset: RuleSet) -> Taken:
    """The same, each rule with the parts that nobody asked for, and without what our reader would refuse."""
    taken.rules = {rule: PARTS.get(rule, {}) | options for rule, options in taken.rules.items()}
    for rule in taken.rules:
        _settle(taken, rule, ruleset)
    return taken


def _settle(taken: Taken, rule: str, ruleset: RuleSet) -> None:
    """Leave out options that our own reader would refuse, and say so."""
    options = taken.rules[rule]
    while options:
        try:
            validate(ruleset.load(rule), options)
        except WrongValueError as wrong:
            key = str(wrong.path[0]) if wrong.path else ""
            dropped = key if key in options else next(iter(options))
            options = {name: value for name, value in options.items() if name != dropped}
            taken.remarks[rule][f"'{rule}' does without '{dropped}': {wrong.message}"] = []
        else:
            break
    taken.rules[rule] = options


def _take_patterns(taken: Taken, settings: dict[str, Any], ruleset: RuleSet) -> None:
    found, left = patterns(settings)
    taken.left += left
    for table in found:
        try:
            if RULE not in ruleset:
                raise ValueError(f"'{RULE}' is a rule that this version does not have")
            validate(ruleset.load(RULE), {"patterns": [table]})
        except (WrongValueError, ValueError) as wrong:
            taken.left.append(f"the custom regular expression '{table['find'][:100]}': {wrong}")
        else:
            taken.patterns.append(table)


def _no_counterpart(settings: dict[str, Any]) -> Iterator[str]:
    known = {plain(row.theirs) for row in ROWS}
    for name, options in as_table(settings["ruleConfigs"]).items():
        if plain(name) not in known and as_table(options).get("enabled") is True:
            yield f"{name[:100]}: a rule that is not known here"
    commands = settings.get("lintCommands")
    for command in map(as_table, commands[:100] if isinstance(commands, list) else ()):
        name = as_text(command.get("name")) or as_text(command.get("id"))
        if name and command.get("enabled", True) is True:
            yield f"the command '{name[:100]}': commands of the app run in the app alone"
    if settings.get("additionalFileExtensions"):
        yield "further file extensions: notes are files that end in .md"
