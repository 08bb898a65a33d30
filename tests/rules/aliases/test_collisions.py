"""Aliases that many notes have."""

from __future__ import annotations

from vaultlint_rules.aliases.alias_collision import AliasCollision

from vaultlint.note.note import parse_note
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
