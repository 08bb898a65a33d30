"""Blank lines in and behind the block of properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import BREAK, add_line, drop_lines, first_line, gaps

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint_rules.style._gaps import Gap

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_BLANK_LINES = re.compile(rf"^(?:[ \t]*+{BREAK})++", re.MULTILINE)


@dataclass(frozen=True)
class Options:
    """Where blank lines stand."""

    edges: Annotated[
        Literal["none", "any"], "Whether blank lines may stand above the first property and below the last."
    ] = "none"
    between: Annotated[Literal["none", "any"], "Whether blank lines may stand between properties."] = "any"
    below: Annotated[
        Literal["one", "none", "any"], "How many blank lines stand between the block and what follows it."
    ] = "any"


class FrontmatterBlankLines(NoteRule):
    """Blank lines in the block of properties, or behind it, are not as the vault wants them."""

    name = "frontmatter-blank-lines"
    group = Group.FRONTMATTER
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield blank lines that should not be there, and the one that is missing."""
        if note.frontmatter.content_span is not None:
            yield from self._inside(note, note.frontmatter.content_span)
        gap = next(gaps(note), None)
        if gap is not None and gap.above.type == "yaml":
            yield from self._below(note, gap)

    def _inside(self, note: Note, content: Span) -> Iterator[Finding]:
        options = self.options
        first = min(each.span.start for each in note.properties)
        last = max(each.span.end for each in note.properties)
        for found in _BLANK_LINES.finditer(note.text, content.start, content.end):
            span = Span(*found.span())
            edge = span.end <= first or span.start >= last
            if (options.edges if edge else options.between) == "any" or any(
                each.span.overlaps(span) for each in note.properties
            ):
                continue
            where = "at the edge of the properties" if edge else "between properties"
            yield self.find(span, f"blank lines {where}", fix=drop_lines(note, span, "take them away"))

    def _below(self, note: Note, gap: Gap) -> Iterator[Finding]:
        wanted = self.options.below
        if wanted == "one" and not gap.lines:
            fix = add_line(note, gap, "put a blank line below the properties")
            yield self.find(first_line(note, gap.below.span), "no blank line below the properties", fix=fix)
        elif wanted == "none" and gap.lines:
            fix = drop_lines(note, gap.span, "take them away")
            yield self.find(gap.span, "blank lines below the properties", fix=fix)
