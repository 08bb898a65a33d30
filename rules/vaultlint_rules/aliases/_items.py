"""How one item is taken out of a list property, its comments and neighbours left as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit

if TYPE_CHECKING:
    from vaultlint.note.model import Property
    from vaultlint.note.note import Note

LINKED = re.compile(r"\s*\[\[([^\[\]|#]+)(?:\|([^\[\]|]+))?\]\]\s*")
"""A whole value that is one wikilink, maybe with an alias: as an alias, the app takes the brackets for a part of it."""

_MARKER = re.compile(r"[ \t]*-[ \t]*")
"""All that stands before an item on its line."""

_REST = re.compile(r"[ \t]*(?=[\r\n])")
"""Nothing behind an item on its line."""


def without(note: Note, owner: Property, place: int) -> Edit | None:
    """The edit that takes the item at `place` out of `owner`; `None` where more would go with it."""
    if len(owner.items) == 1:
        return emptied(note, owner)
    if owner.style == "flow":
        return _out_of_flow(note, owner, place)
    return _out_of_block(note, owner.items[place].span)


def emptied(note: Note, owner: Property) -> Edit | None:
    """The edit that makes the value of `owner` an empty list; `None` where a comment would be lost."""
    colon = note.text.find(":", owner.key_span.end)
    gone = Span(colon + 1, max(owner.span.end, colon + 1))
    return Edit(note.path, gone, " []") if "#" not in gone.of(note.text) else None


def _out_of_flow(note: Note, owner: Property, place: int) -> Edit | None:
    """The item and the comma behind it; the comma before it where it is the last."""
    item = owner.items[place].span
    if place + 1 < len(owner.items):
        gone = Span(item.start, owner.items[place + 1].span.start)
        between = note.text[item.end : gone.end]
    else:
        gone = Span(owner.items[place - 1].span.end, item.end)
        between = note.text[gone.start : item.start]
    return Edit(note.path, gone, "") if "#" not in between else None


def _out_of_block(note: Note, item: Span) -> Edit | None:
    """The item's lines and blank ones before them, if they hold nothing but the marker and the value."""
    text = note.text
    line = max(text.rfind("\n", 0, item.start), text.rfind("\r", 0, item.start)) + 1
    rest = _REST.match(text, item.end)
    if line == 0 or rest is None or not _MARKER.fullmatch(text, line, item.start):
        return None
    start = line
    while text[start - 1] in " \t\r\n":
        start -= 1
    return Edit(note.path, Span(start, rest.end()), "")
