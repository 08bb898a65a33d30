"""Every rule's note is true: its examples run, its sections are complete, and it says what the class says."""

from __future__ import annotations

import re

import pytest

from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.registry import installed_rules
from vaultlint.testing import Example, check_rule_note, rule_examples, run_example

PACKAGE = "obsidian-vaultlint"
NAMES = [name for name in installed_rules().explainable if installed_rules().source(name).package == PACKAGE]


@pytest.mark.parametrize("example", rule_examples(package=PACKAGE), ids=str)
def test_example(example: Example):
    """What the example lists is found and nothing else; its fixes do what it shows, and that once."""
    run_example(example)


@pytest.mark.parametrize("name", NAMES)
def test_note(name: str):
    """The note of a rule is complete, and agrees with the class and the pack `recommended`."""
    check_rule_note(name)


@pytest.mark.parametrize("pack", sorted(installed_rules().packs))
def test_pack(pack: str):
    """A pack says in a sentence what it is for, and gives each of its rules a severity; some leave rules off."""
    data = installed_rules().pack(pack).data()

    assert data["summary"]
    levels = {name: value["severity"] if isinstance(value, dict) else value for name, value in data["rules"].items()}
    known = ("error", "warning", "info", *(("off",) if pack in ("format", "obsidian-linter") else ()))
    assert {} == {name: level for name, level in levels.items() if level not in known}


def test_names_say_what_is_wrong():
    """Names are words in lower case with hyphens between, and no group or pack has the name of a rule."""
    ruleset = installed_rules()

    assert [] == [name for name in NAMES if not re.fullmatch(r"[a-z]+(-[a-z][a-z0-9]*)*", name)]
    assert set() == set(ruleset.explainable) & set(ruleset.packs)
    assert set(ENGINE_FINDINGS) == set(ruleset.explainable) - set(ruleset.names)
