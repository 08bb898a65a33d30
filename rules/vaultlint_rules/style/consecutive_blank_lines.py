"""Several blank lines in a row, of which the app shows no more than of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import BLANK, BREAK, drop_lines, left_as_they_are

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

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
        for run in _RUN.finditer(text, max(note.body_start - 1, 0), end):
            lines = list(_LINE.finditer(text, *run.span(1)))
            if len(lines) <= most:
                continue
            alone = alone or left_as_they_are(note)
            if alone.touched(run.start(1), run.end()) < 0:
                span = Span(lines[most].start(), run.end())
                message = f"{len(lines)} blank lines in a row"
                yield self.find(span, message, fix=drop_lines(note, span, _title(len(lines) - most)))


def _title(number: int) -> str:
    return "take the blank line away" if number == 1 else f"take {number} of the blank lines away"
