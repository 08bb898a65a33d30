"""Files that a command makes for people, and never writes over one that is there."""

from __future__ import annotations

from pathlib import Path

from vaultlint.rule.errors import UserError


def put_new(name: str, text: str) -> None:
    """Effect: makes the file. Raises `UserError` where there is one of that name, or it can't be made."""
    try:
        with Path(name).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise UserError(f"there is a file '{name}' already: name another, or move it away") from None
    except OSError as error:
        raise UserError(f"'{name}' can't be written: {error.strerror or error}") from None
