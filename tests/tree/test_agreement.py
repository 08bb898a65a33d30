"""Two readers that share no code see the same in real vaults, but for a few notes that are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultlint.testing import agreement

READING = sorted((Path(__file__).parent.parent / "note" / "reading").glob("*.md"))


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_our_own_examples(path):
    """In the examples of the first reader the second sees the same."""
    assert {} == agreement.differences(path.read_bytes().decode("utf-8-sig"))


@pytest.mark.parametrize(
    ("vault", "step", "notes"),
    [
        # `<https://...>^id`: the first reader takes the `>` for the sign of a quote; one note in all of them.
        ("obsidian-hub", 5, 1),
        ("obsidian-help-en", 1, 0),
        ("knowledge-garden", 2, 0),
        # Two: `2.` as a lazy line of a quote, text in CommonMark, an item to pyromark. One: `$` around a code span,
        # math to the second alone. One: `$` in the destination of a link, math to the first. One: text below indented
        # code in an item goes on with the code to the second.
        ("ctf-notes", 1, 5),
    ],
)
def test_real_vaults(corpus, vault, step, notes):
    """In a vault, the readers differ in no more notes than are known, whatever is compared."""
    differing = []
    for path in sorted(corpus(vault).rglob("*.md"))[::step]:
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        if agreement.differences(text):
            differing.append(path.name)

    assert notes >= len(differing), differing


def test_a_difference_is_seen():
    """The comparison does tell two texts apart, in each kind that it compares."""
    text = "# h\n[[a]] ![[b]] #c `d` $e$ ^f\n\n- [ ] g\n\n|i|\n|-|\n\n> [!j] k\n"
    first, second = agreement.first_reading(text), agreement.second_reading("text")

    assert set(first) == {kind for kind in first if first[kind] != second[kind]}
