"""A rule may look for a sign before it reads a note for more: that never hides what it would find.

Each rule is asked twice about one text: as it is, and with a pattern in place of that sign that is found in any text.
"""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaultlint_rules.headings import heading_space
from vaultlint_rules.links import embed_size, link_syntax, reference_link
from vaultlint_rules.style import invisible_characters
from vaultlint_rules.tables import list_marker_duplicate, table_structure

from vaultlint.note import markdown
from vaultlint.note.note import parse_note
from vaultlint.rule.finding import Finding
from vaultlint.rule.kinds import NoteRule

_ANYWHERE = re.compile("")
_BREAKS = ("\n", "\n", "\n\n", "\r\n", "\r")

SHORT_WAYS = {
    "_FAULTY": (link_syntax, link_syntax.LinkSyntax, ("[[", "]]", "[", "]", "|", " ", "a", "\\", "`")),
    "_TWO_MARKERS": (
        list_marker_duplicate,
        list_marker_duplicate.ListMarkerDuplicate,
        ("- ", "* ", "+\t", "-", "1. ", "[ ] ", "[x] ", "> ", " ", "    ", "a"),
    ),
    "_MAY_HAVE_SIZE": (
        embed_size,
        embed_size.EmbedSize,
        ("![", "![[", "[", "]", "]]", "|", "|9px](a.png)", "](a.png)", "a.png", "`", "<b>", "\\", "a"),
    ),
    "_ROW_END": (table_structure, table_structure.TableStructure, ("|", "|", " ", "\t", "a", "-", "> ")),
    "_SIGNS": (heading_space, heading_space.HeadingSpace, ("##", "#", " ", "\t", "a", "é", "\u3000", "\u00a0", "(")),
    "_AT_LINE_START": (
        invisible_characters,
        invisible_characters.InvisibleCharacters,
        ("\u00a0", "\u00a0", "- ", "-", "1.", "#", ">", " ", "\ufeff", "a"),
    ),
    "_LABEL_END": (markdown, reference_link.ReferenceLink, ("[a]", "[b]: c", "[[", "]]", "]:", "\\", "[", " ", "a")),
}
"""The name of each pattern -> where it stands, the rule that needs it, and what texts for that rule are made of."""


FOUND = {
    "_FAULTY": ("[[a", "[[ ]]", "a|b\n-|-\n[[ | ]]", "[[a]\r]]", "[[a]] [[b", "[[a] b"),
    "_TWO_MARKERS": ("- - a", "- > - - a", "1. - - a", "> * * a", "b\n\n- [ ] - [x] a", "b\r\r- - a"),
    "_MAY_HAVE_SIZE": (
        "![[a.png|9px]]",
        "![|9px](a.png)",
        "![`]`|9px](a.png)",
        r"![\]|9px](a.png)",
        "![[b] c|9px](a.png)",
    ),
    "_ROW_END": ("|a|b|\n|c|d|", "b\n\n |a|b| \r\n\t|c|d|", "|a|b|\r|c|d|"),
    "_SIGNS": ("##a", "a\n\n  ###é", "##(a)"),
    "_AT_LINE_START": ("-\u00a0a", "\ufeff1.\u00a0a", "b\n\n> -\u00a0a", "b\r\r-\u00a0a"),
    "_LABEL_END": ("[a]: b", "[a]: b\n[a]: c", "[[b]]: c\n\n[a]: b", r"[a\]]: b"),
}
"""Texts in which each of these rules finds something."""


@pytest.mark.parametrize("name", SHORT_WAYS)
@given(data=st.data())
def test_what_is_found_is_the_same_without_the_short_way(name: str, data: st.DataObject) -> None:
    module, rule, pieces = SHORT_WAYS[name]
    text = "".join(data.draw(st.lists(st.sampled_from((*pieces, *_BREAKS)), max_size=14)))
    assert _found(rule, text) == _found_without(module, name, rule, text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FOUND.items() for text in texts])
def test_what_is_there_is_found(name: str, text: str) -> None:
    assert _found(SHORT_WAYS[name][1], text)


def _found(rule: type[NoteRule], text: str) -> list[Finding]:
    return list(rule().check(parse_note(text, "Note.md")))


def _found_without(module: ModuleType, name: str, rule: type[NoteRule], text: str) -> list[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, _ANYWHERE)
        return _found(rule, text)
