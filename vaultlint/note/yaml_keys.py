"""A list or map that is the name of a property, as text: `{{title}}` without quotes has such a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.note.yaml12 import Node


def source_text(key: Node, content: str, base: int) -> str:
    """A key as the app's library writes it. `content` is the block, which stands at `base`."""
    if key.style not in ("flow", "block"):  # an alias too, which is written as such
        return content[key.start - base : key.end - base]
    if key.entries:
        return "{ " + ", ".join(_pair_text(*entry, content, base) for entry in key.entries) + " }"
    if key.items:
        return "[ " + ", ".join(source_text(item, content, base) for item in key.items) + " ]"
    return "{}" if isinstance(key.value, dict) else "[]"


def _pair_text(key: Node, value: Node, content: str, base: int) -> str:
    name = source_text(key, content, base)
    if value.style != "null":
        return f"{name}: {source_text(value, content, base)}"
    return f"{name}:" if _COLON.match(content, key.end - base) else name


_COLON = re.compile(r"\s*+:")
