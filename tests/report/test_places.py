"""Lines and columns of what no rule has placed, and what a service knows a finding by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.note.model import Position, Span
from vaultlint.report.identity import identities
from vaultlint.report.places import Places
from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.fix import Edit

Find = Callable[..., Diagnostic]

TEXT = "# Dinner\n\nSee [[Recipies]] for more.\n"


def test_a_note_that_changed(find: Find) -> None:
    """Where a note is gone, or shorter than it was, no place is invented."""
    assert Places(lambda _: None).of("Note.md", Span(0, 1)) is None
    assert Places(lambda _: "ab").of("Note.md", Span(1, 3)) is None
    assert (Position(1, 2), Position(1, 3)) == Places(lambda _: "ab").of("Note.md", Span(1, 2))


@pytest.mark.parametrize(
    ("place", "edit"),
    [
        ((3, 8, 3, 10), Edit("Note.md", Span(17, 19), "x")),  # inside the finding
        ((1, 1, 1, 3), Edit("Note.md", Span(0, 2), "x")),  # before it
        ((2, 1, 2, 3), Edit("Other.md", Span(17, 19), "x")),  # where the finding would be, were it in that note
    ],
)
def test_edits(place: tuple[int, ...], edit: Edit, find: Find) -> None:
    """An edit has the place that it has in its own note, be it inside the finding or not."""
    texts = {"Note.md": TEXT, "Other.md": f"{'-' * 16}\n{'-' * 9}\n"}

    found = Places(texts.get).of_edit(edit, find(TEXT, "Recipies"))

    assert found is not None
    assert place == (found[0].line, found[0].column, found[1].line, found[1].column)


def test_edits_of_a_finding_over_lines(find: Find) -> None:
    """Also inside a finding of several lines."""
    found = Places({"Note.md": TEXT}.get).of_edit(Edit("Note.md", Span(10, 13), "x"), find(TEXT, "Dinner\n\nSee"))

    assert (Position(3, 1), Position(3, 4)) == found


def test_what_is_inside_needs_no_reading(find: Find) -> None:
    """Most edits lie inside their finding: for their place no note is read."""
    found = Places(lambda _: None).of_edit(Edit("Note.md", Span(16, 24), "x"), find(TEXT, "Recipies"))

    assert (Position(3, 7), Position(3, 15)) == found


def test_others_that_are_mended(find: Find) -> None:
    """What a service knows a finding by stays where another one, which says the same, is mended or added."""
    two = "[[Gone]] one\n\nsome\n\nother\n\nlines\n\n[[Gone]] two\n"
    one = two.replace("[[Gone]] one", "One")
    first, second = find(two, "[[Gone]] one", "no file"), find(two, "[[Gone]] two", "no file")
    alone = find(one, "[[Gone]] two", "no file")

    assert identities([first, second], lambda _: two)[1:] == identities([alone], lambda _: one)
    assert 2 == len(set(identities([first, second], lambda _: two)))


def test_a_whole_note_is_not_read(find: Find) -> None:
    """What is said of a note as a whole is known by that alone."""
    asked: list[str] = []

    def read(path: str) -> str | None:
        asked.append(path)
        return None

    assert 1 == len(identities([find(TEXT, "")], read))
    assert [] == asked
