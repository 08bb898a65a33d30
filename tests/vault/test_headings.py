"""What stands behind a `#`: headings and block ids, compared as the app compares them."""

from __future__ import annotations

import pytest

from vaultlint.note.model import Span
from vaultlint.vault.facts import BlockFact, Facts, HeadingFact
from vaultlint.vault.headings import WHOLE_NOTE, Outline, Place, heading_key

NOWHERE = Span(0, 0)


def outline(*headings: str, blocks: tuple[str, ...] = ()) -> Outline:
    """Of a note with these lines of headings (`## Title`) and block ids."""
    found = []
    for number, line in enumerate(headings):
        marks, _, text = line.partition(" ")
        found.append(HeadingFact(len(marks), text, Span(number, number + 1)))
    return Outline(Facts.of("Note.md", headings=found, blocks=[BlockFact(id_, NOWHERE) for id_ in blocks]))


def place_of(place: Place) -> int | None:
    """Which heading was found, counted from 0."""
    return place.heading.span.start if place.heading is not None else None


@pytest.mark.parametrize(
    ("heading", "link"),
    [
        ("Minecraft: The Video Game", "Minecraft The Video Game"),
        ("Minecraft: The Video Game", "minecraft: the video game"),
        ("a, b", "a, b"),
        ("a, b", "a b"),
        ("How large can it be?", "How large can it be"),
        ("See [[Other|o]] **x**", "See Other o x"),
        ("`hasTag()`", "hasTag"),
        ("_x_", "_x_"),
        ("test #tag", "test tag"),
        ("Don't stop-now", "don't stop-now"),
        ("Ein Café", "ein cafe\u0301"),
        ("结论：一", "结论：一"),
        ("a\u00a0b", "a b"),
        ("What changed? (2024)", "What changed 2024"),
        ("100% sure \\ done", "100 sure done"),
        ("Title ^an-id", "Title"),
        ("Title ^an-id", "Title an-id"),
    ],
)
def test_same_heading(heading: str, link: str) -> None:
    """Punctuation counts as space, spaces are folded, case does not matter (semantics 3.1-3.3)."""
    assert 0 == place_of(outline(f"# {heading}").find((link,)))


@pytest.mark.parametrize(
    ("heading", "link"),
    [("_x_", "x"), ("Don't", "Dont"), ("stop-now", "stop now"), ("a b", "ab"), ("结论：", "结论")],
)
def test_other_heading(heading: str, link: str) -> None:
    """Underscore, apostrophe, hyphen and all that is not ASCII count."""
    assert Place(heading_missing=True) == outline(f"# {heading}").find((link,))


def test_first_of_equal_headings() -> None:
    """Of equal headings a link goes to the first, and a chain chooses another (semantics 3.6)."""
    note = outline("# Alpha", "## Notes", "# Beta", "## Notes")

    assert 1 == place_of(note.find(("Notes",)))
    assert 3 == place_of(note.find(("Beta", "Notes")))


def test_chain() -> None:
    """The segments of a chain stand in order, each deeper; levels may be skipped (semantics 3.5)."""
    note = outline("# A", "## B", "### C", "## D")

    assert [2, 2, 3] == [place_of(note.find(chain)) for chain in (("A", "B", "C"), ("A", "C"), ("a", "d"))]
    assert all(note.find(chain).heading_missing for chain in (("B", "D"), ("C", "B"), ("A", "E"), ("A", "A")))


def test_chain_below_a_later_parent() -> None:
    """A chain is found below any heading of its first segment, not the first alone."""
    assert 2 == place_of(outline("### A", "# A", "## B").find(("A", "B")))


def test_long_chain() -> None:
    """A chain of more segments than there are levels leads nowhere, however many there are."""
    note = outline(*("# a" for _ in range(1_000)), "## a", "### a", "#### a", "##### a", "###### a")

    assert 1_004 == place_of(note.find(("a",) * 6))
    assert all(note.find(("a",) * count).heading_missing for count in (7, 100_000))


def test_empty_segments() -> None:
    """Empty segments are skipped; a link with nothing else behind the `#` is not judged (semantics 1.10)."""
    note = outline("# Heading")

    assert 0 == place_of(note.find(("", "Heading")))
    assert [WHOLE_NOTE] * 3 == [note.find(subpath) for subpath in (("",), ("", ""), ("?!",))]


def test_block() -> None:
    """Block ids are compared without regard to case (semantics 4.2), also behind a heading."""
    note = outline("# A", blocks=("Women-CPR",))

    assert [BlockFact("Women-CPR", NOWHERE)] * 2 == [
        note.find(subpath).block for subpath in (("^women-cpr",), ("A", "^Women-CPR"))
    ]
    assert Place(block_missing=True) == note.find(("^men-cpr",))


def test_a_heading_is_no_block() -> None:
    """A heading of the same words is no block, and a block no heading."""
    note = outline("# intro", blocks=("summary",))

    assert note.find(("^intro",)).block_missing
    assert note.find(("summary",)).heading_missing


def test_doubtful_block() -> None:
    """An id that the app may or may not read is neither found nor missing."""
    note = Outline(Facts.of("Note.md", doubtful_blocks=["intro"]))

    assert (WHOLE_NOTE, True) == (note.find(("^Intro",)), note.find(("^summary",)).block_missing)


def test_not_judged() -> None:
    """Footnotes and the leftovers of prompts are not judged (semantics 3.9)."""
    assert [WHOLE_NOTE, WHOLE_NOTE] == [outline().find(subpath) for subpath in (("[^1]",), ("^",))]


def test_key_is_stable() -> None:
    """The key of a key is the key."""
    assert "a b 'c' _d_ é" == heading_key("A: **b** 'c' _d_ É") == heading_key("a b 'c' _d_ é")


def test_many_headings() -> None:
    """Twenty thousand headings and as many links find each other."""
    note = outline(*(f"## Heading {number}" for number in range(20_000)))

    assert all(place_of(note.find((f"heading {number}",))) == number for number in range(20_000))
