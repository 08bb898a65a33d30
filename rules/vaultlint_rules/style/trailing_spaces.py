"""White space at the end of a line, where it says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._prose import respaced

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_TRAILING = re.compile(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
_BEGINNING = re.compile(
    r"(?:[ \t]*+>(?=[ \t>]))*+[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+"
    r"(?:>|[-*+]|\d{1,9}[.)]|\[[^\r\n]\]|#{1,6}|\[![^\r\n\]]++\][+-]?|\[\^[^\r\n\]]++\]:)"
)
"""An empty item, task, heading, callout, footnote or line of a quote: the space behind it waits for its text."""
_BLANK = re.compile(r"[\s>]*+")
_LONGEST_START = 200


@dataclass(frozen=True)
class Options:
    """What of two spaces that break a line."""

    line_breaks: Annotated[
        Literal["keep", "trim", "remove"],
        "Two spaces or more that break a line inside a paragraph: as they are, as exactly two, or none.",
    ] = "keep"


class TrailingSpaces(NoteRule):
    """A line ends in white space that says nothing."""

    name = "trailing-spaces"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every line that does; not in the properties, code, math, HTML, comments and commands."""
        text = note.text
        if not (" \n" in text or "\t\n" in text or " \r" in text or "\t\r" in text or text[-1:] in (" ", "\t")):
            return
        breaks = {each.span.start: each for each in note.line_breaks if each.style == "spaces"}
        behind_code = _blank_lines_behind_code(note)
        for found in _TRAILING.finditer(text, note.body_start):
            span = Span(*found.span())
            if note.guarded(span) or text[span.start - 1 : span.start] == "\\" or span.start in behind_code:
                continue
            if span.start in breaks:
                finding = self._break(note, span)
            else:
                kept = " " if _waits_for_text(text, span.start) else ""
                finding = None if found[0] == kept else self._space(note, span, kept)
            if finding is not None:
                yield finding

    def _space(self, note: Note, span: Span, kept: str) -> Finding:
        fix = respaced(note, span, "take out the trailing space", kept)
        return self.find(span, "white space at the end of a line", fix=fix)

    def _break(self, note: Note, span: Span) -> Finding | None:
        """What is said of spaces that break a line."""
        wanted = self.options.line_breaks
        if wanted == "trim" and span.of(note.text) != "  ":
            fix = respaced(note, span, "break the line with two spaces", "  ")
            return self.find(span, "more than the two spaces that break a line", fix=fix)
        if wanted != "remove":
            return None
        edit = Edit(note.path, span, "")
        reason = "where the app heeds strict line breaks, the two lines become one"
        changed = frozenset({Aspect.LINE_BREAKS})
        fix = Fix("take out the line break", (edit,), Applicability.UNSAFE, may_change=changed, reason=reason)
        return self.find(span, "spaces that break a line", fix=fix)


def _blank_lines_behind_code(note: Note) -> set[int]:
    """Where white space begins on blank lines behind indented code: the readers differ on what of it is code."""
    found: set[int] = set()
    for code in note.code:
        if code.kind == "indented":
            blank = _BLANK.match(note.text, code.span.end)
            if blank:
                found.update(line.start() for line in _TRAILING.finditer(note.text, *blank.span()))
    return found


def _waits_for_text(text: str, start: int) -> bool:
    """Whether the line is but the beginning of something."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    if text.endswith("::", line, start):
        return True
    return start - line < _LONGEST_START and _BEGINNING.fullmatch(text, line, start) is not None
