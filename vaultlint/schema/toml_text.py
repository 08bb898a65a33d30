"""A `[[schema]]` as TOML text, for people to put into a config. What it is made from may be a stranger's."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of characters that a terminal obeys or does not show."""


def toml_value(value: Any) -> str:
    """A text, number, truth value, list or table on one line; nothing in it steers a terminal.

    Lone surrogates, which no TOML can hold, become U+FFFD. Raises `ValueError` for what TOML has no word for.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{toml_key(key)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(toml_value, value))}]"
    raise ValueError(f"TOML has no word for {value!r}")


def toml_key(name: str) -> str:
    """A key, in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else _text(name)


def toml_comment(text: str) -> str:
    """A line of comment with its line break."""
    return f"# {_visible(text)}".rstrip() + "\n"


def schema_text(table: Mapping[str, Any], remarks: Mapping[str, str] | None = None) -> str:
    """A `[[schema]]` table: its keys, then its properties, a line each; `remarks` stand behind properties."""
    lines = ["[[schema]]"]
    lines += [f"{toml_key(key)} = {toml_value(value)}" for key, value in table.items() if key != "properties"]
    properties: Mapping[str, Any] = table.get("properties", {})
    if properties:
        lines.append("[schema.properties]")
    for name, value in properties.items():
        remark = (remarks or {}).get(name)
        comment = f"  {toml_comment(remark).rstrip()}" if remark else ""
        lines.append(f"{toml_key(name)} = {toml_value(value)}{comment}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    if ('"' in text or "\\" in text) and "'" not in text and text == _visible(text):
        return f"'{text}'"  # as it is: nothing is an escape in there
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    return f'"{_visible(written)}"'


def _visible(text: str) -> str:
    """`text` with what can't be seen as TOML's escapes, which mean the same inside a basic string."""
    if text.isascii() and text.isprintable():
        return text
    return "".join([_escaped(char) if unicodedata.category(char) in _UNSEEN else char for char in text])


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
