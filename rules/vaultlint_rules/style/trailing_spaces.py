"""White space at the end of a line, where it says nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._prose import begins_block, respaced

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import LineBreak
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_TRAILING = re.compile(r"[ \t](?<![ \t].)[ \t]*+(?=[\r\n]|\Z)")
_BLANK = re.compile(r"[\s>]*+")


@dataclass(frozen=True)
class Options:
    """What of two spaces that break a line."""

    line_breaks: Annotated[
        Literal["keep", "trim"],
        "Two spaces or more that break a line inside a paragraph: as they are, or as exactly two.",
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
        behind_code = _blank_lines_behind_code(note)
        for found in _TRAILING.finditer(text, note.body_start):
            span = Span(*found.span())
            if note.guarded(span) or text[span.start - 1 : span.start] == "\\" or span.start in behind_code:
                continue
            if _in_underlined_heading(note, span) or _may_break(note, span):
                continue
            if len(span) > 1 and _breaks(note, span):  # one space is none, and most are alone
                finding = self._break(note, span)
            else:
                kept = _kept(note, span)
                finding = None if found[0] == kept else self._space(note, span, kept)
            if finding is not None:
                yield finding

    def _space(self, note: Note, span: Span, kept: str) -> Finding:
        fix = respaced(note, span, "take out the trailing space", kept)
        return self.find(span, "white space at the end of a line", fix=fix)

    def _break(self, note: Note, span: Span) -> Finding | None:
        """What is said of spaces that break a line."""
        if self.options.line_breaks == "keep" or span.of(note.text) == "  ":
            return None
        fix = respaced(note, span, "break the line with two spaces", "  ")
        return self.find(span, "more than the two spaces that break a line", fix=fix)


def _breaks(note: Note, span: Span) -> bool:
    """Whether these spaces break a line in a paragraph."""
    place = bisect_left(note.line_breaks, span.start, key=_start)
    if place == len(note.line_breaks):
        return False
    found = note.line_breaks[place]
    return found.span.start == span.start and found.style == "spaces"


def _start(found: LineBreak) -> int:
    return found.span.start


def _may_break(note: Note, span: Span) -> bool:
    """Whether two spaces stand behind a comment: to some readers they break the line, what is not shown or not."""
    return len(span) > 1 and note.text.endswith(("%%", "-->"), 0, span.start)


def _in_underlined_heading(note: Note, span: Span) -> bool:
    """Whether it is in a heading with a line under it, which may have several lines."""
    if not span.start or not note.in_heading(span.start - 1):
        return False
    line = note.source.line_span(note.source.line_of(span.start))
    return not line.of(note.text).lstrip(" \t>").startswith("#")


def _blank_lines_behind_code(note: Note) -> set[int]:
    """Where white space begins on blank lines behind indented code: the readers differ on what of it is code."""
    found: set[int] = set()
    for code in note.code:
        if code.kind == "indented":
            blank = _BLANK.match(note.text, code.span.end)
            if blank:
                found.update(line.start() for line in _TRAILING.finditer(note.text, *blank.span()))
    return found


def _kept(note: Note, span: Span) -> str:
    """What has to stay: a space behind what is but the beginning of something."""
    text, start = note.text, span.start
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    if line == start:
        number = note.source.line_of(start)
        before = note.source.line_span(number - 1).of(text) if number > 1 else ""
        return span.of(text) if before.strip(" \t>") and begins_block(before, 0, len(before)) else ""
    written = text[line:start]
    if written.lstrip("\ufeff") == "---" and note.body_start <= 1:  # it would begin or end properties
        return span.of(text)
    return " " if written.endswith("::") or begins_block(text, line, start) else ""
