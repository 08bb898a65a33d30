"""`vaultlint explain`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.rule.page import page_of
from vaultlint.rule.registry import RuleSet

Lint = Callable[..., Any]

RULE = """
from vaultlint.rule.kinds import Group, NoteRule


class NoX(NoteRule):
    name = "no-x"
    group = Group.STYLE

    def check(self, note):
        return ()
"""


def test_the_list_has_every_rule(lint: Lint) -> None:
    """A line a rule: name, group, default severity, summary."""
    from vaultlint.rule.registry import installed_rules

    outcome = lint("explain")

    rows = [line.split(None, 3) for line in outcome.out.splitlines()]
    assert (0, "") == (outcome.status, outcome.err)
    assert list(installed_rules().explainable) == [row[0] for row in rows]
    assert ["unresolved-link", "links", "warning"] == next(row for row in rows if row[0] == "unresolved-link")[:3]
    assert {4} == {len(row) for row in rows}


def test_a_rules_note(lint: Lint) -> None:
    """The note of a rule as text, with what it is by default."""
    outcome = lint("explain", "unresolved-link")

    assert (0, "") == (outcome.status, outcome.err)
    assert "(unresolved-link)\n\nlinks, warning by default" in outcome.out
    assert "\n## Why it matters\n" in outcome.out
    assert not outcome.out.startswith("---")


def test_what_a_fix_may_change(lint: Lint) -> None:
    """The fact beside the fix says what it may change."""
    assert ", fix: safe (may change links and aliases), since" in lint("explain", "unresolved-link").out
    assert ", fix: unsafe (may change properties), since" in lint("explain", "date-order").out
    assert ", fix: none, since" in lint("explain", "date-invalid").out


@pytest.mark.parametrize(("changes", "fact"), [("changes: layout\n", "safe (changes layout alone)"), ("", "safe")])
def test_what_a_fix_of_layout_may_change(tmp_path: Path, changes: str, fact: str) -> None:
    """Layout is said to be all; of a note without the property nothing is said."""
    (tmp_path / "no_x.md").write_text(f"---\nfix: safe\n{changes}---\n", encoding="utf-8")
    (tmp_path / "no_x.py").write_text(RULE, encoding="utf-8")

    page = page_of(RuleSet().with_local(tmp_path, [tmp_path / "no_x.py"]), "no-x")

    assert f"fix: {fact}, since" in page.text()


def test_a_finding_of_the_engine(lint: Lint) -> None:
    """What the engine itself finds can be explained too."""
    assert "note-encoding" in lint("explain", "note-encoding").out


def test_on_a_terminal_it_is_drawn(lint: Lint) -> None:
    """With colours the note is drawn, not printed as Markdown."""
    drawn = lint("explain", "unresolved-link", "--color", "always").out

    assert "\x1b[" in drawn
    assert "## Why it matters" not in drawn
    assert "Why it matters" in drawn


def test_a_pack(lint: Lint) -> None:
    """A pack can be explained as well: what it is for, and what it sets."""
    out = lint("explain", "video-notes").out

    assert out.startswith("# video-notes (pack)\n\nNotes made from recorded talks")
    assert 'timestamp-order = "warning"' in out
