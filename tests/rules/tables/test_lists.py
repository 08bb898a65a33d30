"""Markers of lists: what is written anew, what moves along, and what stays since it can't."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from vaultlint_rules.tables.list_empty_item import ListEmptyItem
from vaultlint_rules.tables.list_indent import ListIndent
from vaultlint_rules.tables.list_indent import Options as Indent
from vaultlint_rules.tables.list_marker_duplicate import ListMarkerDuplicate
from vaultlint_rules.tables.list_marker_space import ListMarkerSpace
from vaultlint_rules.tables.list_marker_style import ListMarkerStyle
from vaultlint_rules.tables.list_marker_style import Options as Style
from vaultlint_rules.tables.ordered_list_style import Options as Numbers
from vaultlint_rules.tables.ordered_list_style import OrderedListStyle

from vaultlint.config.settings import load_settings
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.laws import check_rules_and_fixes
from vaultlint.testing.strategies import notes

RULES = ("list-marker-style", "ordered-list-style", "list-marker-space", "list-indent", "list-marker-duplicate")
SETTINGS = load_settings(Path(__file__).parent, installed_rules(), select=(*RULES, "list-empty-item", "table-format"))

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


def test_states_of_tasks_and_block_ids_stay(fixed: Fixed) -> None:
    """The sign in a box and the id at an item's end are no part of the marker."""
    assert "- [/] half ^half\n- [>] later\n" == fixed(ListMarkerStyle, "* [/] half ^half\n* [>] later\n")


def test_a_sign_that_would_make_a_rule_stays(fixed: Fixed) -> None:
    """`* - -` is a list, and `- - -` a thematic break."""
    assert "* - -\n" == fixed(ListMarkerStyle, "* - -\n")


@pytest.mark.parametrize("text", ["* a\n\n- b\n", "1. a\n\n1) b\n", "> * a\n>\n> + b\n", "- x\n  * a\n\n  - b\n"])
def test_lists_that_their_signs_keep_apart_are_left_alone(text: str, found: Found) -> None:
    """A change of the sign begins a new list."""
    assert [] == found(ListMarkerStyle, text)
    assert [] == found(OrderedListStyle, text)


def test_lists_in_a_row_are_joined_on_demand(fixed: Fixed) -> None:
    """Without a blank line between them, lists with different signs are joined by a fix that is unsafe."""
    text = "- a\n* b\n+ c\n"

    assert text == fixed(ListMarkerStyle, text)
    assert "- a\n- b\n- c\n" == fixed(ListMarkerStyle, text, at_least=Applicability.UNSAFE)


def test_the_first_list_decides(fixed: Fixed) -> None:
    """`consistent` takes the sign of the note's first bullet list, be it behind an ordered one."""
    text = "1. a\n\nb\n\n+ c\n\nd\n\n- e\n"

    assert text.replace("- e", "+ e") == fixed(ListMarkerStyle, text, options=Style("consistent"))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("9. a\n9. b\n   - c\n", "9. a\n10. b\n    - c\n"),
        ("9. a\n9. b\n\t- c\n", "9. a\n10. b\n\t- c\n"),
        ("9. a\n9. b\n   text\nlazy\n", "9. a\n10. b\n    text\nlazy\n"),
        ("> 9. a\n> 9. b\n>    - c\n", "> 9. a\n> 10. b\n>     - c\n"),
        ("9. a\r\n9. b\r\n   - c\r\n", "9. a\r\n10. b\r\n    - c\r\n"),
        ("9. a\n9. b\n\n   ```\n     x\n   ```\n", "9. a\n10. b\n\n    ```\n      x\n    ```\n"),
        ("9. a\n9. - b\n   - c\n", "9. a\n10. - b\n    - c\n"),
    ],
)
def test_what_is_in_an_item_moves_along_where_it_must(text: str, after: str, fixed: Fixed) -> None:
    """A longer number moves the column at which an item's text begins."""
    assert after == fixed(OrderedListStyle, text)


@pytest.mark.parametrize(
    "text",
    [
        "9. a\n9. b\n\n   $$\n   x\n   $$\n",
        "9. a\n9. b\n\n   <div>\n   x\n   </div>\n",
        "9. a\n9. b\n\n       code\n",
        "9. a\n9. b\n\n   ```\n   \tx\n   ```\n",
        "9. a\n9. b\n   > - c\n   > * d\n\n   <!--\n   x -->\n",
    ],
)
def test_what_can_not_move_keeps_the_list_as_it_is(text: str, fixed: Fixed, found: Found) -> None:
    """Math, HTML and code whose lines are as they are keep the number short; it is reported all the same."""
    assert ["2:1 the item is numbered '9.', not '10.'"] == found(OrderedListStyle, text)
    assert text == fixed(OrderedListStyle, text)


