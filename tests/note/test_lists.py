"""Lists, items and tasks."""

from __future__ import annotations

import pytest

from vaultlint.note.note import parse_note


def test_items_know_their_parts() -> None:
    """An item knows its marker, its box, its own text, and all that is in it."""
    text = "- [x] one\n  more\n    - two\n\n10) ten\n"
    one, two, ten = parse_note(text).items

    assert "- [x] one\n  more\n    - two" == one.span.of(text)
    assert ("-", "x", "one\n  more") == (one.marker_span.of(text), one.task, one.content_span.of(text))
    assert "[x]" == (one.task_span and one.task_span.of(text))
    assert (None, 0, None) == (one.parent, two.parent, ten.parent)
    assert ("10)", "ten", None) == (ten.marker_span.of(text), ten.content_span.of(text), ten.task)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] a\n- [/] b\n- [!] c\n- [é] d", [" ", "/", "!", "é"]),
        ("- [ ]\n- [x]", [" ", "x"]),
        ("1. [>] a", [">"]),
        ("- [x]a\n- [xy] b\n- [](c)\n- [d](e)\n- a [x] b", [None] * 5),
        ("> - [ ] a\n>     - [x] b", [" ", "x"]),
        ("> [!note]\n> - [ ] a", [" "]),
        ("%%\n- [ ] a\n%%\n- b", [None]),
        ("- a\n\u200b\t- [ ] b", [None]),
        ("-a\n- b", [None]),
    ],
)
def test_tasks(text: str, expected: list[str | None]) -> None:
    """A task is an item whose text begins with one character in brackets and a space; none is in a comment."""
    assert expected == [item.task for item in parse_note(text).items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n* c\n1. d\n2) e", [("- a\n- b", False), ("* c", False), ("1. d", True), ("2) e", True)]),
        ("- a\n\t- b\n\t- c\n- d", [("- a\n\t- b\n\t- c\n- d", False), ("- b\n\t- c", False)]),
        ("- a\n\n- b\n\n\ntext", [("- a\n\n- b", False)]),
        ("> - a\n>\n> - b\n>\n", [("- a\n>\n> - b", False)]),
        ("text\n2. a", []),
    ],
)
def test_lists(text: str, expected: list[tuple[str, bool]]) -> None:
    """Another marker begins another list; a list ends with its last item, without the blank lines behind it."""
    assert expected == [(each.span.of(text), each.ordered) for each in parse_note(text).lists]


def test_nesting() -> None:
    """An item's parent is the item around it, also behind tabs and over a change of marker."""
    text = "- a\n\t- b\n\t\t1. c\n\t* d\n- e\n"
    note = parse_note(text)

    assert ["a", "b", "c", "d", "e"] == [item.content_span.of(text) for item in note.items]
    assert [None, 0, 1, 0, None] == [item.parent for item in note.items]
    assert [(0, 4), (1,), (2,), (3,)] == [each.items for each in note.lists]
    assert [0, 1, 2, 3, 0] == [item.list for item in note.items]


def test_item_in_a_task() -> None:
    """The text of a task may itself be an item."""
    text = "- [ ] 1. a\n"
    note = parse_note(text)

    assert ["- [ ] 1. a", "1. a"] == [item.span.of(text) for item in note.items]
    assert [None, 0] == [item.parent for item in note.items]
    assert [False, True] == [each.ordered for each in note.lists]


def test_empty_items() -> None:
    """An item without text is an item."""
    text = "-\n- \n* [ ] \n"

    assert ["-", "-", "* [ ]"] == [item.span.of(text) for item in parse_note(text).items]
    assert ["", "", ""] == [item.content_span.of(text) for item in parse_note(text).items]
