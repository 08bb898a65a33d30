"""Choosing and applying edits."""

from __future__ import annotations

import pytest

from vaultlint.engine.edits import Chosen, Proposal, apply_edits, new_spans, proposal_of, well_formed
from vaultlint.note.model import Position, Span
from vaultlint.rule.finding import Diagnostic, Finding, Severity
from vaultlint.rule.fix import Applicability, Edit, Fix, Rename


def edit(start: int, end: int, text: str = "x", path: str = "a.md") -> Edit:
    """An edit of a note."""
    return Edit(path, Span(start, end), text)


def proposal(*changes: Edit | Rename) -> Proposal | None:
    """What a fix of these changes proposes."""
    fix = Fix("mend it", changes, Applicability.SAFE)
    finding = Finding(Span(0, 0), "wrong", fix=fix)
    return proposal_of(Diagnostic("rule", Severity.INFO, "a.md", finding, Position(1, 1), Position(1, 1)))


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (edit(0, 3), edit(3, 6), True),  # neighbours
        (edit(0, 3), edit(2, 6), False),
        (edit(0, 6), edit(2, 3), False),
        (edit(2, 3), edit(0, 6), False),
        (edit(0, 3), edit(0, 3), True),  # the same edit
        (edit(0, 3), edit(0, 3, "y"), False),
        (edit(2, 2), edit(2, 2), True),
        (edit(2, 2), edit(2, 2, "y"), False),  # two insertions at one place have no order
        (edit(2, 2), edit(2, 4), False),
        (edit(2, 4), edit(4, 4), False),
        (edit(0, 3), edit(0, 3, "y", "b.md"), True),  # another note
    ],
)
def test_overlap(first: Edit, second: Edit, both: bool) -> None:
    """Edits that share text, or touch with one of them an insertion, are not applied together."""
    chosen = Chosen()
    one, other = proposal(first), proposal(second)
    assert one is not None
    assert other is not None

    assert (True, both) == (chosen.add(one), chosen.add(other))


def test_all_or_none() -> None:
    """A fix one of whose edits is in the way of another fix leaves no edit behind."""
    chosen = Chosen()
    first, second = proposal(edit(0, 3)), proposal(edit(5, 6, path="b.md"), edit(2, 4))
    assert first is not None
    assert second is not None
    chosen.add(first)

    assert not chosen.add(second)
    assert ["a.md"] == list(chosen.by_path())
    assert [] == chosen.edits("b.md")


def test_many_neighbours() -> None:
    """Whatever the order in which fixes come, an overlap is seen."""
    chosen = Chosen()
    for start in (40, 0, 20, 60, 10):
        fix = proposal(edit(start, start + 5))
        assert fix is not None
        assert chosen.add(fix)

    late = proposal(edit(24, 26))
    assert late is not None
    assert not chosen.add(late)
    assert [0, 10, 20, 40, 60] == [one.span.start for one in chosen.edits("a.md")]


def test_apply() -> None:
    """All text outside the edits stays, and the new texts stand where `new_spans` says."""
    edits = [edit(0, 0, "<<"), edit(2, 4, ""), edit(6, 7, "long")]

    text = apply_edits("abcdefgh", edits)

    assert "<<abeflongh" == text
    assert ["<<", "", "long"] == [span.of(text) for span in new_spans(edits)]


def test_what_is_no_proposal() -> None:
    """A fix that renames a file, or changes nothing, is not applied in bulk."""
    assert proposal(edit(0, 1), Rename("a.md", "b.md")) is None
    assert proposal() is None


@pytest.mark.parametrize(
    ("edits", "good"),
    [
        ([edit(0, 2), edit(2, 4)], True),
        ([edit(0, 3), edit(2, 4)], False),
        ([edit(0, 11)], False),
        ([edit(5, 4)], False),
        ([edit(0, 1, "\ud800")], False),
        ([edit(0, 1, path="unknown.md")], False),
    ],
)
def test_well_formed(edits: list[Edit], good: bool) -> None:
    """Edits of one fix lie in their notes and do not touch each other."""
    assert good == well_formed(edits, {"a.md": 10})
