"""What is meant as a block id and is none (semantics 4.1, 4.3)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultlint_rules.links._plain import Hidden, link_spans

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_ID = re.compile(r"(?<=[ \t\r\n>])\^([^\W_][\w-]*+)(?=[ \t]*+(?:[\r\n]|\Z))")
"""At the end of a line, with a sign of any script or an underscore in it."""
_GOOD = re.compile(r"[A-Za-z0-9-]+")
_MADE_BY_APP = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{6}")
"""Six letters and digits, as the app makes them."""


class BlockIdSyntax(NoteRule):
    """A block id has signs in it that it can't have, or stands where no block ends."""

    name = "block-id-syntax"
    group = Group.BLOCKS
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield ids at the end of a line that the app does not read as such."""
        if "^" not in note.text:
            return
        hidden: Hidden | None = None
        known = {block.span.start for block in note.block_ids}
        for each in _ids(note.text, note.body_start):
            start, end = each.span(1)
            if start - 1 in known:
                continue
            hidden = hidden or Hidden(note, link_spans(note))
            if hidden.touches(start - 1, end):
                continue
            if not _GOOD.fullmatch(each[1]):
                yield self.find(
                    Span(start - 1, end),
                    f"'^{each[1]}' is no block id: letters from a to z, digits and hyphens make one",
                )
            elif _goes_on(note, end) and _MADE_BY_APP.fullmatch(each[1]):
                yield self.find(
                    Span(start - 1, end),
                    f"'^{each[1]}' stands in the middle of a paragraph, and so is no block id",
                    hint="put it at the end of the paragraph's last line",
                )


def _ids(text: str, start: int) -> Iterator[re.Match[str]]:
    """What may be meant for an id: the sign leads, which is found far sooner than the pattern."""
    at = text.find("^", start)
    while at >= 0:
        found = _ID.match(text, at)
        if found is not None:
            yield found
        at = text.find("^", at + 1)


def _goes_on(note: Note, place: int) -> bool:
    """Whether a paragraph at the root of the note goes on behind this line."""
    sections = note.sections
    at = bisect_right(sections, place, key=lambda section: section.span.start) - 1
    return at >= 0 and sections[at].type == "paragraph" and place < sections[at].span.end
