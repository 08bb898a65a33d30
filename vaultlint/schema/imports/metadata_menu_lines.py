"""Fields of a fileClass in the form that Metadata Menu had first: lines such as `rating:: {"type": "Number"}`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from vaultlint.schema.imports.draft import as_table

if TYPE_CHECKING:
    from vaultlint.note.note import Note

_FIELD = re.compile(r"(?:[-*+] +)?(?P<name>[^:#\[\]{}|`<>]{1,200}?)[ \t]*::[ \t]*(?P<value>\S.*)?")
_NAME = re.compile(r"\w[\w -]{0,60}")


def inline_fields(note: Note) -> tuple[list[dict[str, Any]], list[str]]:
    """The fields of a note's lines, and the lines whose setting is no JSON.

    A line that is a name alone is a field too, but only where the note holds nothing else: it could be prose.
    """
    lines = [line.strip() for line in note.text[note.body_start :].splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    alone = all(_FIELD.fullmatch(line) or _NAME.fullmatch(line) for line in lines)
    fields: list[dict[str, Any]] = []
    unread: list[str] = []
    for line in lines:
        found = _FIELD.fullmatch(line)
        if found is None:
            if alone:
                fields.append({"name": line, "type": "Input"})
            continue
        setting = _setting(found["value"] or '{"type": "Input"}')
        if setting is None:
            unread.append(line)
        elif "type" in setting:
            fields.append({**setting, "name": found["name"].strip("*_ ")})
    return fields, unread


def _setting(text: str) -> dict[str, Any] | None:
    """The setting behind the colons; empty where something else than a setting stands there, `None` if it is broken."""
    if not text.startswith("{"):
        return {}
    try:
        return as_table(json.loads(text))
    except (ValueError, RecursionError):
        return None
