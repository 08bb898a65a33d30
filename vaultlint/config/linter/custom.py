"""The plug-in's custom regular expressions, as patterns of `forbidden-terms`."""

from __future__ import annotations

import re
from typing import Any

from vaultlint.schema.imports.draft import as_table, as_text

RULE = "forbidden-terms"
_MOST = 200
_LONGEST = 2_000
_ESCAPE = re.compile(r"\\([ntrfvb0])")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "b": "\b", "0": "\0"}
_CHANGES = ["words", "line breaks", "tags", "links", "aliases", "headings", "comments"]
"""The plug-in replaces in the bare text, whatever that means."""


def patterns(settings: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """The patterns, as tables of TOML, and what can't be one."""
    entries = settings.get("customRegexes")
    found: list[dict[str, Any]] = []
    left: list[str] = []
    for entry in map(as_table, entries[:_MOST] if isinstance(entries, list) else ()):
        find = entry.get("find")
        if not isinstance(find, str) or not find or entry.get("enabled", True) is not True:
            continue
        flags = as_text(entry.get("flags")) if "flags" in entry else "gm"
        if len(find) > _LONGEST or "g" not in flags:
            reason = "it is too long" if "g" in flags else "it is for the first place in a note alone (no flag 'g')"
            left.append(f"the custom regular expression '{find[:100]}': {reason}")
            continue
        found.append(_table(entry, find, flags))
    return found, left


def _table(entry: dict[str, Any], find: str, flags: str) -> dict[str, Any]:
    replace = entry.get("replace")
    text = replace[:_LONGEST] if isinstance(replace, str) else ""
    table = {
        "find": find,
        "replace": _ESCAPE.sub(lambda sign: _ESCAPED[sign[1]], text),
        "flags": "".join(sign for sign in dict.fromkeys(flags) if sign not in "gu"),
        "message": as_text(entry.get("label"))[:_LONGEST],
        "where": "text",
        "changes": _CHANGES,
    }
    return {key: value for key, value in table.items() if value or key == "replace"}
