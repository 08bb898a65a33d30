"""From values to bytes: UTF-8 and JSON that every program reads, whatever a file is called."""

from __future__ import annotations

from typing import Any

import msgspec

from vaultlint.report.escape import encodable, unobeyed


def to_bytes(text: str) -> bytes:
    """Text in UTF-8; a file name that is no UTF-8 is spelt out."""
    return text.encode("utf-8", "backslashreplace")


def to_json(value: Any) -> bytes:
    """Structs, lists and dicts of text and numbers as JSON in UTF-8, without a line break.

    In a log it holds no mark that would begin a command.
    """
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        # A file name that is no UTF-8. Most programs refuse JSON with a lone `\udc80`, so it is spelt out.
        data = msgspec.json.encode(_encodable(msgspec.to_builtins(value)))
    return unobeyed(data.decode(), "\\u0023").encode()


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return value
