"""Aliases that many notes have."""

from __future__ import annotations

from vaultlint_rules.aliases.alias_collision import AliasCollision

from vaultlint.note.note import parse_note
from vaultlint.rule.finding import Severity
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.files import FileTable
from vaultlint.vault.index import Index


def test_an_alias_left_by_a_template() -> None:
    """An alias of many notes is told in each, with the number of the others and the first few by name."""
    notes = tuple(f"{place}.md" for place in range(10))
    text = "---\naliases: [Soup]\n---\n"
    index = Index(FileTable("", notes, notes), {path: facts_of(parse_note(text, path)) for path in notes})

    found = list(AliasCollision().check(index))

    assert set(notes) == {finding.path for finding in found}
    assert {"the alias 'Soup' is also one of 9 other notes"} == {finding.message for finding in found}
    assert {5} == {len(finding.related) for finding in found}


def test_a_name_matters_more() -> None:
    """An alias that several notes share is a remark; one that is another note's name leads links astray."""
    texts = {"A.md": "[Soup, Stew]", "B.md": "[Soup]", "Stew.md": "[]"}
    notes = tuple(texts)
    facts = {path: facts_of(parse_note(f"---\naliases: {text}\n---\n", path)) for path, text in texts.items()}

    found = AliasCollision().check(Index(FileTable("", notes, notes), facts))

    assert {("A.md", Severity.INFO), ("B.md", Severity.INFO), ("A.md", None)} == {
        (finding.path, finding.severity) for finding in found
    }
