"""Proving only the pieces of a note that an edit touched accepts nothing that the whole proof refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.engine import pieces as cutting
from vaultlint.engine.edits import apply_edits
from vaultlint.engine.meaning import _in_both, what_changed
from vaultlint.engine.pieces import pieces
from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Aspect, Edit
from vaultlint.testing import strategies
from vaultlint.tree import Unreadable

LONG = "word " * 250
TOUCHES = [
    "",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "# ",
    "- ",
    "> ",
    "```",
    "%%",
    "$$",
    "$",
    "==",
    "*",
    "_",
    "|",
    "^id",
    "<!--",
]
TOUCHES += ["    ", "1. ", "[^1]", "[a]: b", "<br>", "\\", "`", "---", "[[", "]]", "~~~", "<%", "a", "\r\n"]
LICENCES = [frozenset[Aspect](), frozenset({Aspect.WORDS}), frozenset({Aspect.LINKS, Aspect.ALIASES, Aspect.WORDS})]


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A note, and edits of it in one or two places."""
    text = draw(strategies.notes(most=10))
    edits: list[Edit] = []
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.sampled_from([0, 0, 0, 1, 2, 3])), len(text))
        span = Span(start, end)
        if not any(start <= other.span.end and other.span.start <= end for other in edits):
            edits.append(Edit("a.md", span, draw(st.sampled_from(TOUCHES))))
    return text, sorted(edits)


def _accepts(text: str, edits: list[Edit], licence: frozenset[Aspect]) -> tuple[bool | None, bool]:
    """Whether the pieces are accepted (`None`: there are none), and the whole."""
    before, after = parse_note(text, "a.md"), parse_note(apply_edits(text, edits), "a.md")
    parts = pieces(before, after, edits)
    in_parts = None if parts is None else not any(_in_both(*part, licence, str) for part in parts)
    return in_parts, _in_both(before, after, edits, licence, str) is None


@settings(deadline=None, max_examples=150)
@given(_edited(), st.sampled_from(LICENCES))
def test_pieces_accept_nothing_that_the_whole_refuses(
    edited: tuple[str, list[Edit]], licence: frozenset[Aspect]
) -> None:
    """Whatever the note and the edits; what pieces refuse is asked of the whole again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_SHORTEST", 0)
        try:
            in_parts, whole = _accepts(*edited, licence)
        except Unreadable:
            return

    assert not in_parts or whole


@pytest.mark.parametrize(
    ("text", "place", "put_in"),
    [
        ("# A\n  - b\n  - c\n", 10, "  "),
        ("# A\n\n````\na\n```\n", 16, "\n"),
        ("# A\n\n```py\n```py\n", 17, "\n"),
        ("# A\n\n> ```\n```\n> ```\n", 21, "\n"),
        ("# A\r\r```\ra\r", 11, "\r"),
        ("- ```\n  a\n\n# B\n", 11, "\n"),
        ("- ```\r\nword\r\n", 7, "\r\n"),
        ("- ```\r\n\r\n# B\r\n", 9, "\r\n"),
        ("%%%\r\n%% a\r\nb %%\r\n", 11, "\r\n"),
        ("# A %% a\n%%\n", 12, "\n"),
        ("# A\n1.\n", 7, "\n"),
        ("# A\n  ```\n", 10, " "),
        ("%%\na\n", 5, "    "),
        ("# A\n^id\n|-|-|\n|-|-|\n", 8, "\n"),
    ],
)
@pytest.mark.parametrize("licence", [*LICENCES, frozenset({Aspect.COMMENTS})])
def test_pieces_accept_nothing_more_at_odd_places(
    text: str, place: int, put_in: str, licence: frozenset[Aspect], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Indents, code with the wrong end or none, the line breaks of other systems, signs that open nothing."""
    monkeypatch.setattr(cutting, "_SHORTEST", 0)

    in_parts, whole = _accepts(text, [Edit("a.md", Span(place, place), put_in)], licence)

    assert not in_parts or whole


def test_what_is_put_in_at_the_very_begin_is_in_one_piece() -> None:
    """It is an edit of the text that it stands in, and of no other."""
    text = f"# A\n\n{LONG}\n\n# B\n\n{LONG}"
    edits = [Edit("a.md", Span(0, 0), "a\n\n"), Edit("a.md", Span(5, 5), "*")]

    parts = pieces(parse_note(text), parse_note(apply_edits(text, edits)), edits)

    assert parts is not None
    assert all(apply_edits(old.text, own) == new.text for old, new, own in parts)


def test_only_what_changed_is_looked_at() -> None:
    """A long note with one edit is cut around it."""
    text = "".join(f"# Head {number}\n\n{LONG}\n\n" for number in range(20))
    place = text.index("word", text.index("# Head 7"))
    edits = [Edit("a.md", Span(place, place), "*")]

    parts = pieces(parse_note(text), parse_note(apply_edits(text, edits)), edits)

    assert parts is not None
    assert [True] == [len(old.text) < 2 * len(LONG) for old, _, _ in parts]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"{LONG}\n# A\n{LONG}\n", f"{LONG}\n\n# A\n\n{LONG}\n"),
        (f"%% A %%\n# A\n{LONG}\n", f"%% A %%\n\n# A\n\n{LONG}\n"),
        (f"# A\n\n\n- a\n- b\n\n\n# B\n{LONG}", f"# A\n- a\n- b\n\n# B\n\n{LONG}"),
        (f"# A\n> [!note] b\n> c\n\n%% d %%\n\n\n# B\n{LONG}", f"# A\n\n> [!note] b\n> c\n\n%% d %%\n\n# B\n{LONG}"),
        (
            f"# A\n| a |\n| - |\n\n\n\n<!-- b -->\n\n# B\n{LONG}",
            f"# A\n\n| a |\n| - |\n\n\n\n<!-- b -->\n\n# B\n{LONG}\n",
        ),
    ],
)
def test_blank_lines_at_a_cut_say_nothing(text: str, after: str) -> None:
    """Around headings, and before what stands behind a blank line: there is nothing to look at."""
    assert [] == pieces(parse_note(text), parse_note(after), edits_between(text, after))


