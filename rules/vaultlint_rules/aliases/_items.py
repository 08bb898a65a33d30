"""How one item is taken out of a list property, its comments and neighbours left as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit

if TYPE_CHECKING:
    from vaultlint.note.note import Note

    from vaultlint.note.model import Item, Property

_MARKER = re.compile(r"[ \t]*-[ \t]*")


def without(note: Note, owner: Property, item: Item) -> Edit | None:
    """The edit that takes `item` out of `owner`; `None` where something else would go with it."""
    if len(owner.items) == 1:
        return emptied(note, owner)
    if owner.style == "flow":
        return _out_of_flow(note, owner, item)
    return _out_of_block(note, item)


def emptied(note: Note, owner: Property) -> Edit | None:
    """The edit that makes the value of `owner` an empty list; `None` where a comment would be lost."""
    colon = note.text.find(":", owner.key_span.end)
    value = Span(colon + 1, max(owner.value_span.end, colon + 1))
    between = note.text[colon + 1 : owner.value_span.start] + note.text[owner.value_span.end : owner.span.end]
    if "#" in between or "#" in value.of(note.text):
        return None
    return Edit(note.path, value, " []")


def _out_of_flow(note: Note, owner: Property, item: Item) -> Edit | None:
    place = owner.items.index(item)
    if place + 1 < len(owner.items):
        gone = Span(item.span.start, owner.items[place + 1].span.start)
        between = note.text[item.span.end : gone.end]
    else:
        gone = Span(owner.items[place - 1].span.end, item.span.end)
        between = note.text[gone.start : item.span.start]
    return Edit(note.path, gone, "") if "#" not in between else None


def _out_of_block(note: Note, item: Item) -> Edit | None:
    """All lines of the item, which holds nothing but the marker and the value."""
    source = note.source
    first = source.line_span(source.position(item.span.start).line)
    last = source.line_span(source.position(item.span.end).line)
    marker = note.text[first.start : item.span.start]
    rest = note.text[item.span.end : last.end]
    if not _MARKER.fullmatch(marker) or rest.strip():
        return None
    end = last.end
    if not rest.endswith(("\n", "\r")):  # the line's break goes with it, so that no blank line is left
        end += 2 if note.text.startswith("\r\n", end) else 1
    return Edit(note.path, Span(first.start, end), "")
