"""A list or map that is the name of a property, as text: `{{title}}` without quotes has such a name.

The app's library writes such a name anew: in brackets, on one line up to 80 columns. Comments in it, anchors, tags,
and where it folds long texts, are left out here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from vaultlint.note.yaml_core import key_text

if TYPE_CHECKING:
    from vaultlint.note.yaml12 import Node

_COLUMNS = 80
_NEEDS_QUOTES = re.compile(
    r"""[\[\]{},] | \A[\n\t ,#&*!|>'"%@`] | \A[?-]\Z | \A[?-][ \t] | [\n:][ \t] | [ \t]\n | [\n\t ]\# | [\n\t :]\Z""",
    re.VERBOSE,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPES = {"\\u0000": "\\0", "\\u0007": "\\a", "\\u000b": "\\v", "\\u001b": "\\e"}
_JSON_ESCAPE = re.compile(r"\\(?:u00(?:[01][0-9a-f])|u[0-9a-f]{4}|.)")
_COLON = re.compile(r"\s*+:")
_FRACTION = re.compile(r"[0-9]*\.([0-9]*0)")


def source_text(key: Node, content: str, base: int, indent: str = "") -> str:
    """A key as the app's library writes it. `content` is the block, which stands at `base`."""
    if key.style not in ("flow", "block"):
        return _scalar(key, content, base)
    inner = indent + "  "
    if isinstance(key.value, dict):
        lines = [_pair(*entry, content, base, inner) for entry in key.entries]
        opener, closer = "{}"
    else:
        lines = [source_text(item, content, base, inner) for item in key.items]
        opener, closer = "[]"
    if not lines:
        return opener + closer
    lines = [line + "," for line in lines[:-1]] + lines[-1:]
    width = sum(len(line.encode("utf-16-le", "surrogatepass")) // 2 + 2 for line in lines) + 2
    if width > _COLUMNS or any("\n" in line for line in lines):
        return opener + "".join(f"\n{inner}{line}" for line in lines) + f"\n{indent}{closer}"
    return f"{opener} {' '.join(lines)} {closer}"


def _pair(key: Node, value: Node, content: str, base: int, indent: str) -> str:
    name = source_text(key, content, base, indent + "  ")
    explicit = key.style in ("flow", "block") or name.startswith("*")
    if value.style == "null" and not _COLON.match(content, key.end - base):
        return f"? {name}" if explicit or not name else name
    colon = f"? {name}\n{indent}:" if explicit else f"{name}:"
    text = source_text(value, content, base, indent + "  ")
    if not text:
        return colon
    if "\n" in text and not explicit and value.style in ("flow", "block"):
        return f"{colon}\n{indent}  {text}"
    return f"{colon} {text}"


def _scalar(node: Node, content: str, base: int) -> str:
    written = content[node.start - base : node.end - base]
    value = node.value
    if isinstance(value, str) and not written.startswith(("*", "&", "!")):
        return _text(value, node.style)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return written
    return _number(value, written)


def _text(value: str, style: str) -> str:
    if style == "double" or _CONTROL.search(value):
        return _in_double(value)
    if style == "plain" and not _NEEDS_QUOTES.search(value):
        return value
    if style != "single" and ("'" in value or '"' not in value):
        return _in_double(value)
    return "'" + value.replace("'", "''") + "'"


def _in_double(value: str) -> str:
    return _JSON_ESCAPE.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    written = found[0]
    if written in _ESCAPES:
        return _ESCAPES[written]
    return "\\x" + written[4:] if written.startswith("\\u00") else written


def _number(value: float, written: str) -> str:
    if written.startswith(("0x", "0o")) and isinstance(value, int):
        return f"{value:#x}" if written[1] == "x" else f"{value:#o}"
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    if written[:2] != "0x" and ("e" in written or "E" in written):
        from decimal import Decimal

        _, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
        power = int(exponent) + len(digits) - 1
        mantissa = str(digits[0]) + ("." + "".join(map(str, digits[1:])) if len(digits) > 1 else "")
        return f"{'-' if value < 0 else ''}{mantissa}e{power:+}"
    text = key_text(value)
    fraction = _FRACTION.fullmatch(written)
    if fraction is not None and "e" not in text:
        whole, _, rest = text.partition(".")
        return f"{whole}.{rest.ljust(len(fraction[1]), '0')}"
    return text
