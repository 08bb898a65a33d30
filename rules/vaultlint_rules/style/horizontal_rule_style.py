"""The signs of thematic breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import layout

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_FIRST = "---"


@dataclass(frozen=True)
class Options:
    """How they are written."""

    style: Annotated[
        Literal["---", "***", "___", "- - -", "* * *", "_ _ _", "consistent"],
        "The line to write; `consistent`: as the first one in the note.",
    ] = "---"


class HorizontalRuleStyle(NoteRule):
    """A thematic break is written with other signs than the vault wants."""

    name = "horizontal-rule-style"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each one at the root of the note that is written otherwise."""
        wanted = self.options.style
        for section in note.sections:
            if section.type != "thematicBreak":
                continue
            line = note.source.line_span(note.source.line_of(section.span.start))
            written = line.of(note.text).strip(" \t\ufeff")
            if wanted == "consistent":
                wanted = written
            if written != wanted:
                fix = layout(f"write '{wanted}'", Edit(note.path, line, wanted))
                message = f"the thematic break is written '{written}'"
                yield self.find(section.span, message, fix=fix if _may_be(note, line, wanted) else None)


def _may_be(note: Note, line: Span, wanted: str) -> bool:
    """Whether the signs mean the same there: `---` underlines the text above it, and opens properties at the top."""
    if wanted != _FIRST:
        return True
    if line.start <= 1 or (note.body_start <= 1 and note.text.startswith("---", note.body_start)):
        return False  # it would open properties, or close those that the first line opens
    above = note.source.line_span(note.source.line_of(line.start) - 1)
    return not above.of(note.text).strip(" \t")
