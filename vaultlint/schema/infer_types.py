"""What kind of values a property has: the narrowest of our types that all of them fit, but for slips."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from vaultlint.schema.date_forms import fits, readings
from vaultlint.schema.evidence import is_unicode, slips
from vaultlint.schema.model import DATE_TYPES, PropertyType
from vaultlint.schema.values import mismatch

if TYPE_CHECKING:
    from vaultlint.note.model import YamlValue

Value: TypeAlias = "tuple[str, YamlValue]"
"""The note that it stands in, and the value."""
FolderOf: TypeAlias = Callable[[str, str], str | None]
"""(the link as written, the note that it stands in) -> the folder that its target stands in, `None` for no target."""

_LEAST = 10
"""So many values show a type; fewer may be alike by chance."""
_LEAST_CLOSED = 20
"""So many show a closed set of values."""
_MOST_VALUES = 8
_LONGEST_VALUE = 30
_LEAST_OFTEN = 3
"""How often each value of a closed set is there at least."""
_SAMPLE = 100
"""How many dates are asked what form they have; the others are held against it."""

_OWN = {"tags": "tags", "aliases": "aliases", "cssclasses": "cssclasses"}
"""The properties whose type the app does not let anybody change (semantics 6.13)."""
_SCALARS = ("checkbox", "integer", "number", "date", "datetime", "time", "duration", "url", "email", "link", "text")
"""From the narrowest; the first that fits is meant."""
_OF_THE_APP = {
    "text": ("url", "email", "link", "time", "duration", "text"),
    "number": ("integer", "number"),
    "checkbox": ("checkbox",),
    "date": ("date",),
    "datetime": ("datetime",),
    "multitext": ("list",),
    "tags": ("tags",),
    "aliases": ("aliases",),
}
"""The app's word for a property -> our types that say no other."""
_WORTH_TELLING = frozenset(_SCALARS) - {"text"}
_LENGTH = re.compile(r"duration|length|runtime", re.IGNORECASE)
_CODE = re.compile(r"isbn|issn|barcode|phone|zip|postal", re.IGNORECASE)
"""What is written in digits and is no number."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|mailto:\S+")
_PLAIN = re.compile(r"[^\[\]{}<>|#^/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_NAME = re.compile(r"\[\[([^\]|#]+)|\[[^\]]*\]\(([^)#]+)")


def infer_type(key: str, values: Sequence[Value], app: str | None, folder_of: FolderOf) -> PropertyType | None:
    """What the values of a property are, and `None` where they are of several kinds or too few.

    `app` is the type that the app gives the property; it is never contradicted.
    """
    full = [(note, value) for note, value in values if value is not None]
    if key in _OWN:
        return PropertyType(_OWN[key]) if fitting([value for _, value in full], _OWN[key]) else None
    if len(full) < _LEAST:
        return None
    lists = [(note, value) for note, value in full if isinstance(value, list | tuple)]
    allowed = _OF_THE_APP.get(app or "", (*_SCALARS, "list"))
    if lists and len(full) - len(lists) <= slips(len(full)):
        return _list(key, lists, folder_of) if "list" in allowed else None
    return _scalar(key, full, allowed, folder_of)


def fitting(values: Sequence[YamlValue], kind: str) -> bool:
    """Whether the values are of a type, but for slips."""
    return sum(not _fits(value, kind) for value in values) <= slips(len(values))


def is_telling(wanted: PropertyType) -> bool:
    """Whether a type says more than that there is a text, or a list of them."""
    inner = wanted.items if wanted.items is not None else wanted
    return bool(wanted.values) or inner.type in _WORTH_TELLING


def _scalar(key: str, values: Sequence[Value], allowed: Iterable[str], folder_of: FolderOf) -> PropertyType | None:
    kinds = _in_order(key, allowed)
    kind = next((kind for kind in kinds if fitting([value for _, value in values], kind)), None)
    if kind == "link":
        return PropertyType(kind, folder=_folder(values, folder_of))
    if kind == "text":
        return PropertyType(kind, values=closed([value for _, value in values if isinstance(value, str)]))
    if kind in DATE_TYPES:
        return PropertyType(kind, format=_form([value for _, value in values if isinstance(value, str)], kind))
    return None if kind is None else PropertyType(kind)


def _form(texts: Sequence[str], kind: str) -> str | None:
    """The one form in which dates are written that do not have the app's own, but for slips."""
    others = [text for text in texts if not fits(text, kind)]
    if len(others) <= slips(len(texts)):
        return None
    forms = Counter(read[0].form for text in others[:_SAMPLE] if (read := readings(text)))
    form = max(forms, key=forms.__getitem__, default=None)
    return form if form is not None and sum(not fits(text, kind, form) for text in texts) <= slips(len(texts)) else None


