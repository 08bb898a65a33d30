"""How a rule is set in the vault of the current folder, and where each setting comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.config_text import columns
from vaultlint.config.explained import explain_rule
from vaultlint.config.overridden import overrides_of
from vaultlint.report.escape import shown_path
from vaultlint.rule.options import describe, toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.config.settings import Resolved


def here_text(resolved: Resolved, name: str) -> str:
    """Lines for people, all but the first indented; nothing in them steers a terminal."""
    head = f"Settings in {shown_path(str(resolved.settings.root))}"
    return "".join([f"{line}\n" for line in (head, *columns(_rows(resolved, name)))])


def _rows(resolved: Resolved, name: str) -> Iterator[tuple[str, str, str]]:
    said = explain_rule(resolved, name)
    yield name, said.severity, said.place
    for one in overrides_of(resolved, name):
        yield "", one.severity, one.place
    ruleset = resolved.settings.ruleset
    for option in describe(ruleset.load(name)) if name in ruleset else ():
        given = said.options.get(option.key)
        if given is not None:
            yield f"  {option.key}", toml(given.value), given.place
        else:
            yield f"  {option.key}", option.default or "not set", "default"
