"""The core schema of YAML 1.2: what a word means, when two names are the same, and a name as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultlint.note.model import Scalar, YamlValue

_CORE_TAG = "tag:yaml.org,2002:"
WORDS: dict[str, bool | float | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((sign + "." + word for sign in ("", "+") for word in ("inf", "Inf", "INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_OCTAL = re.compile(r"0o[0-7]+")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+")
_NUMBER_START = frozenset("0123456789+-.")
_EXACT = 2**53
"""Up to here every whole number is one in JavaScript too."""


def plain_value(text: str) -> Scalar:
    """What an unquoted word means in the core schema: `yes` is text, `012` is 12, `2024-01-01` is text."""
    if text in WORDS:
        return WORDS[text]
    if text[:1] not in _NUMBER_START:
        return text
    if _INTEGER.fullmatch(text):
        return _whole(text, 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _HEX.fullmatch(text):
        return _whole(text[2:], 16)
    if _OCTAL.fullmatch(text):
        return _whole(text[2:], 8)
    return text


def _whole(digits: str, base: int) -> int | float:
    """A whole number as JavaScript holds it: rounded to a double's precision, infinite where that ends."""
    if len(digits) > 400 * (1 if base == 10 else 2):
        return float("-inf") if digits[0] == "-" and digits.strip("-0") else float("inf")
    number = int(digits, base)
    if -_EXACT <= number <= _EXACT:
        return number
    try:
        return int(float(number))
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def identity(value: YamlValue) -> tuple[str, Any] | None:
    """Two keys with the same identity are the same key: `1` and `01` are, `1` and `"1"` are not."""
    if isinstance(value, bool) or value is None:
        return (repr(value), None)
    if isinstance(value, str):
        return ("text", value)
    if isinstance(value, int | float) and value == value:
        return ("number", value)
    return None


def tagged(tag: str, text: str) -> YamlValue:
    """A scalar with an explicit tag; one that the schema does not know leaves text."""
    value = plain_value(text)
    if tag == _CORE_TAG + "null":
        return None if value is None else text
    if tag == _CORE_TAG + "bool":
        return value if isinstance(value, bool) else text
    if tag in (_CORE_TAG + "int", _CORE_TAG + "float"):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if number and isinstance(value, float) == tag.endswith("float") else text
    return text


def key_text(value: YamlValue) -> str:
    """A name that is no list or map, as JavaScript writes it, which knows no names but text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and -_EXACT <= value <= _EXACT:
        return str(value)
    return _number_text(float(value)) if isinstance(value, int | float) else str(value)


def _number_text(value: float) -> str:
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) <= _EXACT:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e21:
        from decimal import Decimal  # for names that hardly anybody gives

        return f"{Decimal(repr(value)):f}"  # the fewest digits that tell the number apart
    return re.sub(r"e([-+])0*", r"e\1", repr(value))
