"""Laws of fixing that hold for any note."""

from __future__ import annotations

import functools
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine.library import check_text_with, fix_text_with
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import RuleSet

HERE = Path(__file__).parent
PIECES = [
    "TODO",
    "TODO list",
    "DONE",
    "maybe",
    "#tag",
    "word",
    "[[TODO]]",
    "[[a|TODO]]",
    "`TODO`",
    "%% vaultlint-disable-line no-todo %%",
    "%%",
    "$",
    "\n",
    "\r\n",
    "# ",
    "---\n",
    "key: ",
    "```\n",
    "\ufeff",
    "é𝄞",
    "\ud800",
    " ",
]
notes = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
trusts = st.sampled_from([Applicability.SAFE, Applicability.UNSAFE])


@functools.cache
def trial_settings(*rules: str) -> Settings:
    """Settings with some trial rules on."""
    ruleset = RuleSet().with_local(HERE, [HERE / "trial_rules.py"])
    on = tuple(RuleSetting(name, ruleset.load(name).severity) for name in rules)
    return Settings(ruleset=ruleset, root=HERE, rules=on)


def fixed(text: str, at_least: Applicability, *rules: str) -> tuple[str, int, set[str]]:
    """The text after its fixes, how many there were, and what rules still find."""
    result = fix_text_with(trial_settings(*rules), text, "a.md", at_least, alone=True)
    after = result.changed[0].after if result.changed else text
    return after, result.fixed, {one.rule for one in result.report.diagnostics}


@settings(deadline=None)
@given(notes, trusts)
def test_fixing_twice_is_fixing_once(text: str, at_least: Applicability) -> None:
    """A second run has nothing to do."""
    rules = ("no-maybe", "no-todo", "no-todo-list", "open")
    once, _, _ = fixed(text, at_least, *rules)

    assert (once, 0) == fixed(once, at_least, *rules)[:2]


@settings(deadline=None)
@given(notes, trusts)
def test_what_is_left_is_what_a_check_finds(text: str, at_least: Applicability) -> None:
    """The report of a fix, the engine's own remarks aside, is that of a check of the new text."""
    rules = ("no-maybe", "no-todo", "open")
    after, _, left = fixed(text, at_least, *rules)

    found = check_text_with(trial_settings(*rules), after, "a.md", alone=True)

    assert {one.rule for one in found.diagnostics} == {rule for rule in left if not rule.startswith("fix-")}


@settings(deadline=None)
@given(notes.filter(lambda text: "vaultlint" not in text))
def test_rules_that_fight_change_nothing(text: str) -> None:
    """Where two rules undo each other, the note keeps its bytes and both are named."""
    after, count, left = fixed(text, Applicability.SAFE, "no-done", "no-todo")

    if "fix-unsettled" in left or "fix-refused" in left:
        assert (text, 0) == (after, count)
    else:
        assert text == after
