"""Breaks inside a paragraph that are not written as the vault writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._prose import begins_block

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import LineBreak
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_SIGNS = {"spaces": "  ", "backslash": "\\", "html": "<br>", "html-closed": "<br/>", "unspaced": ""}
_NAMES = {
    "spaces": "two spaces",
    "backslash": "a backslash",
    "html": "<br>",
    "html-closed": "<br/>",
    "unspaced": "nothing but the end of the line",
    "": "nothing but the end of the line",
}
_REASON = "the app may show one line break more, or one less, than before"


@dataclass(frozen=True)
class Options:
    """How a line is broken."""

    style: Annotated[
        Literal["spaces", "backslash", "html", "html-closed", "unspaced", "consistent"],
        "Two spaces, a backslash, `<br>` or `<br/>` at the end of the line; no spaces, which leaves the others alone; "
        "or as the first one in the note.",
    ] = "consistent"
    every_line: Annotated[
        bool, "Whether each line behind which its paragraph goes on is to be broken so, not only those that are."
    ] = False


class HardBreakStyle(NoteRule):
    """A line is broken in another way than the vault breaks them."""

    name = "hard-break-style"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"line_breaks"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every break that is written otherwise."""
        breaks = [each for each in note.line_breaks if each.style or self.options.every_line]
        if not breaks:
            return
        wanted = self.options.style
        if wanted == "consistent":
            wanted = next((_style_of(each, note.text) for each in breaks if each.style), "spaces")
        fields = {field.span.end for field in note.inline_fields}
        for each in breaks:
            style = _style_of(each, note.text)
            if style == wanted or each.span.start in fields or not _takes(note, each, wanted):
                continue
            message = f"a line that ends in {_NAMES[style]}, not in {_NAMES[wanted]}"
            yield self.find(each.span, message, fix=_fix(note, each, wanted))


def _takes(note: Note, each: LineBreak, wanted: str) -> bool:
    """Whether the line can end so: there must be text in it, and a backslash belongs to an address before it."""
    text, end = note.text, each.span.start
    if each.style != "html" and note.guarded(each.span):
        return False
    if wanted == "unspaced" and each.style != "spaces":
        return False
    line = note.source.line_span(note.source.line_of(end))
    if text[end - 1] == "\\" or _NOT_TEXT.match(text, line.start, end) or begins_block(text, line.start, end):
        return False
    last = _LAST_WORD.search(text, max(end - _LONGEST_ADDRESS, line.start), end) if wanted == "backslash" else None
    return last is None or not _ADDRESS.search(last[0])


_LONGEST_ADDRESS = 2000
_NOT_TEXT = re.compile(r"[ \t>]*+(?:[-*+\d.)]++[ \t]++)?+(?:[<|]|:?-{2,}|\[[^\]\r\n]++\]:)")
"""A line that begins with HTML, a definition, or a row of a table that is none."""
_LAST_WORD = re.compile(r"(?<!\S)\S++\Z")
_ADDRESS = re.compile(r"://|www\.")


def _style_of(each: LineBreak, text: str) -> str:
    return "html-closed" if each.style == "html" and "/" in each.span.of(text) else each.style


def _fix(note: Note, each: LineBreak, wanted: str) -> Fix:
    title = f"end the line in {_NAMES[wanted]}"
    changes = (Edit(note.path, each.span, _SIGNS[wanted]),)
    if {each.style, wanted} <= {"spaces", "backslash"}:  # one and the same to every reader
        return Fix(title, changes, Applicability.SAFE, Kind.LAYOUT, tentative=True)
    changed = frozenset({Aspect.LINE_BREAKS})
    return Fix(title, changes, Applicability.UNSAFE, may_change=changed, reason=_REASON, tentative=True)
