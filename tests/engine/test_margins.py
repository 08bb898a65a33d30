"""White space that is seen to say nothing says nothing to the whole proof either."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.engine.edits import apply_edits
from vaultlint.engine.margins import says_the_same
from vaultlint.engine.meaning import _in_both
from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Edit
from vaultlint.tree import Unreadable

PLAIN = [
    "a",
    "b1",
    "word.",
    "(c)",
    "[d](e%20f)",
    "[[f]]",
    "![[g]]",
    "![](h)",
    "#tag",
    "*i*",
    "**j**",
    "_k_",
    "12:03",
    "é",
]
PLAIN += ["x:", '"l', 'm"', "[[n|o]]", "`p`", "q&r", "s=t", "|", "💚", "“u”", "%% v %%", "1.", "`#`", "`- `"]
ODD = [
    "[n",
    "o]",
    "(p",
    "q)",
    "*",
    "**",
    "_",
    "[ ]",
    "[x]",
    "[]",
    "2)",
    "-",
    "+",
    "#",
    "##",
    "`",
    "``",
    "`` ` ``",
    "%%",
]
ODD += ["http://r.s", "a:: b", "[^1]", "==", "\\", "^id", "\u3000", "\u00a0", "---", "!", "[[", "]]", "|-", "=", "%%%"]
ODD += ["````", "``a", "b``"]
ODD += ["a|b", "-|-", "<b>", "[a]: b", "\u200b", "&amp;", "~~", "- %% a %%", "\n%% w %%\n", "%% # %%", "%% - a %%"]
STARTS = ["", "", "", "- ", "* ", "1. ", "2) ", "-   ", "# ", "### ", "- [ ] ", "> ", "  ", "- - ", "%% "]
GAPS = [" ", " ", " ", "  ", " \n", "\n", "\n\n", "\n\n\n", "  \n", "   \n \n"]
_GAP = re.compile(r" *\n[ \n]*| +\Z|(?<=[-*+.)]) +")
"""White space that may say nothing: at the end of a line, blank lines, and behind what may be a marker."""
BREAKS = ["\n", "\n", " \n", "  \n", "\n\n", "\n\n\n", "  \n\n"]
SPACES = [" ", "  ", "    ", "     ", ""]


@st.composite
def _lines(draw: st.DrawFn) -> str:
    """Some plain lines, now and then with what is not quite plain."""
    odd = draw(st.integers(0, 3)) == 0
    tokens, starts = (PLAIN + ODD, STARTS) if odd else (PLAIN, STARTS[:10])
    parts: list[str] = []
    begins = True
    for _ in range(draw(st.integers(1, 7))):
        gap = draw(st.sampled_from(GAPS))
        parts += (draw(st.sampled_from(starts)) if begins else "", draw(st.sampled_from(tokens)), gap)
        begins = "\n" in gap
    return "".join(parts)


@st.composite
def _respaced(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text, and edits of its white space."""
    text = draw(_lines())
    edits: list[Edit] = []
    for found in _GAP.finditer(text):
        if draw(st.booleans()):
            other = draw(st.sampled_from(BREAKS if "\n" in found[0] else SPACES))
            if other != found[0]:
                edits.append(Edit("a.md", Span(*found.span()), other))
    return text, edits


@settings(deadline=None, max_examples=150)
@given(_respaced())
def test_what_is_seen_to_say_nothing_is_proved(respaced: tuple[str, list[Edit]]) -> None:
    """Whatever the text, and whatever white space changes."""
    text, edits = respaced
    after = apply_edits(text, edits)
    if not says_the_same(text, after):
        return
    try:
        changed = _in_both(parse_note(text, "a.md"), parse_note(after, "a.md"), edits, frozenset(), str)
    except Unreadable:
        return

    assert changed is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a. \nb\n", "a.\nb\n"),
        ("a  \n\nb", "a\n\nb"),
        ("-   a\n-   b [c](d%20e) \n", "- a\n- b [c](d%20e)\n"),
        ("# A\n- b\n\n\n\nc", "# A\n\n- b\n\nc"),
        ("%% a %%\n\n\n\n[[b|c]] \n", "%% a %%\n\n[[b|c]]\n"),
    ],
)
def test_what_most_notes_have(old: str, new: str) -> None:
    """What `vaultlint format` changes in most notes is seen."""
    assert says_the_same(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a  \nb", "a\nb"),
        ("a\nb", "a\n\nb"),
        ("- a\n# B", "- a\n\n# B"),
        ("- [ ] 1. ", "- [ ] 1."),
        ("- ", "-"),
        ("-   - a", "- - a"),
        ("-   [ ] a", "- [ ] a"),
        ("`a \nb`", "`a\nb`"),
        ("``a \nb``", "``a\nb``"),
        ("````\na \n````", "````\na\n````"),
        ("````\na\n\n\nb\n````", "````\na\n\nb\n````"),
        ("    a \n", "    a\n"),
        ("%%\na \n%%", "%%\na\n%%"),
        ("$$\na \n$$", "$$\na\n$$"),
        ("<b \nc>", "<b\nc>"),
        ("a\\ \nb", "a\\\nb"),
        ("a ^b ", "a ^b"),
        ("a:: ", "a::"),
        ("| a |\n|---|\n| b | \n", "| a |\n|---|\n| b |\n"),
        ("a\n--- \n", "a\n---\n"),
        ("> a \n", "> a\n"),
        ("\ta \n", "\ta\n"),
        ("a\u00a0 \n", "a\u00a0\n"),
        ("a", "b"),
        ("-   a", "* a"),
        ("-   a", "- b"),
        ("# A # ", "# A #"),
        ("a|b\n-|-\nc|d \n", "a|b\n-|-\nc|d\n"),
    ],
)
def test_what_is_left_to_the_proof(old: str, new: str) -> None:
    """White space that says something, or might to one of the readers."""
    assert not says_the_same(old, new)
