"""Laws that hold for every text, however broken: nothing raises, and every span covers what it names."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultlint.note.note import Note, parse_note
from vaultlint.testing.laws import check_reading
from vaultlint.testing.strategies import notes, soup

ATTRIBUTES = [name for name in vars(Note) if not name.startswith("_") and name not in ("hidden", "property")]


@settings(max_examples=400, deadline=None)
@given(st.one_of(soup(), notes()))
@example("- \n\t- [ ] - [ ] 1. ")
@example("<!-->")
@example("\ufeff\r\n[[x]]")
@example(">\t- a")
def test_every_attribute_of_every_text(text: str) -> None:
    """Nothing that can be asked of a note raises; every span lies in the text, covers its parts and what it names."""
    note = check_reading(text)
    for name in ATTRIBUTES:
        getattr(note, name)


@pytest.mark.parametrize(("text", "marker"), [(">\t- a", "-"), (">\t1. a", "1."), ("> >\t- [ ] a", "-")])
def test_an_item_behind_a_tab_in_a_quote(text: str, marker: str) -> None:
    """A tab behind the mark of a quote is no part of the item behind it."""
    (item,) = parse_note(text).items

    assert marker == item.marker_span.of(text)


@settings(max_examples=200, deadline=None)
@given(soup())
def test_line_breaks_do_not_change_the_reading(text: str) -> None:
    """A note says the same whether its lines end in `\\n`, `\\r\\n` or `\\r`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    first = parse_note(plain)
    for newline in ("\r\n", "\r"):
        second = parse_note(plain.replace("\n", newline))

        assert [w.target for w in first.wikilinks] == [w.target for w in second.wikilinks]
        assert [h.text for h in first.headings] == [h.text for h in second.headings]
        assert [t.name for t in first.tags] == [t.name for t in second.tags]
        assert [b.id for b in first.block_ids] == [b.id for b in second.block_ids]


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    """No text raises, nor does any place in it."""
    note = parse_note(text)
    for name in ATTRIBUTES:
        getattr(note, name)
    for offset in range(len(text) + 1):
        position = note.source.position(offset)
        assert position.line >= 1
        assert position.column >= 1


def test_what_several_rules_need_is_worked_out_once() -> None:
    note = parse_note("a b c")
    asked: list[str] = []

    def words(about: Note) -> list[str]:
        asked.append(about.text)
        return about.text.split()

    assert note.shared(words) is note.shared(words)
    assert ["a b c"] == asked
    assert ["d"] == parse_note("d").shared(words)