def test_a_start_is_meaning(fixed: Fixed) -> None:
    """The first number stays; `start` makes it 1, which is unsafe."""
    assert "0. a\n1. b\n" == fixed(OrderedListStyle, "0. a\n0. b\n")
    one = Numbers(start="one")
    assert "7. a\n8. b\n" == fixed(OrderedListStyle, "7. a\n8. b\n", options=one)
    assert "1. a\n2. b\n" == fixed(OrderedListStyle, "7. a\n8. b\n", options=one, at_least=Applicability.UNSAFE)


def test_a_number_can_not_grow_beyond_what_is_an_item(fixed: Fixed) -> None:
    """A number of ten digits is no item, so the last one repeats."""
    text = "999999999. a\n999999999. b\n"

    assert text == fixed(OrderedListStyle, text)


def test_an_item_without_text_has_no_space_to_mend(found: Found, fixed: Fixed) -> None:
    """White space behind a lone marker is for another rule; code in an item is not touched."""
    assert [] == found(ListMarkerSpace, "- \n-\n")
    assert "-      code\n" == fixed(ListMarkerSpace, "-      code\n")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("- a\n  - b\n", "- a\n\t- b\n"),
        ("- a\n  - b\n    - c\n", "- a\n\t- b\n\t\t- c\n"),
        ("- a\n  - b\n\n    text\n", "- a\n\t- b\n\n\t  text\n"),
        ("100. a\n     - b\n", "100. a\n\t\t- b\n"),
        ("[^1]: a\n    - b\n      - c\n", "[^1]: a\n\t- b\n\t\t- c\n"),
        ("> - a\n>   - b\n>     - c\n", "> - a\n> \t- b\n> \t\t- c\n"),
        ("  - a\n  - b\n", "- a\n- b\n"),
    ],
)
def test_tabs(text: str, after: str, fixed: Fixed) -> None:
    """A tab for each level; where the text of the item around begins behind it, one more."""
    assert after == fixed(ListIndent, text)


def test_spaces(fixed: Fixed) -> None:
    """As many spaces for each level, or the next multiple."""
    text = "- a\n\t- b\n1. c\n\t- d\n"

    assert "- a\n  - b\n1. c\n    - d\n" == fixed(ListIndent, text, options=Indent("spaces", 2))
    assert "- a\n   - b\n1. c\n   - d\n" == fixed(ListIndent, text, options=Indent("spaces", 3))


@pytest.mark.parametrize("text", ["1. a\n  - b\n", "- a\n - b\n"])
def test_an_item_between_two_levels_is_left_to_the_author(text: str, fixed: Fixed, found: Found) -> None:
    """The editor shows it as an inner item, the page does not."""
    assert 1 == len(found(ListIndent, text))
    assert "too little" in found(ListIndent, text)[0]
    assert text == fixed(ListIndent, text)


def test_markers_in_a_row(fixed: Fixed, found: Found) -> None:
    """Of `- - - text` one marker is left; what is in the item stays in it."""
    assert "- a\n" == fixed(ListMarkerDuplicate, "- - - a\n")
    assert "- a ^id\n" == fixed(ListMarkerDuplicate, "- - a ^id\n")
    assert [] == found(ListMarkerDuplicate, "- + a\n- 1. b\n* * *\n- - c\n  - d\n")


def test_a_paragraph_with_a_block_id_stays_one(fixed: Fixed) -> None:
    """Links to it would otherwise show a single item."""
    text = "• a\n• b ^both\n"

    assert text == fixed(ListMarkerDuplicate, text)


def test_an_empty_item_in_a_template_is_a_place_to_write_at(found: Found) -> None:
    """Template folders are left alone."""
    assert [] == found(ListEmptyItem, "- \n", "Templates/Day.md", template_folders=("Templates",))
    assert 1 == len(found(ListEmptyItem, "- \n", "Day.md", template_folders=("Templates",)))


@given(notes())
def test_the_rules_about_lists_and_tables_settle_and_are_proved(text: str) -> None:
    """No generated note makes them fail or fight, or offer what the proof refuses."""
    check_rules_and_fixes(SETTINGS, {"Note.md": text}, Applicability.UNSAFE)
