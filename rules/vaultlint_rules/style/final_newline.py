"""The line break at the end of a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.style._gaps import BLANK, drop_lines, is_open, layout, left_as_they_are

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_EMPTY_ITEM = re.compile(r"[ \t>]*+(?:[-*+]|\d++[.)])[ \t]*+\Z")


class FinalNewline(NoteRule):
    """The note does not end with one line break."""

    name = "final-newline"
    group = Group.STYLE
    severity = Severity.INFO

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the end of the note if its last line has no line break, or blank lines stand behind it."""
        text = note.text
        end = len(text.rstrip(BLANK))
        if not text[:end].strip("\ufeff"):
            return
        last = note.source.line_span(note.source.line_of(end))
        tail = text[last.end :]
        if tail in ("\n", "\r\n", "\r") or is_open(note, end) or left_as_they_are(note).touched(end, len(text)) >= 0:
            return
        if _EMPTY_ITEM.match(text, last.start, last.end):
            return  # what is below it may be read as a part of the item
        if not tail:
            end = len(text)
            fix = layout("put a line break at the end", Edit(note.path, Span(end, end), note.source.newline))
            yield self.find(Span(end - 1, end), "no line break at the end of the note", fix=fix)
            return
        start = last.end + (2 if tail.startswith("\r\n") else 1)
        extra = Span(start, len(text))
        yield self.find(extra, "blank lines at the end of the note", fix=drop_lines(note, extra, "take them away"))
