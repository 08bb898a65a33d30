"""What git leaves in a note where two versions of it could not be merged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_MARKER = re.compile(r"^(<{7}|={7}|>{7})(?: [^\r\n]*)?\r?$", re.MULTILINE)


class ConflictMarker(NoteRule):
    """Two versions of a note stand in it, one after the other, as git left them."""

    name = "conflict-marker"
    group = Group.BLOCKS
    severity = Severity.ERROR
    in_plugin_notes = True
    in_templates = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each place where `<<<<<<<`, `=======` and `>>>>>>>` come in this order; those in code are shown."""
        if "<<<<<<<" not in note.text or ">>>>>>>" not in note.text:
            return
        code = [each.span for each in note.code if each.kind != "inline"]
        opened: re.Match[str] | None = None
        middle = False
        for found in _MARKER.finditer(note.text):
            sign = found[1][0]
            span = Span(*found.span())
            if any(one.covers(span) for one in code):
                continue
            if sign == "<":
                opened, middle = found, False
            elif sign == "=":
                middle = opened is not None
            elif opened is not None and middle:
                yield self.find(
                    Span(opened.start(), opened.start() + 7),
                    "two versions of this note could not be merged, and both stand here",
                    hint="keep what is right of the two, and remove the lines '<<<<<<<', '=======' and '>>>>>>>'",
                    related=(Related(note.path, "the end of the second version", span),),
                )
                opened = None
