"""Hostile rules: the proof refuses every fix that damages what it says it leaves alone, and no honest one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.values import FixResult
from vaultlint.rule.loading import load_file
from vaultlint.rule.registry import RuleSet

RULES = Path(__file__).with_name("hostile_rules.py")
RULESET = RuleSet().with_local(RULES.parent, [RULES])
table: Any = load_file(RULES)
HOSTILE = [pytest.param(case, family.said, id=case.name) for family in table.FAMILIES.values() for case in family.cases]
HONEST = [pytest.param(case, id=case.name) for case in table.HONEST]


def fixed_by(root: Path, rule: str) -> FixResult:
    """Effect: changes the vault. What fixing with that one rule came to."""
    setting = RuleSetting(rule, RULESET.load(rule).severity)
    return fix_vault(Settings(ruleset=RULESET, root=root, rules=(setting,)))


def texts(root: Path, notes: dict[str, str]) -> dict[str, str]:
    """The notes as they are on the disk now, every byte of them."""
    return {path: (root / path).read_bytes().decode() for path in notes}


@pytest.mark.parametrize(("case", "said"), HOSTILE)
def test_damage_is_refused(make: Any, case: Any, said: str) -> None:
    """The notes keep every byte, and a finding says whose fix was refused and what it would have changed."""
    root = make(case.notes)

    result = fixed_by(root, case.name)

    assert case.notes == texts(root, case.notes)
    refused = [one.message for one in result.report.diagnostics if one.rule == "fix-refused"]
    assert any(re.search(f"'{case.name}' .*(words|text|blocks|{said})", message, re.IGNORECASE) for message in refused)


@pytest.mark.parametrize("case", HONEST)
def test_what_is_declared_is_done(make: Any, case: Any) -> None:
    """A fix that changes what it says and nothing else is applied, in all its notes."""
    root = make(case.notes)

    result = fixed_by(root, case.name)

    assert case.fixed == texts(root, case.fixed)
    assert 1 == result.fixed


def test_each_line_of_the_tables_is_an_edit() -> None:
    """Each line changes some note, all its marks were read, and its name is its own."""
    cases = [*(one.values[0] for one in HOSTILE), *table.HONEST]

    assert [] == [case.name for case in cases if case.notes == case.fixed]
    assert [] == [
        case.name for case in cases if re.search("[⟪⇒⟫]", "".join((*case.notes.values(), *case.fixed.values())))
    ]
    assert len(cases) == len({case.name for case in cases})
