"""Fixes of properties, each made alone in generated notes: the other properties say the same, comments stay."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from frontmatters import frontmatter
from fuzz import PROPERTIES
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec import structs

from vaultlint.config.settings import Settings
from vaultlint.engine.edits import Proposal, apply_edits, proposal_of
from vaultlint.engine.fix import prove
from vaultlint.engine.library import check_text_with
from vaultlint.note.note import Note, parse_note
from vaultlint.note.yaml_tokens import tokens_of
from vaultlint.rule.kinds import Group
from vaultlint.testing.settings import every_rule

TIDYING = {"alias-from-title", "frontmatter-blank-lines", "list-property-duplicates", "list-property-order"}
TIDYING |= {"list-property-style", "property-needs-quotes", "property-order", "property-quote-style"}
TIDYING |= {"removed-property", "template-properties", "title-property"}
"""Rules with laws of their own (`tests/rules/frontmatter/test_tidy_laws.py`): to change others is what they are for."""


@pytest.fixture(scope="module")
def about_properties(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The rules of properties, aliases and dates, with schemas that have defaults, and nothing else."""
    all_of_them = every_rule(tmp_path_factory.mktemp("vault"))
    groups = (Group.FRONTMATTER, Group.ALIASES, Group.DATES)
    rules = [
        rule
        for rule in all_of_them.rules
        if all_of_them.ruleset.load(rule.name).group in groups and rule.name not in TIDYING
    ]
    return structs.replace(all_of_them, rules=tuple(rules))


def note_of(seed: int) -> str:
    """A generated block with a few properties in it that a rule has something to say of."""
    chance = random.Random(seed)
    lines = frontmatter(chance).split("\n")
    for _ in range(chance.choice((1, 2, 3))):
        places = [at for at, line in enumerate(lines) if line[:1] not in (" ", "\t", "-", "")]
        line = chance.choice(PROPERTIES).replace("NAME", "Soup") + chance.choice(("", " # c", "  "))
        lines.insert(chance.choice(places or [0]), line)
    return "---\n{}\n---\nText.\n".format("\n".join(lines))


def proposals(text: str, settings: Settings) -> Iterator[Proposal]:
    for one in check_text_with(settings, text, "Note.md", debug=True).diagnostics:
        assert one.rule != "rule-crashed", one.message
        proposal = proposal_of(one)
        if proposal is not None:
            yield proposal


def comments(note: Note) -> Counter[str]:
    content = note.frontmatter.content_span
    block = content.of(note.text) if content is not None else ""
    return Counter(block[one.start : one.end].rstrip() for one in tokens_of(block) if one.kind == "comment")


@examples(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_other_properties_and_all_comments_stay(seed: int, about_properties: Settings) -> None:
    """What a fix that the proof lets pass does not touch says what it said, as the app's library reads it."""
    text = note_of(seed)
    before = parse_note(text, "Note.md")
    for proposal in proposals(text, about_properties):
        if prove(before, proposal) is not None:
            continue
        after = parse_note(apply_edits(text, proposal.edits), "Note.md")
        touched = {
            found.key
            for found in before.properties
            if any(edit.span.start <= found.span.end and found.span.start <= edit.span.end for edit in proposal.edits)
        }
        now = {found.key: repr(found.value) for found in after.properties}
        assert before.frontmatter.error is not None or after.frontmatter.error is None, proposal
        for found in before.properties:
            assert found.key in touched or now.get(found.key) == repr(found.value), (found.key, proposal)
        assert not comments(before) - comments(after), proposal


def test_a_fix_is_rarely_refused(about_properties: Settings) -> None:
    """Of the fixes that rules propose in such notes, the proof refuses few, and those would take a comment along."""
    made: Counter[str] = Counter()
    refused: Counter[str | None] = Counter()
    for seed in range(500):
        text = note_of(seed)
        for proposal in proposals(text, about_properties):
            made[proposal.rule] += 1
            refused[prove(parse_note(text, "Note.md"), proposal)] += 1
    refused.pop(None)

    assert {
        *("property-schema", "property-type", "deprecated-property", "aliases-property", "unquoted-property-link"),
        "duplicate-property",
    } <= made.keys()
    assert sum(refused.values()) * 20 < sum(made.values()), (made, refused)
    assert refused.most_common(1)[0][0] == "would also have changed comments"
