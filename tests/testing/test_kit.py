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
            r"An x is found \(line 20\): found\n.*\n.*\n.*\n-Note.md:1:2",
        ),
        ("Note.md:1:3 no-x an x\n", "", r"\+Note.md:1:3 no-x an x"),
        ("````md\na\n````", "````md\nx\n````", r"No x is fine \(line \d+\): found"),
        ("a o\n", "a p\n", r"fixed Note.md\n.*\n.*\n.*\n-a p\n\+a o"),
        ("````md fixed\na o\n````\n", "", r"fixed Note.md\n.*\n.*\n.*\n-a x\n\+a o"),
        ("````text found\n````", "", r"No x is fine \(line \d+\) has no block 'text found'"),
        ("````md fixed\n", "````md fxed\n", "line 28 of its note: no such block in an example: 'md fxed'"),
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
        ("changes: [words]\n", "", "'changes' should be layout, or a list of some of these in this order: links, "),
        ("changes: [words]", "changes: words", "the property 'changes' should be layout, or a list"),
        ("changes: [words]", "changes: []", "the property 'changes' should be layout, or a list"),
        ("changes: [words]", "changes: [word]", "the property 'changes' should be layout, or a list"),
        ("changes: [words]", "changes: [words, tags]", "the property 'changes' should be layout, or a list"),
        ("fix: safe", "fix: none", "the property 'changes' should not be there, for the rule has no fix"),
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


LESS = "should name words: the fix 'take it out' may change that"
MORE = "should not name tags: no fix of the examples may change that"
TAGS_TOO = "may_change=frozenset({Aspect.TAGS, Aspect.WORDS})"
FIXED = ("````md fixed\na o\n````\n", "````md fixed file=My notes/A.md\nx o\n````\n")
SUGGESTED = ("fix: safe", "fix: suggestion", FIXED[0], "", FIXED[1], "")
"""What a note says of a rule whose fix is a suggestion."""


@pytest.mark.parametrize(
    ("declared", "licence", "message"),
    [
        ("[tags]", TAGS_TOO, LESS),
        ("layout", "may_change=frozenset({Aspect.WORDS})", LESS),
        ("[tags, words]", "may_change=frozenset({Aspect.WORDS})", MORE),
        ("[tags]", "kind=Kind.LAYOUT", MORE),
        ("layout", "kind=Kind.CONTENT", "the fix 'take it out' is one of content and names nothing"),
    ],
)
def test_a_declaration_that_the_fixes_break(kit: Kit, declared: str, licence: str, message: str):
    """A note that declares less than its fixes may change fails, and so does one that declares more."""
    with pytest.raises(AssertionError, match=message):
        check_rule_note("no-x", kit("changes: [words]", f"changes: {declared}", licence=licence))


@pytest.mark.parametrize(("declared", "licence"), [("[tags, words]", TAGS_TOO), ("layout", "kind=Kind.LAYOUT")])
def test_a_declaration_that_the_fixes_keep(kit: Kit, declared: str, licence: str):
    """A note that declares what its fixes may change passes, be that several aspects or layout alone."""
    check_rule_note("no-x", kit("changes: [words]", f"changes: {declared}", licence=licence))


def test_with_git_there_may_be_more(kit: Kit):
    """A rule that reads git may declare more than its examples show, for they have no history."""
    check_rule_note("no-x", kit("changes: [words]", "changes: [links, words]", reads_git=True))


def test_with_git_there_is_no_less(kit: Kit):
    """A rule that reads git declares all that its examples show."""
    with pytest.raises(AssertionError, match=LESS):
        check_rule_note("no-x", kit("changes: [words]", "changes: [links]", reads_git=True))


@pytest.mark.parametrize(
    ("replacement", "licence", "message"),
    [
        ("#tag", "may_change=frozenset({Aspect.WORDS})", "would also have changed tags in Note.md"),
        ("o", "kind=Kind.LAYOUT", "would also have changed words in Note.md"),
    ],
)
def test_a_suggestion_that_would_damage_a_note(kit: Kit, replacement: str, licence: str, message: str):
    """A suggestion is proved too, though nobody applies it: the rule, the fix and the damage are named."""
    ruleset = kit(*SUGGESTED, replacement=replacement, trust="SUGGESTION", licence=licence)

    with pytest.raises(AssertionError, match=rf"no-x: An x is found \(line 20\): the fix 'take it out' {message}"):
        run_all(ruleset)


def test_a_fix_that_is_no_text(kit: Kit):
    """Half a surrogate pair, which no note can hold: there is no such fix, and the rule's note promises one."""
    with pytest.raises(AssertionError, match="the property 'fix' should be none"):
        run_all(kit(*SUGGESTED, replacement="\ud800", trust="SUGGESTION"))


def test_a_suggestion_that_keeps_its_word(kit: Kit):
    """A suggestion that would change what it declares and nothing else passes."""
    run_all(kit(*SUGGESTED, trust="SUGGESTION"))


def test_a_tentative_suggestion(kit: Kit):
    """A fix that leaves it to the proof whether it can be made is not held to it: the engine leaves it out."""
    tentative = "may_change=frozenset({Aspect.WORDS}), tentative=True"

    run_all(kit(*SUGGESTED, replacement="#tag", trust="SUGGESTION", licence=tentative))


def test_layout_that_changes_a_word(kit: Kit):
    """A fix of layout alone that changes a word is refused, whatever its rule's note says."""
    with pytest.raises(AssertionError, match=r"fix-refused.*would also have changed words"):
        run_all(kit("changes: [words]", "changes: layout", licence="kind=Kind.LAYOUT"))


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
