"""Cutting a note where both readers agree that something new begins, so that only what an edit touched is proved.

A cut stands before a heading or paragraph at the root of the note, behind a blank line, in both versions: no paragraph,
list, quote or table reaches over it. A heading of one line ends what stands before it and ends itself, so that a cut
needs no blank line around one. What could reach over it all the same (a comment, a fence, math, HTML) must be closed in
each piece, and nothing in the note may hang on a definition elsewhere in it. Pieces of equal text are then read alike,
and the blank lines before a cut say nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultlint.note.model import Span
from vaultlint.note.note import parse_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Section
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Edit

_SHORTEST = 200
"""Code points; a shorter note is proved as a whole sooner than cut."""
_PROBE = "\n\n# Probe\n\n[[probe]] #probe *probe*\n"
"""What stands behind a piece when it is read: what an edit left open would reach into it."""
_DEFINITION = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[(?!\[)", re.MULTILINE)
"""A line that a definition may begin in, of a link or a footnote, where there is a `]:` at all."""
_FENCE = re.compile(r"(?:\A|(?<=[\r\n]))([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})([^\r\n]*)")
"""A line that opens or closes code: what stands before its signs, these, and what stands behind them."""
_MARKER = re.compile(r"[-*+]|\d{1,9}[.)]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ODD_COMMENT = re.compile(r"<!--+>")
"""Some take it for a whole comment, others for the begin of one."""
_OPENERS = re.compile(r"<(?:[!?]|/?(?:pre|script|style|textarea)\b)|<%|%>", re.IGNORECASE)
_BEGINS = {
    "heading": re.compile(r"#{1,6} "),
    "paragraph": re.compile(r"[^\W\d_]|\[\[|!\[\[|\*\*\w"),
    "comment": re.compile(r"%%"),
}
"""How what may be cut off begins, by the type of its section."""
_BEGINS_BELOW_HEADING = _BEGINS | {
    "list": re.compile(r"[-*+] |\d{1,9}[.)] "),
    "table": re.compile(r"\|"),
    "blockquote": re.compile(r">"),
    "callout": re.compile(r">"),
}
_NO_PLAIN_TEXT = re.compile(r"[<>|$%`~]")
"""What might be more than text to one of the readers."""
_COMMENT_ON_A_LINE = re.compile(r"%%[^<>|$%`~\r\n]*%%")
_BLANK_BEFORE = re.compile(r"(?:\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)\Z")
_EMPTY_ITEM = re.compile(r"(?:\A|[\s>])(?:[-*+]|\d{1,9}[.)])\s*\Z")


def pieces(before: Note, after: Note, edits: Sequence[Edit]) -> list[tuple[Note, Note, list[Edit]]] | None:
    """The parts of both versions in which `edits`, sorted, changed anything; `None` where the note can't be cut.

    Each part is a note of its own, with a probe at its end if more of the note follows; the edits of a part count from
    its beginning.
    """
    if len(before.text) < _SHORTEST or _hangs_together(before.text) or _hangs_together(after.text):
        return None
    cuts = list(_cuts(before, after, edits))
    if not cuts:
        return None
    found: list[tuple[Note, Note, list[Edit]]] = []
    ends = (len(before.text), len(after.text))
    for (start, new_start), (end, new_end) in pairwise([(0, 0), *cuts, ends]):
        old, new = before.text[start:end], after.text[new_start:new_end]
        if old != new and not _differ_in_blank_lines_at_their_end(old, new):
            own = [_moved(edit, -start) for edit in edits if _is_in(edit, start, end)]
            probe = "" if end == len(before.text) else _PROBE
            found.append((parse_note(old + probe), parse_note(new + probe), own))
    return found


def _differ_in_blank_lines_at_their_end(old: str, new: str) -> bool:
    kept = old.rstrip("\r\n")
    if kept != new.rstrip("\r\n") or not _is_closed(old):
        return False
    if "%%" in kept and any(line.count("%%") % 2 for line in kept.splitlines()):  # signs in code or a heading are none
        return False
    # A list that ends in an item without words is a loose one to the second reader, if a blank line is behind it.
    return _EMPTY_ITEM.search(kept[-100:]) is None


def _hangs_together(text: str) -> bool:
    """Whether what stands at one place may be read by what stands at another: definitions, and notes cut short."""
    return ("]:" in text and _DEFINITION.search(text) is not None) or "\0" in text


def _cuts(before: Note, after: Note, edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Places in both versions, in order: those next to edits, for what is between others is the same in both."""
    last, new_last = 0, 0
    for place, new in sorted(_next_to(edits, _Starts(before), _Starts(after))):
        old, now = before.text[last:place], after.text[new_last:new]
        if _is_closed(old) and (now == old or _is_closed(now)):
            yield place, new
            last, new_last = place, new