def edits_between(text: str, after: str) -> list[Edit]:
    """Insertions and deletions of line breaks that make one text of the other."""
    edits: list[Edit] = []
    at = there = 0
    while at < len(text) or there < len(after):
        if text[at : at + 1] == after[there : there + 1]:
            at, there = at + 1, there + 1
        elif after[there : there + 1] == "\n":
            edits.append(Edit("a.md", Span(at, at), "\n"))
            there += 1
        else:
            edits.append(Edit("a.md", Span(at, at + 1), ""))
            at += 1
    return edits


def test_an_empty_item_at_the_end_is_looked_at() -> None:
    """With a blank line behind it, its list is a loose one to the second reader."""
    text = f"# A\n\n{LONG}\n\n# B\n- a\n-\n# C\n\n{LONG}\n\n# D\n-\n\n# E\n\n{LONG}"
    place = text.index("\n# E")
    edits = [Edit("a.md", Span(place, place), "\n")]

    assert [] != pieces(parse_note(text), parse_note(apply_edits(text, edits)), edits)


@pytest.mark.parametrize(
    ("recording", "old", "new", "licence"),
    [
        ("---\nvideoId: a\n---\n", "12:03", "12:04", {Aspect.WORDS}),
        ("[a](https://youtu.be/b?t=75)\n\n", "12:03", "12:04", {Aspect.WORDS}),
        ("---\nvideoId: a\n---\n", "videoId", "video", {Aspect.PROPERTIES}),
        ("", "b:", "videoId:", {Aspect.PROPERTIES}),
    ],
)
def test_a_time_in_a_note_of_a_recording(recording: str, old: str, new: str, licence: set[Aspect]) -> None:
    """It is a timestamp by what stands elsewhere in the note, so that it hangs on more than a piece."""
    front = recording or "---\nb: a\n---\n"
    text = f"{front}# A\n\n{LONG}\n\n# B\n\n12:03 c\n\n# D\n\n{LONG}\n"
    place = text.index(old)
    edits = [Edit("a.md", Span(place, place + len(old)), new)]
    before, after = parse_note(text), parse_note(apply_edits(text, edits))

    assert what_changed(before, after, edits, frozenset(licence)) == "timestamps"


@pytest.mark.parametrize("end", ["```\na\n", "%% a\n", "<!-- a\n", "$$\na\n"])
def test_blank_lines_at_the_end_are_a_part_of_what_is_open_there(end: str) -> None:
    """An open block of code has one line more."""
    text = f"# A\n\n{LONG}\n\n# B\n\n{end}"
    edits = [Edit("a.md", Span(len(text), len(text)), "\n")]

    assert [] != pieces(parse_note(text), parse_note(text + "\n"), edits)


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        (f"# A\n\n[a]: x.md\n\n# B\n\n{LONG}", "[a]"),
        (f"# A\n\n%% open\n\n# B\n\n{LONG}", "%%"),
        (f"# A\n\n```\n\n# B\n\n{LONG}", "```"),
        (f"# A\n\n<!-- open\n\n# B\n\n{LONG}", "<!--"),
        (f"# A\n\n<!--> open\n\n# B\n\n{LONG} -->", "<!-->"),
        (f"# A\n\n$$\n\n# B\n\n{LONG}", "$$"),
        (f"- a\n\n  # B\n\n  {LONG}", "- a"),
        (f"<div>\n# B\n{LONG}", "<div>"),
        (f"> a\n# B | c\n{LONG}", "> a"),
    ],
)
def test_no_cut_stands_where_something_may_reach_over_it(text: str, opened: str) -> None:
    """Definitions, and all that is opened and not closed: it stands in the piece that is looked at."""
    edits = [Edit("a.md", Span(len(text), len(text)), "*")]

    parts = pieces(parse_note(text), parse_note(text + "*"), edits)

    assert parts is None or [True] == [opened in old.text for old, _, _ in parts]


@pytest.mark.parametrize(
    "edits",
    [
        [Edit("a.md", Span(0, 1), "b"), Edit("a.md", Span(8, 8), "# C\n\n")],
        [Edit("a.md", Span(8, 8), "# C\n\n"), Edit("a.md", Span(8 + 5, 8 + 6), "*")],
        [Edit("a.md", Span(5, 8), "\n\n"), Edit("a.md", Span(8 + 2, 8 + 3), "D")],
    ],
)
def test_a_piece_has_the_edits_that_were_made_in_it(edits: list[Edit]) -> None:
    """Also those that put something in where it is cut."""
    text = f"a b c\n\n\n# B\n\n{LONG}\n\n# D\n\n{LONG}"

    parts = pieces(parse_note(text), parse_note(apply_edits(text, edits)), edits)

    assert parts
    for old, new, own in parts:
        assert new.text == apply_edits(old.text, own)
