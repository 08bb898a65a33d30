"""The page about Obsidian Linter tells the truth: our side of each example in it is run."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.linter.table import ROWS
from vaultlint.config.linter.taken import from_obsidian_linter
from vaultlint.config.linter.text import taken_text
from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.history import record_history

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))  # `dev` is no part of what is installed
parity: Any = importlib.import_module("dev.parity")
reference: Any = importlib.import_module("dev.reference")
RULESET = installed_rules()
EXAMPLES = parity.examples()
DIFFERENT = [row.theirs for row in ROWS if row.verdict in ("better", "differs")]


def settings(example: Any, root: Path) -> Settings:
    """Effect: writes the example's vault, with the config that `vaultlint init --from obsidian-linter` writes."""
    files = {example.name: example.before, **example.files}
    files["vaultlint.toml"] = taken_text(from_obsidian_linter(example.data, RULESET))
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    if example.history:
        record_history(root, example.history, files)
    return load_settings(root, RULESET)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_our_side_of_an_example(example: Any, tmp_path: Path) -> None:
    """What `--fix` and `--unsafe-fixes` make of the note, and what is found in it."""
    its = settings(example, tmp_path)

    for at_least, wanted in ((Applicability.SAFE, example.fixed), (Applicability.UNSAFE, example.unsafe)):
        result = fix_vault(its, at_least=at_least, write=False)
        after = {note.path: note.after for note in result.changed}
        assert wanted == after.pop(example.name, example.before)
        assert {} == after
        assert "fix-refused" not in {one.rule for one in result.report.diagnostics}
    if example.found is not None:
        found = check_vault(its).diagnostics
        lines = [f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}" for one in found]
        assert list(example.found) == lines


def test_each_rule_with_another_result_has_an_example_and_no_other() -> None:
    """In the order of the table."""
    assert DIFFERENT == [example.rule for example in EXAMPLES]


def test_an_example_shows_a_difference() -> None:
    """By another text, or by what is told or said of it; and each says why."""
    alike = [one.rule for one in EXAMPLES if one.plugin == one.fixed == one.unsafe and not one.found]

    assert [] == alike
    assert [] == [one.rule for one in EXAMPLES if not one.said]


def test_a_plugin_that_pastes_leaves_notes_alone() -> None:
    """Its rules for pasting do nothing to a note; ours find the same in it."""
    pasted = [one for one in EXAMPLES if one.rule.endswith("-on-paste")]

    assert 7 == len(pasted)
    assert [] == [one.rule for one in pasted if one.plugin != one.before]
    assert [] == [one.rule for one in pasted if one.unsafe == one.before and not one.found]


def test_what_is_made_of_the_rules_is_current() -> None:
    """`python3 -m dev docs` would change no page."""
    assert [] == list(reference.outdated())


def test_links_of_the_table_lead_to_the_examples() -> None:
    """A heading of code, which is an anchor of the same name."""
    page = parity.FILE.read_text(encoding="utf-8")

    assert [] == [rule for rule in DIFFERENT if f"[`{rule}`](#{rule})" not in page or f"\n### `{rule}`\n" not in page]
