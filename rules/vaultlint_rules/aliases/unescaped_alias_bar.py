"""Alias bars that break a table cell in two, so that there is no link (observed 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_CHANGED = frozenset({Aspect.LINKS, Aspect.ALIASES, Aspect.TABLES})

_BAR = re.compile(r"(?<!\\)\|")
"""What ends a cell, in code and brackets too (GFM, tables)."""

_REVEALED = frozenset("<`$%")
"""Signs of what is not read in a cell too many, which the row has until the bar is escaped."""


class UnescapedAliasBar(NoteRule):
    """An alias bar inside a table cell, without a backslash, ends the cell."""

    name = "unescaped-alias-bar"
    group = Group.ALIASES
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every link and embed that a bar of its own tears apart."""
        if "[[" not in note.text or "|" not in note.text:
            return
        for table in note.tables:
            for place, row in enumerate(table.rows):
                for link, bars in _torn_links(note.text, row.span):
                    if note.hidden(link) or any(command.span.overlaps(link) for command in note.templater):
                        continue
                    rest = note.text[link.end : row.span.end]
                    yield self.find(
                        Span(bars[0], bars[0] + 1),
                        f"the bar of '{link.of(note.text)}' ends the table cell",
                        hint=r"write it as \|" if place else r"write it as \|, and a column less in the row below",
                        fix=_escape(note.path, bars) if place and not _REVEALED & set(rest) else None,
                    )


def _escape(path: str, bars: list[int]) -> Fix:
    edits = tuple(Edit(path, Span(bar, bar), "\\") for bar in bars)
    # What else the row becomes with a cell less, only a second reading of it can tell.
    return Fix("escape the bar", edits, Applicability.SAFE, may_change=_CHANGED, tentative=True)


def _torn_links(text: str, row: Span) -> Iterator[tuple[Span, list[int]]]:
    """What would be a link or embed but for the cells, with the bars that end a cell."""
    done = row.start
    while (close := text.find("]]", done, row.end)) >= 0:
        before, done = done, close + 2
        start = text.rfind("[[", before, close)
        if start < 0 or text[start - 1 : start] == "\\" or _in_code(text, before, start):
            continue
        bars = [match.start() for match in _BAR.finditer(text, start + 2, close)]
        if bars and text[start + 2 : bars[0]].strip():
            embed = text[start - 1 : start] == "!"
            yield Span(start - embed, close + 2), bars


def _in_code(text: str, start: int, end: int) -> bool:
    """Whether a code span is open at `end` that began in the same cell: those brackets are no link."""
    for match in _BAR.finditer(text, start, end):
        start = match.end()
    return text.count("`", start, end) % 2 == 1
