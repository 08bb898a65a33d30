"""The kit that runs rules' notes as tests sees what is not true in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vaultlint.rule.registry import RuleSet
from vaultlint.testing import check_rule_note, options_table, rule_examples, run_example

Kit = Callable[..., RuleSet]


def run_all(ruleset: RuleSet) -> None:
    """Run every example, and look at the note."""
    for example in rule_examples(ruleset):
        run_example(example, ruleset)
    check_rule_note("no-x", ruleset)


def test_a_true_note(kit: Kit):
    """A note in which all is true passes, with options, several files and a config."""
    ruleset = kit()

    run_all(ruleset)
    assert ["no-x: An x is found", "no-x: Another word", "no-x: No x is fine"] == [
        str(one) for one in rule_examples(ruleset)
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "Note.md:1:3 no-x an x",
            "Note.md:1:2 no-x an x",
            r"An x is found \(line 19\): found\n.*\n.*\n.*\n-Note.md:1:2",
        ),
        ("Note.md:1:3 no-x an x\n", "", r"\+Note.md:1:3 no-x an x"),
        ("````md\na\n````", "````md\nx\n````", r"No x is fine \(line \d+\): found"),
        ("a o\n", "a p\n", r"fixed Note.md\n.*\n.*\n.*\n-a p\n\+a o"),
        ("````md fixed\na o\n````\n", "", r"fixed Note.md\n.*\n.*\n.*\n-a x\n\+a o"),
        ("````text found\n````", "", r"No x is fine \(line \d+\) has no block 'text found'"),
        ("````md fixed\n", "````md fxed\n", "line 27 of its note: no such block in an example: 'md fxed'"),
        ('word = "y"', 'wrd = "y"', "no option 'wrd'"),
    ],
)
def test_untrue_examples(kit: Kit, old: str, new: str, message: str):
    """An example that is not true fails, and says what was expected where."""
    with pytest.raises(Exception, match=message):
        run_all(kit(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: An x\n", "", "the property 'title' is missing"),
        ("rule: no-x", "rule: no-y", "the property 'rule' should be no-x"),
        (
            "summary: A note has an x.",
            "summary: Another.",
            "the property 'summary' should be 'A note has an x.'",
        ),
        ("group: style", "group: links", "the property 'group' should be 'style'"),
        ("default: off", "default: error", "the property 'default' should be off"),
        ("fix: safe", "fix: unsafe", "the property 'fix' should be safe, the most that its examples offer"),
        ("fix: safe", "fix: yes", "the property 'fix' should be one of none, suggestion, unsafe, safe"),
        ("since: 0.1.0", "since: 9.9.9", "the property 'since' should be '0.1.0'"),
        (
            "since: 0.1.0",
            "since: 0.1.0\naliases: [old]",
            r"the property 'aliases' should be \[\], its old names",
        ),
        ("It finds an x.\n", "", "the text before the first heading"),
        ("It is one.\n", "", "the section 'Why it matters' is missing or empty"),
        ("## Fix safety\n\nIt is safe.\n", "", "the section 'Fix safety' is missing or empty"),
        ("## Sources\n\nNone.\n", "", "the section 'Sources' is missing or empty"),
        ('| `"x"` |', '| `"z"` |', r"should hold this table:\n\| option \| default"),
        (
            "````md\na\n````",
            "````md\na x\n````",
            "the examples 'An x is found' and 'No x is fine' have the same notes",
        ),
        (
            "### No x is fine\n\n````md\na\n````\n````text found\n````\n",
            "",
            "no example shows what is fine",
        ),
    ],
)
def test_incomplete_notes(kit: Kit, old: str, new: str, message: str):
    """A note that lacks something, or says what the class does not, fails."""
    with pytest.raises(AssertionError, match=message):
        check_rule_note("no-x", kit(old, new))


def test_a_fix_that_never_ends(kit: Kit):
    """A fix that makes what it mends fails: the engine leaves such notes alone."""
    with pytest.raises(AssertionError, match="fix-unsettled"):
        run_all(kit(replacement="xx"))


def test_a_fix_that_does_more_than_it_says(kit: Kit):
    """A fix that changes what it has no licence for fails."""
    with pytest.raises(AssertionError, match="fix-refused"):
        run_all(kit(replacement="#tag"))


def test_a_rule_without_a_note(kit: Kit, tmp_path: Path):
    """A rule without a note fails."""
    ruleset = kit()
    (tmp_path / "no_x.md").unlink()

    with pytest.raises(AssertionError, match=r"there is no note 'no_x\.md' beside its module"):
        check_rule_note("no-x", ruleset)


def test_examples_of_one_package(kit: Kit):
    """The examples of one package can be had alone."""
    assert 3 == len(rule_examples(kit(), package="kit"))
    assert [] == rule_examples(kit(), package="other")


def test_the_table_of_options(kit: Kit):
    """The table of options comes from the class."""
    assert '| option | default | meaning |\n|---|---|---|\n| `word` | `"x"` | text: What is found. |' == options_table(
        kit().load("no-x")
    )
