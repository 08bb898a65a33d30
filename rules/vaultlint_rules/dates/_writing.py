"""How the rules about dates write a value: as the one before it was written, plain or in quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.yaml_core import plain_value
from vaultlint.schema.yaml_text import quoted

if TYPE_CHECKING:
    from vaultlint.vault.moment_format import Stamp

_PLAIN = re.compile(r"\w(?:[\w:./+ -]*\w)?")
_WRITABLE = frozenset({"plain", "single", "double", "null"})


def in_style(text: str, style: str) -> str | None:
    """A date as a YAML value of that style; in quotes where it would be no text without. `None` for blocks of lines."""
    if style not in _WRITABLE:
        return None
    if style == "single" and "'" not in text:
        return f"'{text}'"
    is_plain = _PLAIN.fullmatch(text) and ": " not in text and isinstance(plain_value(text), str)
    return text if is_plain and style != "double" else quoted(text)


def in_words(stamp: Stamp) -> str:
    """The day as people say it: `5 January 2024`."""
    from vaultlint.vault.moment_format import MomentFormat

    return MomentFormat("D MMMM YYYY").write(stamp)
