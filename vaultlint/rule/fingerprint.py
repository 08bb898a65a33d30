"""Knowing a finding again: in another version of its note, further down, or in a note that was renamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from vaultlint.note.model import Span
    from vaultlint.rule.finding import Diagnostic

_NEAR = 200
"""How many signs of a line count on each side: a paragraph is one line to Obsidian, and may be very long."""
_MARKS = re.compile(r"[ \t]*+(?:>[ \t]*+)*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++(?:\[[^\[\]]\][ \t]++)?)?")
"""What stands before the words of a line: quotes, the mark of a list item, the box of a task."""


class Fingerprint(Struct, frozen=True, order=True):
    """What stays of a finding when lines move: no part of it is a place in the note."""

    path: str
    rule: str
    message: str
    text: str
    """What the finding points at, white space folded; empty where it is about the whole note."""
    around: str
    """The words of the lines that it stands in; see `around`."""


def fingerprint(diagnostic: Diagnostic, text: str | None) -> Fingerprint:
    """The fingerprint of a finding in a note of this text (`None`: it can't be had)."""
    span = diagnostic.span
    pointed = lines = ""
    if text is not None and span.end and span.end <= len(text):
        pointed = folded(span.of(text))
        lines = around(text, span)
    return Fingerprint(diagnostic.path, diagnostic.rule, diagnostic.message, pointed, lines)


def folded(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())


def around(text: str, span: Span) -> str:
    """The lines that a span stands in, as far as they are near it, white space folded.

    Marks before the words are left out: a task that is ticked, or an item that is moved in, stays what it is.
    """
    return _words(text[_line_start(text, span.start) : _line_end(text, span.end)])


def neighbours(text: str, span: Span) -> tuple[str, str]:
    """The nearest lines before and behind those of a span that are not blank, as `around`; empty: none."""
    before, behind = _line_start(text, span.start), _line_end(text, span.end)
    above = text[max(before - 2 * _NEAR, 0) : before].rstrip()
    below = text[behind : behind + 2 * _NEAR].lstrip()
    return _words(above[_line_start(above, len(above)) :]), _words(below[: _line_end(below, 0)])


def _words(lines: str) -> str:
    return folded(
        " ".join(line[found.end() :] if (found := _MARKS.match(line)) else line for line in lines.splitlines())
    )


def _line_start(text: str, offset: int) -> int:
    first = max(offset - _NEAR, 0)
    return max(text.rfind("\n", first, offset) + 1, text.rfind("\r", first, offset) + 1, first)


def _line_end(text: str, offset: int) -> int:
    last = min(offset + _NEAR, len(text))
    found = text.find("\n", offset, last)
    end = found if found >= 0 else last
    lone = text.find("\r", offset, end)
    return lone if lone >= 0 else end
