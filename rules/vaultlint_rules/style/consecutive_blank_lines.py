"""Several blank lines in a row, of which the app shows no more than of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import BLANK, BREAK, drop_lines, left_as_they_are

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Section
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PLAIN_RUN = re.compile(r"\n((?:[ \t]*+\n){2,}+)")
"""The same where all lines end alike and there is text above: it begins with a letter to look for, so it is fast."""
_RUN = re.compile(rf"(?:{BREAK}|\A\ufeff?)((?:[ \t]*+{BREAK}){{2,}}+)")
_LINE = re.compile(rf"[ \t]*+{BREAK}")


@dataclass(frozen=True)
class Options:
    """How many there may be."""

    most: Annotated[Literal[1, 2, 3, 4], "How many blank lines may follow each other."] = 1


class ConsecutiveBlankLines(NoteRule):
    """More blank lines follow each other than need be."""

    name = "consecutive-blank-lines"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each run that is too long; the one at the end of the note is `final-newline`'s matter."""
        text, most = note.text, self.options.most
        end = len(text.rstrip(BLANK))
        alone = None
        begin = note.body_start
        pattern = _RUN if "\r" in text or (begin <= 1 and text[begin : begin + 1] in BLANK) else _PLAIN_RUN
        for run in pattern.finditer(text, max(begin - 1, 0), end):
            lines = list(_LINE.finditer(text, *run.span(1)))
            if len(lines) <= most or note.frontmatter.error is not None:
                continue
            if not _stands_between(note, run.start(1), run.end()):
                alone = alone or left_as_they_are(note)
                if alone.touched(run.start(1), run.end()) >= 0:
                    continue
            span = Span(lines[most].start(), run.end())
            message = f"{len(lines)} blank lines in a row"
            yield self.find(span, message, fix=drop_lines(note, span, _title(len(lines) - most)))


def _stands_between(note: Note, start: int, end: int) -> bool:
    """Whether a range lies between two blocks at the root, and in no command of Templater's, which may hold blocks."""
    place = bisect_left(note.sections, end, key=_start) - 1
    return "<%" not in note.text and (place < 0 or note.sections[place].span.end <= start)


def _start(section: Section) -> int:
    return section.span.start


def _title(number: int) -> str:
    return "take the blank line away" if number == 1 else f"take {number} of the blank lines away"
