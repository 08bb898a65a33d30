"""The fields of a fileClass of Metadata Menu, as properties."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from vaultlint.schema.imports.draft import Draft, allowed, as_number, as_table, as_text

Lines: TypeAlias = Callable[[str], list[str] | None]
"""Path of a note -> its lines."""

_Taker: TypeAlias = Callable[[Draft, str, dict[str, Any], Lines], dict[str, Any]]

_FOLDER = re.compile(r"""dv\.pages\(\s*(?:'"([^"']+)"'|"'([^"']+)'")\s*\)\s*;?""")
_COMPUTED = frozenset({"lookup", "formula", "canvas", "canvasgroup", "canvasgrouplink"})
_NESTED = frozenset({"json", "yaml", "object", "objectlist"})
_STANDARD = {
    "date": ("", "YYYY-MM-DD"),
    "datetime": ("", "YYYY-MM-DDTHH:mm", "YYYY-MM-DDTHH:mm:ss", "YYYY-MM-DD[T]HH:mm", "YYYY-MM-DD[T]HH:mm:ss"),
    "time": ("", "HH:mm", "HH:mm:ss"),
}
"""Formats that a type of ours has without being told."""


def take_field(draft: Draft, field: dict[str, Any], lines_of: Lines) -> None:
    """Put one field into the draft; wild values are left out."""
    name = as_text(field.get("name"))
    if as_text(field.get("path")):
        draft.left.append(f"'{name}': a field inside another has no schema here")
        return
    kind = as_text(field.get("type")).lower()
    take = _TAKERS.get(kind)
    if take is None:
        draft.left.append(f"the type '{as_text(field.get('type'))}' of '{name}': {_reason(kind)}")
        draft.properties[name] = {}
        return
    wanted = take(draft, name, _options(field), lines_of)
    draft.properties[name] = wanted["type"] if set(wanted) == {"type"} else wanted


def _reason(kind: str) -> str:
    if kind in _COMPUTED:
        return "the plug-in itself computes the value"
    if kind in _NESTED:
        return "a map inside a property has no schema here"
    return "nothing is known of it"


def _options(field: dict[str, Any]) -> dict[str, Any]:
    """The options; of old, the values alone, as a list or as a map of numbers."""
    given = field.get("options")
    if isinstance(given, list | tuple):
        return {"valuesList": list(given)}
    options = as_table(given)
    if options and all(key.isdecimal() for key in options):
        return {"valuesList": options}
    return options


def _input(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    return {}  # it takes any value


def _checkbox(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    return {"type": "checkbox"}


def _number(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    bounds = {key: bound for key in ("min", "max") if (bound := as_number(options.get(key))) is not None}
    return {"type": "number", **bounds}


def _moment(kind: str) -> _Taker:
    def take(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
        form = as_text(options.get("dateFormat"))
        if options.get("defaultInsertAsLink") in (True, "true"):
            draft.left.append(f"the type of '{name}': its dates are written as links")
            return {}
        if form in _STANDARD[kind]:
            return {"type": kind}
        if kind == "time":
            draft.left.append(f"the format of '{name}', '{form}': a time is written as 12:30 here")
            return {}
        return {"type": kind, "format": form}

    return take


def _choice(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    values = _values(draft, name, options, lines_of)
    return {"values": allowed(values)} if values else {}


def _choices(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    return {"type": "list", **_choice(draft, name, options, lines_of)}


def _values(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> list[str]:
    source = as_text(options.get("sourceType"))
    if source == "ValuesFromDVQuery":
        draft.left.append(f"the values of '{name}': code of JavaScript makes them")
        return []
    if source == "ValuesListNotePath":
        path = as_text(options.get("valuesListNotePath"))
        lines = lines_of(path)
        if lines is None:
            draft.left.append(f"the values of '{name}': there is no note '{path}'")
            return []
        draft.meanings[name] = f"the values are the lines of '{path}' as of now"
        return [text for line in lines if (text := line.strip())]
    listed = options.get("valuesList")
    entries = listed.values() if isinstance(listed, dict) else listed if isinstance(listed, list | tuple) else ()
    return [text for one in entries if (text := _plain(one))]


def _plain(value: object) -> str:
    """A value as the plug-in writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else as_text(value)


def _link(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    query = as_text(options.get("dvQueryString"))
    found = _FOLDER.fullmatch(query)
    folder = (found[1] or found[2]).strip("/") if found else ""
    if query and not folder:
        draft.left.append(f"which notes '{name}' may link to, '{query}': code of JavaScript chooses them")
    return {"type": "link", "folder": folder} if folder else {"type": "link"}


def _links(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    item = _link(draft, name, options, lines_of)
    return {"type": "list", "items": item["type"] if set(item) == {"type"} else item}


def _media(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    if options.get("embed") in (True, "true"):
        draft.left.append(f"the type of '{name}': its links are written as embeds")
        return {}
    return {"type": "link"}


def _many_media(draft: Draft, name: str, options: dict[str, Any], lines_of: Lines) -> dict[str, Any]:
    item = _media(draft, name, options, lines_of)
    return {"type": "list", "items": "link"} if item else {"type": "list"}


_TAKERS: dict[str, _Taker] = {
    "input": _input,
    "": _input,
    "boolean": _checkbox,
    "number": _number,
    "date": _moment("date"),
    "datetime": _moment("datetime"),
    "time": _moment("time"),
    "select": _choice,
    "cycle": _choice,
    "multi": _choices,
    "file": _link,
    "multifile": _links,
    "media": _media,
    "multimedia": _many_media,
}
