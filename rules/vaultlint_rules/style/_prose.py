"""What the rules about prose share: where they look, and how words are written anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note

IN_HEADING = "links to this heading have to follow"


def in_prose(note: Note, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where a pattern is found wholly inside a run of prose."""
    for found in pattern.finditer(note.text, note.body_start):
        if note.is_prose(found.start(), found.end()):
            yield found


def respaced(note: Note, span: Span, title: str, text: str = "") -> Fix:
    """White space between words written anew: layout."""
    return Fix(title, (Edit(note.path, span, text),), Applicability.SAFE, Kind.LAYOUT)


def rewritten(
    note: Note,
    edits: tuple[tuple[Span, str], ...],
    title: str,
    reason: str,
    trust: Applicability = Applicability.UNSAFE,
    *,
    tentative: bool = False,
) -> Fix:
    """Words written anew. In a heading no more than a suggestion, for what is linked to changes its name.

    `tentative`: where a space goes, what stands beside it may become a part of an address, say; the proof sees to that.
    """
    changes = tuple(Edit(note.path, span, text) for span, text in edits)
    if any(note.in_heading(span.start) for span, _ in edits):
        both = frozenset({Aspect.HEADINGS, Aspect.WORDS})
        return Fix(title, changes, Applicability.SUGGESTION, may_change=both, reason=IN_HEADING, tentative=tentative)
    reason = "" if trust is Applicability.SAFE else reason
    return Fix(title, changes, trust, may_change=frozenset({Aspect.WORDS}), reason=reason, tentative=tentative)


def mark_borders(note: Note) -> frozenset[int]:
    """Where inline code, math and links begin and end: signs beside them are no part of them, whatever they are."""
    nodes = [code.span for code in note.code if code.kind == "inline"]
    nodes += [math.span for math in note.math if not math.display]
    nodes += [link.span for link in note.links if not link.embed]
    nodes += [link.span for link in note.wikilinks if not link.embed]
    return frozenset(place for span in nodes for place in (span.start, span.end))


_MARKERS = re.compile(
    r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|\[[^\r\n]\]|\[\^[^\r\n\]]++\]:|\[![^\r\n\]]++\][+-]?)(?:[ \t]++|\Z))*+"
)


def begins_block(text: str, start: int, end: int) -> bool:
    """Whether nothing but signs of blocks stands between the beginning of a line and a place in it."""
    return _MARKERS.fullmatch(text, start, end) is not None


def span_of(found: re.Match[str], group: int | str = 0) -> Span:
    """Where a match, or a group of it, stands."""
    return Span(*found.span(group))