def _next_to(edits: Sequence[Edit], before: _Starts, after: _Starts) -> set[tuple[int, int]]:
    """The last place before each edit and the first behind it where something begins anew in both versions."""
    found: set[tuple[int, int]] = set()
    shift = 0
    for at, edit in enumerate(edits):
        start, end = edit.span.start, edit.span.end
        least = edits[at - 1].span.end if at else 0
        following = edits[at + 1].span if at + 1 < len(edits) else None
        most = len(before.text) if following is None else following.start - (not len(following))
        number = bisect_right(before.places, start) - 1
        # what is put in is of the piece before it
        while number >= 0 and (place := before.places[number]) >= least:
            if (place < start or start < end) and before.is_one(number) and after.is_at(place + shift):
                found.add((place, place + shift))
                break
            number -= 1
        shift += len(edit.text) - (end - start)
        number = bisect_left(before.places, end)
        while number < len(before.places) and (place := before.places[number]) <= most:
            if before.is_one(number) and after.is_at(place + shift):
                found.add((place, place + shift))
                break
            number += 1
    return {cut for cut in found if cut[0]}  # what is put in at the very begin is of the first piece


class _Starts:
    """Where something begins in a note that goes on from nothing before it, as a block id alone does."""

    def __init__(self, note: Note) -> None:
        self.text = note.text
        self.places = [section.span.start for section in note.sections]
        self._sections = note.sections
        self._known: dict[int, bool] = {}

    def is_at(self, place: int) -> bool:
        """Whether something does at a place."""
        number = bisect_left(self.places, place)
        return number < len(self.places) and self.places[number] == place and self.is_one(number)

    def is_one(self, number: int) -> bool:
        """Whether the section of a number does."""
        first = number
        while first not in self._known and first and _is_line_of_heading(self.text, self._sections[first - 1]):
            first -= 1
        for at in range(first, number + 1):  # what is right below a heading hangs on how that begins
            if at not in self._known:
                previous = self._sections[at - 1] if at else None
                below = previous is not None and _is_line_of_heading(self.text, previous) and self._known[at - 1]
                self._known[at] = _begins_anew(self.text, self._sections[at], previous, below_heading=below)
        return self._known[number]


def _begins_anew(text: str, section: Section, previous: Section | None, *, below_heading: bool) -> bool:
    place = section.span.start
    begins = (_BEGINS_BELOW_HEADING if below_heading else _BEGINS).get(section.type)
    if begins is None or begins.match(text, place) is None or not _is_at_begin_of_line(text, place):
        return False
    if below_heading or previous is None or previous.type == "yaml":
        # A block id alone may stand between, which is of no section and yet may be of what is below it to a reader.
        return not text[0 if previous is None else previous.span.end : place].strip()
    if text.startswith("\n\n", place - 2) or _BLANK_BEFORE.search(text, max(place - 200, 0), place) is not None:
        return True
    if not _is_line_of_heading(text, section) or _NO_PLAIN_TEXT.search(text, place, section.span.end) is not None:
        return False
    if previous.type == "comment":
        return _COMMENT_ON_A_LINE.fullmatch(text, previous.span.start, previous.span.end) is not None
    return previous.type == "paragraph" and _NO_PLAIN_TEXT.search(text, previous.span.start, place) is None


def _is_line_of_heading(text: str, section: Section) -> bool:
    """Whether it is a heading with `#` at the begin of its line, not one that a line below makes a heading."""
    start = section.span.start
    return section.type == "heading" and text[start] == "#" and _is_at_begin_of_line(text, start)


def _is_at_begin_of_line(text: str, place: int) -> bool:
    """An indent would stay behind in the piece before, and how deep the lines below are hangs on it."""
    return place == 0 or text[place - 1] in "\r\n"


def _is_closed(piece: str) -> bool:
    """Whether nothing that a piece opens can reach beyond it, whoever reads it."""
    if piece.count("%%") % 2 or piece.count("$$") % 2 or "%%%" in piece or not _are_fences_closed(piece):
        return False
    if "<" not in piece and "%>" not in piece:
        return True
    return _ODD_COMMENT.search(piece) is None and _OPENERS.search(_COMMENT.sub("", piece)) is None


def _are_fences_closed(piece: str) -> bool:
    """Whether each block of code has its end, in the list or quote that it began in; where that is in doubt: no."""
    if "```" not in piece and "~~~" not in piece:
        return True
    opened: tuple[str, str] | None = None
    for before, signs, behind in _FENCE.findall(piece):
        if opened is None:
            if signs[0] in behind:
                return False
            opened = _MARKER.sub(lambda found: " " * len(found[0]), before), signs
        elif before != opened[0]:
            return False
        elif signs.startswith(opened[1]) and not behind.strip(" \t"):
            opened = None
    return opened is None


def _is_in(edit: Edit, start: int, end: int) -> bool:
    """An insertion at a cut belongs to the piece before it."""
    span = edit.span
    if span.start == span.end:
        return start < span.start <= end or span.start == start == 0
    return start <= span.start < end


def _moved(edit: Edit, by: int) -> Edit:
    """The edit in a piece, which is of no note: equal pieces of two notes have equal edits."""
    return replace(edit, path="", span=Span(edit.span.start + by, edit.span.end + by))
