"""`vaultlint explain`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Lint = Callable[..., Any]


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
