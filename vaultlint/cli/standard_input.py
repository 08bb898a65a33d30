"""Standard input as the text of a note."""

from __future__ import annotations

import sys

from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.errors import UserError


def standard_input() -> str:
    """Effect: reads standard input to its end; raises `UserError` where it is no note."""
    if sys.stdin is None:
        return ""
    try:
        return decode(sys.stdin.buffer.read())
    except NoteDecodeError as error:
        raise UserError(f"standard input, line {error.line}, column {error.column}: {error.message}") from None
