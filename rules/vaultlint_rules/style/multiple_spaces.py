"""Two spaces or more between words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.style._prose import in_prose, respaced, span_of

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_SPACES = re.compile(r"[ \t](?<![ \t\r\n][ \t])[ \t]++(?![\r\n]|\Z)")
_END_OF_SENTENCE = re.compile(r"[.!?][\"'”’)\]*_]{0,4}\Z")


@dataclass(frozen=True)
class Options:
    """What of two spaces between sentences."""

    allow_after_sentence: Annotated[bool, "Whether two spaces may stand behind the end of a sentence."] = False


class MultipleSpaces(NoteRule):
    """More than one space stands between two words."""

    name = "multiple-spaces"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each run of spaces inside a line of prose."""
        if "  " not in note.text and "\t" not in note.text:
            return
        for found in in_prose(note, _SPACES):
            span = span_of(found)
            before = note.text[max(span.start - 5, 0) : span.start]
            if self.options.allow_after_sentence and found[0] == "  " and _END_OF_SENTENCE.search(before):
                continue
            fix = respaced(note, span, "leave one space", " ")
            yield self.find(span, f"{len(span)} spaces between words", fix=fix)
