"""Is this value of that type? And if not: what was wanted, and how it would be written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from vaultlint.note.model import YamlValue
from vaultlint.note.timestamps import parse_duration
from vaultlint.schema.moments import read_moment, read_time
from vaultlint.schema.yaml_text import quoted


class Mismatch(Struct, frozen=True):
    """A value that is not of the type wanted."""

    wanted: str
    """What is expected, as the end of a sentence: `a number`."""
    replacement: str | None = None
    """YAML that says the same as a value of the type."""
    certain: bool = False
    """Whether that is beyond doubt what was meant."""
    kind: str = "type"
    """`type`; `unreal` for a date or time that does not exist; `unquoted` for a bare `[[link]]`."""


_Judge: TypeAlias = Callable[[YamlValue, str], Mismatch | None]

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s/]\S*|[A-Za-z][A-Za-z0-9+.-]*:///\S+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_MARKDOWN_LINK = re.compile(r"\[[^\]\n]*\]\([^()\s]+\)")
_OTHER_DATE = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


def mismatch(value: YamlValue, kind: str, written: str) -> Mismatch | None:
    """How `value`, written as `written`, falls short of the type `kind`; `None` where it is of that type.

    No value at all (null) is of every type (semantics 6.11).
    """
    return None if value is None else _JUDGES[kind](value, written)


def in_words(value: YamlValue) -> str:
    """What was found, as the end of a sentence: `the text 'soon'`, `a list`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the checkbox value '{str(value).lower()}'"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        shown = value if len(value) <= 60 else value[:59] + "…"
        return f"the text '{shown}'"
    return "a list" if isinstance(value, list | tuple) else "a map of keys and values"


def as_range(value: YamlValue, kind: str) -> float | None:
    """A number by which values of a type that has a range compare; `None` where the value has none."""
    if kind in ("number", "integer"):
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if kind == "duration":
        return parse_duration(value)
    if not isinstance(value, str):
        return None
    if kind == "time":
        return read_time(value)
    moment = read_moment(value)
    return None if moment is None else moment.total


def _text(value: YamlValue, written: str) -> Mismatch | None:
    if isinstance(value, str):
        return None
    if isinstance(value, bool | int | float):
        return Mismatch("text", quoted(written), certain=True)
    return Mismatch("text")


def _number(value: YamlValue, written: str) -> Mismatch | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Mismatch("a number", value, certain=True)
    return Mismatch("a number")


def _integer(value: YamlValue, written: str) -> Mismatch | None:
    if isinstance(value, float):
        return None if value.is_integer() else Mismatch("a whole number")
    found = _number(value, written)
    if found is None:
        return None
    whole = found.replacement is not None and "." not in found.replacement
    return Mismatch("a whole number", found.replacement if whole else None, certain=whole)


def _checkbox(value: YamlValue, written: str) -> Mismatch | None:
    if isinstance(value, bool):
        return None
    wanted = "true or false"
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in _TRUE:
        return Mismatch(wanted, "true", certain=True)
    return Mismatch(wanted, "false", certain=True) if word in _FALSE else Mismatch(wanted)


def _date(value: YamlValue, written: str) -> Mismatch | None:
    wanted = "a date such as 2024-03-31"
    moment = read_moment(value) if isinstance(value, str) else None
    if moment is None:
        return Mismatch(wanted, _other_date(value))
    if not moment.real:
        return Mismatch(wanted, kind="unreal")
    return Mismatch(wanted) if moment.with_time else None


def _other_date(value: YamlValue) -> str | None:
    """`2024/1/5` as `2024-01-05`: the year leads, so the month very likely follows."""
    found = _OTHER_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    text = f"{found[1]}-{found[2].zfill(2)}-{found[3].zfill(2)}"
    moment = read_moment(text)
    return text if moment is not None and moment.real else None


def _datetime(value: YamlValue, written: str) -> Mismatch | None:
    wanted = "a date with a time such as 2024-03-31T12:30"
    moment = read_moment(value) if isinstance(value, str) else None
    if moment is None or not moment.with_time:
        return Mismatch(wanted)
    return None if moment.real else Mismatch(wanted, kind="unreal")


def _time(value: YamlValue, written: str) -> Mismatch | None:
    wanted = "a time such as 12:30"
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}:\d{2}(?::\d{2})?", value.strip()):
        return None if read_time(value) is not None else Mismatch(wanted, kind="unreal")
    return Mismatch(wanted)


def _duration(value: YamlValue, written: str) -> Mismatch | None:
    return None if parse_duration(value) is not None else Mismatch("a duration such as 00:42:10")


def _shaped(pattern: re.Pattern[str], wanted: str) -> _Judge:
    def judge(value: YamlValue, written: str) -> Mismatch | None:
        fits = isinstance(value, str) and pattern.fullmatch(value.strip()) is not None
        return None if fits else Mismatch(wanted)

    return judge


def _link(value: YamlValue, written: str) -> Mismatch | None:
    wanted = 'a link such as "[[Note]]"'
    if isinstance(value, str):
        text = value.strip()
        return None if _WIKILINK.fullmatch(text) or _MARKDOWN_LINK.fullmatch(text) else Mismatch(wanted)
    return Mismatch(wanted, kind="unquoted" if written.startswith("[[") else "type")


def _list(value: YamlValue, written: str) -> Mismatch | None:
    if isinstance(value, list | tuple):
        return None
    if isinstance(value, str | int | float) and "\n" not in written:
        flow = written if written.startswith(('"', "'")) or not re.search(r"[,\[\]{}]", written) else None
        return Mismatch("a list", f"[{flow}]" if flow else None)
    return Mismatch("a list")


def _names(value: YamlValue, written: str) -> Mismatch | None:
    # one text is a list of one since 1.9.3 (semantics 6.15); other rules judge what it holds
    return None if isinstance(value, str | list | tuple) else Mismatch("a list")


_JUDGES: dict[str, _Judge] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "checkbox": _checkbox,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "duration": _duration,
    "url": _shaped(_URL, "a web address"),
    "email": _shaped(_EMAIL, "an e-mail address"),
    "link": _link,
    "list": _list,
    "tags": _names,
    "aliases": _names,
    "cssclasses": _names,
}
