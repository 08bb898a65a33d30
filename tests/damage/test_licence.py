"""What fixes change without licence is counted; in the examples of the rules, nothing is."""

from __future__ import annotations

from pathlib import Path

import extractor
import licence
import pytest
from msgspec.structs import astuple

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.rule.fix import Applicability, Edit
from vaultlint.rule.registry import installed_rules
from vaultlint.testing import Example, rule_examples
from vaultlint.testing.examples import rule_note

PACKAGE = "obsidian-vaultlint"
FIXED = [example for example in rule_examples(package=PACKAGE) if example.fixed or example.fixed_unsafe]


def replaced(text: str, old: str, new: str, rule: str) -> dict[str, list[str]]:
    """What an edit of this rule damages: kind -> the values that came."""
    edit = licence.Edit(text.index(old), text.index(old) + len(old), new, (rule,))
    found = licence.unlicensed(text, [edit])
    return {kind: [thing.value for one in differing for thing in one.come] for kind, differing in found.items()}


def test_what_a_rule_may_change_is_no_damage() -> None:
    """A fix may lead a link to another file."""
    assert {} == replaced("[[a|x]]\n", "a", "b", "alias-as-target")


def test_a_rule_that_is_not_listed_may_change_nothing() -> None:
    """A new rule needs a licence."""
    assert {"wikilinks": ["b"]} == replaced("[[a|x]]\n", "a", "b", "some-new-rule")


def test_other_kinds_on_the_same_line_are_damage() -> None:
    """A fix that may change a link may not change a word or a tag beside it."""
    assert {"prose": ["two"], "tags": []} == replaced("[[a|x]] #one\n", "a|x]] #one", "b|x]] two", "alias-as-target")


def test_one_edit_changes_one_thing() -> None:
    """A fix that may change a link may not change the next one along with it."""
    assert {"wikilinks": ["c", "d"]} == replaced("[[a|x]] [[b|y]]\n", "a|x]] [[b", "c|x]] [[d", "alias-as-target")


def test_what_changes_its_meaning_outside_the_lines_is_damage() -> None:
    """A line that is left as it is may become a heading, or code, by what an edit does to another."""
    assert ("h2", "one") in replaced("one\n\n[[a]]\n---\n", "\n[[a]]\n", "", "alias-as-target")["headings"]
    assert "code" in replaced("[[a|x]]\n\nb\n", "[[a|x]]", "```", "alias-as-target")


def test_what_moves_to_another_line_is_damage() -> None:
    """A thing on a line that is not edited has to stay there."""
    assert "prose" in replaced("one\n\ntwo\n\n[[a]]\n", "two\n\n[[a]]", "[[b]]\n\ntwo", "alias-as-target")


def test_lines_may_come_and_go_where_edits_are() -> None:
    """Lines below an edit count as the same lines, however many it takes or adds."""
    text = "---\naliases:\n  - a\n  - b\n---\n\n# c\n"

    assert {} == replaced(text, "  - a\n", "", "redundant-alias")
    assert {} == replaced(text, "aliases:\n  - a\n  - b", "aliases: [a, b, d]", "aliases-property")


def test_what_may_move_may_not_be_lost() -> None:
    """Items may change places, all of what is in them with them, but none may go, come or change."""
    text = "- 2:00 b *c*\n- d\n- 1:00 a\n\nend\n"

    def moved(first: str, last: str) -> dict[str, list[extractor.Difference]]:
        edits = [(text.index("2:00"), text.index("\n- d"), first), (text.index("1:00"), text.index("\n\n"), last)]
        return licence.unlicensed(text, [licence.Edit(*edit, ("timestamp-order",)) for edit in edits])

    assert {} == moved("1:00 a", "2:00 b *c*")
    assert {"prose"} == set(moved("1:00 a", "2:00 *c*"))
    assert {"emphasis"} == set(moved("1:00 a", "2:00 b c"))
    assert {"times"} == set(moved("1:00 a", "1:00 b *c*"))
    assert "headings" in moved("1:00 a\n# x", "2:00 b *c*")


def test_the_table_is_complete() -> None:
    """Each rule whose note offers more than suggestions is in the table, and no other."""
    rules = installed_rules()
    names = [name for name in rules.names if rules.source(name).package == PACKAGE]

    assert set(licence.LICENCES) == {
        name for name in names if rule_note(name, rules).property("fix") in ("safe", "unsafe")
    }


@pytest.mark.parametrize("example", FIXED, ids=str)
def test_examples(example: Example, tmp_path: Path) -> None:
    """The fixes that a rule's note shows change what the table says, and nothing else."""
    for name, text in ({"vaultlint.toml": ""} | example.files).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    settings = load_settings(tmp_path, installed_rules(), extend_select=(example.rule,))
    fixes = [(one.rule, one.fix) for one in check_vault(settings).diagnostics if one.fix]
    edits = licence.chosen(
        (rule, [(edit.path, *astuple(edit.span), edit.text) for edit in fix.changes if isinstance(edit, Edit)])
        for rule, fix in fixes
        if fix.applicability >= Applicability.UNSAFE
    )

    assert {} == {path: found for path, own in edits.items() if (found := licence.unlicensed(example.files[path], own))}
