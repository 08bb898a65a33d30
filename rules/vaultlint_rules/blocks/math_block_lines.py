"""The dollar signs around a block of math, each on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.style._gaps import first_line, layout

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Math
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class MathBlockLines(NoteRule):
    """The signs of a block of math share their line with what is in it."""

    name = "math-block-lines"
    group = Group.BLOCKS
    severity = Severity.INFO
    needs = frozenset({"math"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each block at the root whose `$$` does not stand alone; math within text is none."""
        blocks = {each.span.start for each in note.sections if each.type == "math"}
        for math in note.math:
            if math.closed and math.span.start in blocks and _begins_line(note, math):
                edits = list(_edits(note, math))
                if edits and math.content_span.of(note.text).strip():
                    fix = layout("put '$$' on lines of their own", *edits)
                    sign = "the last '$$'" if edits[0].span.end == math.content_span.end else "'$$'"
                    yield self.find(first_line(note, math.span), f"{sign} shares its line with the math", fix=fix)


def _begins_line(note: Note, math: Math) -> bool:
    start = math.span.start
    line = note.source.line_span(note.source.line_of(start))
    return not note.text[line.start : start].strip(" \t")


def _edits(note: Note, math: Math) -> Iterator[Edit]:
    """A line break in place of the white space next to each sign, where there is none in it."""
    text, inner = note.text, math.content_span
    start, end = inner.start, inner.end
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    for span in (Span(inner.start, start), Span(end, inner.end)):
        edge = text[span.end : span.end + 1] if span.start == inner.start else text[span.start - 1 : span.start]
        if edge not in ("\n", "\r"):
            yield Edit(note.path, span, note.source.newline)
