"""Hostile rules: the proof refuses every fix that damages what it says it leaves alone, and no honest one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine import first_reading, second_reading
from vaultlint.engine.edits import well_formed
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.values import FixResult
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Kind
from vaultlint.rule.loading import load_file
from vaultlint.rule.registry import RuleSet

RULES = Path(__file__).with_name("hostile_rules.py")
RULESET = RuleSet().with_local(RULES.parent, [RULES])
table: Any = load_file(RULES)
HOSTILE = [pytest.param(case, family.said, id=case.name) for family in table.FAMILIES.values() for case in family.cases]
HONEST = [pytest.param(case, id=case.name) for case in table.HONEST]
PAIRS = [one for one in (*HOSTILE, *HONEST) if isinstance(one.values[0], table.Pair)]


def fixed_by(root: Path, rules: Iterable[str]) -> FixResult:
    """Effect: changes the vault. What fixing with those rules alone came to."""
    settings = tuple(RuleSetting(rule, RULESET.load(rule).severity) for rule in rules)
    return fix_vault(Settings(ruleset=RULESET, root=root, rules=settings))


def texts(root: Path, notes: dict[str, str]) -> dict[str, str]:
    """The notes as they are on the disk now, every byte of them."""
    return {path: (root / path).read_bytes().decode() for path in notes}


@pytest.mark.parametrize(("case", "said"), HOSTILE)
def test_damage_is_refused(make: Any, case: Any, said: str) -> None:
    """The notes keep every byte, and a finding names the rule at fault and says what its fix would have changed."""
    root = make(case.notes)

    result = fixed_by(root, case.fixes)

    assert case.notes == texts(root, case.notes)
    refused = [one.message for one in result.report.diagnostics if one.rule == "fix-refused"]
    would = f"'{case.name}' would also have (changed|led) .*(words|text|blocks|{said})"
    assert any(re.search(would, message, re.IGNORECASE) for message in refused)
    assert [] == [message for message in refused if "'beside-" in message]


@pytest.mark.parametrize("case", HONEST)
def test_what_is_declared_is_done(make: Any, case: Any) -> None:
    """A fix that changes what it says and nothing else is applied, in all its notes."""
    root = make(case.notes)

    result = fixed_by(root, case.fixes)

    assert case.fixed == texts(root, case.fixed)
    assert len(case.fixes) == result.fixed


LINKED = re.compile("links?-to|leads-to|embeds|follow|linked-(?!heading-(renamed|put|of))|chain|another-heading")
"""Cases that take a look at other notes: no reader of one note can see them."""
EMPHASIS = "escaped-asterisk escaped-underscore space-that-kept-emphasis-away strong-to-emphasis emphasis-dropped "
EMPHASIS += "emphasis-moved underscores-within-a-word strike-dropped"
LINES = "lines-joined line-wrapped hard-break-trimmed hard-break-added hard-break-unescaped line-end-lost "
LINES += "hard-break-trimmed-with-no-licence flashcard-joined rule-dropped rule-to-text"
MORE = "alias-under-a-licence-for-links comment-opened-beside-a-link comment-shown words-commented-out first-number "
MORE += "column-aligned entity-escaped escaped-entity-to-a-sign escaped-entity-to-an-angle line-of-dashes-shortened "
MORE += "line-of-equals-shortened cell-pushed-beyond-the-head row-joined-beyond-the-head"
SHOWN = "aliases-swapped-under-a-licence-for-links minus-of-an-alias-dropped sign-of-an-alias sizes-of-images-swapped "
SHOWN += "title-of-a-link-dropped word-of-an-alias-said-once words-for-an-image-swapped words-of-an-alias-swapped "
SHOWN += "image-out-of-nothing"
HEADS = "heading-with-its-words-dropped linked-heading-of-two-dropped linked-heading-put-first "
HEADS += "linked-heading-renamed-and-one-put-last"
NOT_FIRST = {*EMPHASIS.split(), *LINES.split(), *MORE.split(), *SHOWN.split(), *HEADS.split()}
"""What `Note` does not hold: emphasis, breaks of lines, signs of ASCII, alignment, columns beyond a table's head. What
a link shows that may change, and how many headings there are where these may, it leaves to the second reader."""
NOT_SECOND = {"frontmatter-spoiled-by-a-value", "template-text", "next-property-nested"}
NOT_SECOND |= {"backslash-into-a-web-address", "web-address-escaped"}
"""What the tree does not hold: which YAML the app refuses, where a property ends that may change, commands of
Templater, and addresses in text as they are written."""


ALONE = [one.values[0] for one in HOSTILE if isinstance(one.values[0], table.Case)]
"""Pairs are left out: a reader by itself is given one licence here."""


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_each_reader_by_itself(case: Any) -> None:
    """Each of the two readers sees the damage without the other, but for what is not its own."""
    seen = seen_by_each(case)

    if not (LINKED.search(case.name) and not any(seen)):
        assert [case.name not in NOT_FIRST, case.name not in NOT_SECOND] == [each is not None for each in seen]


def seen_by_each(case: Any) -> list[str | None]:
    """What the first reader and the second say of the notes that a fix changes, each by itself."""
    said: list[str | None] = [None, None]
    fix = case.fixes[case.name]
    licence = fix.may_change if fix.kind is Kind.CONTENT else frozenset()
    for path in sorted({edit.path for edit in fix.changes}):
        edits = sorted(edit for edit in fix.changes if edit.path == path)
        texts = case.notes[path], case.fixed[path]
        one, other = (parse_note(text, path) for text in texts)
        old, new = (second_reading.read(text) for text in texts)
        said[0] = said[0] or first_reading.what_changed(one, other, edits, licence, str)
        said[1] = said[1] or second_reading.what_changed(old, new, licence, str)
    return said


def test_each_line_of_the_tables_is_an_edit() -> None:
    """Each line changes some note, all its marks were read, and its name is its own."""
    cases = [*(one.values[0] for one in HOSTILE), *table.HONEST]

    assert [] == [case.name for case in cases if case.notes == case.fixed]
    assert [] == [
        case.name for case in cases if re.search("[⟪⇒⟫⟦⟧]", "".join((*case.notes.values(), *case.fixed.values())))
    ]
    assert len(cases) == len({case.name for case in cases})


@pytest.mark.parametrize("case", [one.values[0] for one in PAIRS], ids=lambda case: case.name)
def test_two_fixes_are_for_one_round(case: Any) -> None:
    """Both fixes change the note, and neither is in the other's way: they are proved together."""
    edits = sorted(edit for fix in case.fixes.values() for edit in fix.changes)

    assert all(fix.changes for fix in case.fixes.values())
    assert well_formed(edits, {path: len(text) for path, text in case.notes.items()})
