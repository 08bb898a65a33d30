"""Cutting a note where both readers agree that something new begins, so that only what an edit touched is proved.

A cut stands before a heading or paragraph at the root of the note, behind a blank line, in both versions: no paragraph,
list, quote or table reaches over it. What could reach over it all the same (a comment, a fence, math, HTML) must be
closed in each piece, and nothing in the note may hang on a definition elsewhere in it. Pieces of equal text are then
read alike.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultlint.note.model import Span
from vaultlint.note.note import parse_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Edit

_SHORTEST = 1_000
"""Code points; a shorter note is proved as a whole sooner than cut."""
_PROBE = "\n\n# Probe\n\n[[probe]] #probe *probe*\n"
"""What stands behind a piece when it is read: what an edit left open would reach into it."""
_DEFINITION = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[(?!\[)", re.MULTILINE)
"""A line that a definition may begin in, of a link or a footnote, where there is a `]:` at all."""
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_OPENERS = re.compile(r"<(?:[!?]|/?(?:pre|script|style|textarea)\b)|<%|%>", re.IGNORECASE)
_BEGINS = re.compile(r"#{1,6} |[^\W\d_]|\[\[|!\[\[|\*\*\w")
_BLANK_BEFORE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\Z")


def pieces(before: Note, after: Note, edits: Sequence[Edit]) -> list[tuple[Note, Note, list[Edit]]] | None:
    """The parts of both versions in which `edits`, sorted, changed anything; `None` where the note can't be cut.

    Each part is a note of its own with a probe at its end; the edits of a part count from its beginning.
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
        if old != new:
            own = [_moved(edit, -start) for edit in edits if _is_in(edit, start, end)]
            found.append((parse_note(old + _PROBE, before.path), parse_note(new + _PROBE, after.path), own))
    return found


def _hangs_together(text: str) -> bool:
    """Whether what stands at one place may be read by what stands at another: definitions, and notes cut short."""
    return ("]:" in text and _DEFINITION.search(text) is not None) or "\0" in text


def _cuts(before: Note, after: Note, edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Places in both versions, in order."""
    new_starts = set(_starts(after))
    last, new_last, shift, at = 0, 0, 0, 0
    for place in _starts(before):
        while at < len(edits) and edits[at].span.end <= place and edits[at].span.start <= place:
            if edits[at].span.start == place < edits[at].span.end:
                break
            shift += len(edits[at].text) - len(edits[at].span)
            at += 1
        crossed = at < len(edits) and edits[at].span.start < place
        new = place + shift
        if crossed or new not in new_starts:
            continue
        if _is_closed(before.text[last:place]) and _is_closed(after.text[new_last:new]):
            yield place, new
            last, new_last = place, new


def _starts(note: Note) -> Iterator[int]:
    """Where a heading or a paragraph begins that goes on from nothing before it, as a block id alone does."""
    text = note.text
    for section in note.sections:
        place = section.span.start
        begins = section.type in ("heading", "paragraph") and _BEGINS.match(text, place) is not None
        if begins and _BLANK_BEFORE.search(text, max(place - 200, 0), place) is not None:
            yield place


def _is_closed(piece: str) -> bool:
    """Whether nothing that a piece opens can reach beyond it, whoever reads it."""
    if piece.count("%%") % 2 or piece.count("$$") % 2 or len(_FENCE.findall(piece)) % 2:
        return False
    return ("<" not in piece and "%>" not in piece) or _OPENERS.search(piece) is None


def _is_in(edit: Edit, start: int, end: int) -> bool:
    """An insertion at a cut belongs to the piece before it."""
    span = edit.span
    if span.start == span.end:
        return start < span.start <= end or span.start == start == 0
    return start <= span.start < end


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, span=Span(edit.span.start + by, edit.span.end + by))
