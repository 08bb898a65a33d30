"""Knowing a finding again: in another version of its note, further down, or in a note that was renamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from vaultlint.rule.finding import Diagnostic

_LINE_BREAK = re.compile(r"[\r\n]")


class Fingerprint(Struct, frozen=True, order=True):
    """What stays of a finding when lines move: no part of it is a place in the note."""

    path: str
    rule: str
    message: str
    text: str
    """What the finding points at, white space folded; empty where it is about the whole note."""
    around: str
    """The lines that it stands in, white space folded."""


def fingerprint(diagnostic: Diagnostic, text: str | None) -> Fingerprint:
    """The fingerprint of a finding in a note of this text (`None`: it can't be had)."""
    span = diagnostic.span
    pointed = around = ""
    if text is not None and span.end and span.end <= len(text):
        pointed = _folded(span.of(text))
        around = _folded(text[_line_start(text, span.start) : _line_end(text, span.end)])
    return Fingerprint(diagnostic.path, diagnostic.rule, diagnostic.message, pointed, around)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    found = _LINE_BREAK.search(text, offset)
    return found.start() if found else len(text)