def _in_order(key: str, allowed: Iterable[str]) -> list[str]:
    """`00:42:10` is a time of the day and a length: the name of the property tells which."""
    kinds = [kind for kind in allowed if kind != "list"]
    if _CODE.search(key):
        kinds = [kind for kind in kinds if kind not in ("integer", "number")]
    if _LENGTH.search(key) and "duration" in kinds:
        kinds.remove("duration")
        kinds.insert(0, "duration")
    return kinds


def _list(key: str, values: Sequence[Value], folder_of: FolderOf) -> PropertyType:
    items = [(note, item) for note, value in values if isinstance(value, list | tuple) for item in value]
    items = [(note, item) for note, item in items if item is not None]
    if len(items) < _LEAST:
        return PropertyType("list")
    inner = _scalar(key, items, _SCALARS, folder_of)
    if inner is None or inner == PropertyType("text"):
        return PropertyType("list")
    if inner.values:
        return PropertyType("list", values=inner.values)
    return PropertyType("list", items=inner)


def _fits(value: YamlValue, kind: str) -> bool:
    if value is None:
        return True
    if kind == "url":
        return isinstance(value, str) and _ADDRESS.fullmatch(value.strip()) is not None
    if kind == "text" and isinstance(value, str):
        return True
    if kind == "duration" and (not isinstance(value, str) or value.strip().isdigit()):
        return False  # seconds alone may be any number
    if kind == "time" and isinstance(value, str) and value.count(":") > 1:
        return False  # nobody notes the second of the day; `00:05:00` is a length
    return mismatch(value, kind, "") is None


def closed(values: Sequence[str]) -> tuple[str, ...]:
    """The few values that a property takes, sorted; empty where it may well take others.

    Every value must be there often. One that is not may be a slip of the pen for one that is.
    """
    if len(values) < _LEAST_CLOSED:
        return ()
    count = Counter(values)
    often = {value for value, times in count.items() if times >= max(_LEAST_OFTEN, len(values) // 100)}
    rare = [value for value in count if value not in often]
    if not 2 <= len(often) <= _MOST_VALUES or sum(count[value] for value in rare) > slips(len(values)):
        return ()
    if not all(map(_is_word, often)) or not all(_is_slip(value, often) for value in rare):
        return ()
    return tuple(sorted(often))


def _is_word(value: str) -> bool:
    return 0 < len(value) <= _LONGEST_VALUE and value == value.strip() and _PLAIN.fullmatch(value) is not None


def _is_slip(value: str, often: Iterable[str]) -> bool:
    from difflib import SequenceMatcher

    low = value.strip().casefold()
    return any(SequenceMatcher(None, low, other.casefold()).ratio() >= 0.8 for other in often)


def _folder(values: Sequence[Value], folder_of: FolderOf) -> str | None:
    """The folder below which all targets stand; `None` where there is none, or too many links lead nowhere."""
    found = []
    for note, value in values:
        link = _NAME.match(value.strip()) if isinstance(value, str) else None
        folder = folder_of((link[1] or link[2]).strip(), note) if link is not None else None
        if folder is not None:
            found.append(folder)
    if len(found) < _LEAST or len(values) - len(found) > slips(len(values)):
        return None
    common = found[0].split("/")
    for folder in found:
        parts = folder.split("/")
        same = 0
        while same < min(len(common), len(parts)) and common[same] == parts[same]:
            same += 1
        common = common[:same]
    shared = "/".join(common)
    return shared if shared and is_unicode(shared) else None
