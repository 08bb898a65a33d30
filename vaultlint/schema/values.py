"""Is this value of that type? And if not: what was wanted, and how it would be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sized
from math import inf
from typing import TypeAlias

from msgspec import Struct

from vaultlint.note.model import YamlValue
from vaultlint.note.timestamps import parse_duration
from vaultlint.schema.model import DATE_TYPES
from vaultlint.schema.moments import Moment, read_moment, read_time
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
    """`type`; `unreal` for a date or time that does not exist; `form` for a date in another form; `unquoted` for a bare
    `[[link]]`."""


_Judge: TypeAlias = Callable[[YamlValue, str], Mismatch | None]

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s/]\S*|[A-Za-z][A-Za-z0-9+.-]*:///\S+")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_MARKDOWN_LINK = re.compile(r"\[[^\]\n]*\]\([^()\s]+\)")

_LONGEST_SHOWN = 60
"""Characters of a value in a message."""

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


def mismatch(value: YamlValue, kind: str, written: str, form: str | None = None) -> Mismatch | None:
    """How `value`, written as `written`, falls short of the type `kind`; `None` where it is of that type.

    No value at all (null) is of every type (semantics 6.11). `form` is that of a date, in Moment.js tokens; `None`: as
    the app writes it.
    """
    if value is None:
        return None
    if form is not None and kind in DATE_TYPES:
        return _in_form(value, kind, form)
    return _JUDGES[kind](value, written)


def _in_form(value: YamlValue, kind: str, form: str) -> Mismatch | None:
    from vaultlint.schema.date_forms import as_text, fits, is_other_form

    text = as_text(value)
    if text is not None and fits(text, kind, form):
        return None
    return Mismatch(f"a date of the form {form}", kind="form" if is_other_form(value, kind, form) else "type")


def in_words(value: YamlValue) -> str:
    """What was found, as the end of a sentence: `the text 'soon'`, `a list`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the checkbox value '{str(value).lower()}'"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return "a list" if isinstance(value, list | tuple) else "a map of keys and values"


def count_of(value: object) -> str:
    """How long a text or list is: `1 item`, `12 characters`."""
    number = len(value) if isinstance(value, Sized) else 0
    unit = "character" if isinstance(value, str) else "item"
    return f"{number} {unit}{'' if number == 1 else 's'}"


def shown(value: YamlValue, *, plain: bool = False) -> str:
    """A value as its owner wrote it, cut where it is long: text in quotes unless `plain`, true in lower case."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    text = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return text if plain or not isinstance(value, str) else f"'{text}'"


def as_float(value: float) -> float:
    """The number; infinite where it is a whole one beyond all bounds, as a config can hold."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def as_range(value: YamlValue, kind: str, form: str | None = None) -> float | None:
    """A number by which values of a type that has a range compare; `None` where the value has none.

    `form` is as in `mismatch`.
    """
    if form is not None and kind in DATE_TYPES and isinstance(value, str | int):
        return _in_time(str(value), form)
    if kind in ("number", "integer"):
        return as_float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if kind == "duration":
        return parse_duration(value)
    if not isinstance(value, str):
        return None
    if kind == "time":
        return read_time(value)
    moment = read_moment(value)
    return None if moment is None else moment.total


def _in_time(text: str, form: str) -> float | None:
    from vaultlint.vault.moment_format import moment_format

    made = moment_format(form)
    stamp = made.parse(text.strip()) if made is not None else None
    if stamp is None or stamp.day is None:
        return None
    clock = stamp.clock
    seconds = 0.0 if clock is None else clock.hour * 3600.0 + clock.minute * 60 + clock.second
    return stamp.day.toordinal() * 86400.0 + seconds - (stamp.offset or 0) * 60


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
    if moment is not None and not moment.with_time:
        return None if moment.real else Mismatch(wanted, kind="unreal")
    return Mismatch(wanted, kind=_kind_of_date(value, "date", moment))


def _kind_of_date(value: YamlValue, kind: str, moment: Moment | None) -> str:
    """What is wrong with a value that should be a date, or one with a time: see `Mismatch`."""
    from vaultlint.schema.date_forms import is_other_form

    if moment is not None and not moment.real:
        return "unreal"
    return "form" if is_other_form(value, kind) else "type"


def _datetime(value: YamlValue, written: str) -> Mismatch | None:
    wanted = "a date with a time such as 2024-03-31T12:30"
    moment = read_moment(value) if isinstance(value, str) else None
    if moment is not None and moment.with_time:
        return None if moment.real else Mismatch(wanted, kind="unreal")
    return Mismatch(wanted, kind=_kind_of_date(value, "datetime", moment))


def _time(value: YamlValue, written: str) -> Mismatch | None:
    wanted = "a time such as 12:30"
    return None if isinstance(value, str) and read_time(value) is not None else Mismatch(wanted)


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
