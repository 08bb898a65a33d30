"""What a rule over the whole vault gathers from the text of each note."""

from __future__ import annotations

from typing import Any

import pytest

from vaultlint.engine import pool
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.pool import workers

NOTES = {"a.md": "TODO TODO", "b.md": "TODO", "c.md": "nothing", "d.md": "TODO and TODO"}
FOUND = ["d.md:1:1 same-count as often as in 'a.md'"]


def test_it_reaches_the_rule(make: Any, settings: Any, lines: Any) -> None:
    """Each note is looked at where its text is; the rule sees what was gathered, by path."""
    assert FOUND == lines(check_vault(settings(make(NOTES), "same-count")))


def test_workers_gather_the_same(make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It travels."""
    monkeypatch.setattr(pool, "_SMALLEST_CHUNK", 1)
    its = settings(make(NOTES), "same-count")

    with workers(2, "spawn") as executor:
        assert FOUND == lines(check_vault(its, executor=executor))


def test_notes_that_are_not_asked_for_count_too(make: Any, settings: Any, lines: Any) -> None:
    """A note alone is judged against the whole vault."""
    assert FOUND == lines(check_vault(settings(make(NOTES), "same-count"), paths=["d.md"]))


def test_excluded_notes_tell_nothing(make: Any, settings: Any, lines: Any) -> None:
    """What is not judged is no part of the comparison."""
    assert [] == lines(check_vault(settings(make(NOTES), "same-count", exclude=("a.md",))))


def test_a_failure_costs_its_note_alone(make: Any, settings: Any, lines: Any) -> None:
    """The rule and the note are named, and the others are compared all the same."""
    found = lines(check_vault(settings(make({**NOTES, "c.md": "GATHER FAILS"}), "same-count")))

    assert [
        "c.md:1:1 rule-crashed the rule 'same-count' failed over 'c.md': RuntimeError: as asked",
        *FOUND,
    ] == found


def test_after_a_fix_it_is_gathered_anew(make: Any, settings: Any) -> None:
    """The rule judges what the notes say then."""
    its = settings(make(NOTES), "same-count", "no-todo")

    assert () == fix_vault(its).report.diagnostics
