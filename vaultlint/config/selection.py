"""`--select`, `--extend-select` and `--ignore`: which of the rules run, whatever the config says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.config.layers import Entry, merge, pack_layer
from vaultlint.rule.errors import UnknownNameError
from vaultlint.rule.kinds import Group
from vaultlint.rule.registry import ALL

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vaultlint.rule.registry import RuleSet

_GROUPS = frozenset(group.value for group in Group)


def choose(
    ruleset: RuleSet,
    entries: dict[str, Entry],
    selected: Sequence[str],
    extended: Sequence[str],
    ignored: Sequence[str],
    notices: list[str],
    among: Collection[str] | None = None,
) -> dict[str, Entry]:
    """The rules that run. A selected one keeps what the config says of it; if it is off there, its default.

    `selected` replaces the set, `extended` adds to it, `ignored` takes away, in this order. What the engine
    itself finds stays whatever is selected, and goes only where it is ignored by name. `among` are the rules of which
    the set consists before flags are heeded; `None`: all.
    """
    chosen = {name for name, entry in entries.items() if entry.level != "off" and (among is None or name in among)}
    if selected:
        chosen = set()
    for term in (*selected, *extended):
        named = _named(ruleset, term, notices)
        chosen.update(named)
        for name, alone in named.items():
            if name not in entries or entries[name].level == "off":
                entries[name] = alone
    for term in ignored:
        chosen.difference_update(_named(ruleset, term, notices))
    return {name: entries[name] for name in sorted(chosen)}


def _named(ruleset: RuleSet, term: str, notices: list[str]) -> dict[str, Entry]:
    """The rules that a term names, as they would be set by it alone."""
    if term in ruleset.packs:
        entries = merge(ruleset, [pack_layer(ruleset.pack(term))], notices)
        return {name: entry for name, entry in entries.items() if entry.level != "off"}
    if term == ALL:
        names = ruleset.names
    elif term in _GROUPS:
        names = ruleset.in_group(term)
    elif ruleset.current(term) in ruleset.explainable:
        names = (ruleset.current(term),)
        if names[0] != term:
            notices.append(f"the rule '{term}' is now called '{names[0]}'")
    else:
        raise UnknownNameError("rule, group or pack", term, ruleset.terms())
    return {name: Entry(name, "on", f"--select {term}") for name in names}
