"""How values are added to a list property, its own style kept, or the property made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._data import keeps_values

from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit
from vaultlint.schema.yaml_text import appended, flow_list, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note


def with_values(note: Note, name: str, values: Sequence[str]) -> tuple[Edit, ...] | None:
    """The edits that put texts at the end of the list `name`, which is made where it is not there.

    `None` where that can't be done and all else left as it is.
    """
    there = note.property(name)
    edits = _new_list(note, name, values) if there is None else added(note, there, tuple(values))
    return edits if edits is not None and keeps_values(note, edits, (name.lower(),)) else None


def added(note: Note, there: Property, values: tuple[str, ...]) -> tuple[Edit, ...] | None:
    """The edits that put texts at the end of a list that is there; one text becomes a list."""
    text = flow_list(values)[1:-1]
    if there.style == "flow" and there.items:
        end = there.items[-1].span.end
        return (Edit(note.path, Span(end, end), f", {text}"),)
    if there.value == []:
        return (Edit(note.path, there.value_span, f"[{text}]"),)
    if there.style == "null":
        start = there.key_span.end + 1
        blank = not note.text[start : there.span.end].strip()
        return (Edit(note.path, Span(start, there.span.end if blank else start), f" [{text}]"),)
    if there.style == "block" and there.items:
        return _below(note, there, values)
    if isinstance(there.value, str) and there.style in ("plain", "single", "double") and "," not in there.value:
        return (Edit(note.path, there.value_span, flow_list((there.value, *values))),)
    return None


def _below(note: Note, there: Property, values: tuple[str, ...]) -> tuple[Edit, ...] | None:
    """Lines like the last item's; an item without text is filled."""
    last = there.items[-1]
    line = max(note.text.rfind("\n", 0, last.span.start), note.text.rfind("\r", 0, last.span.start)) + 1
    lead = note.text[line : last.span.start]
    if lead.strip() != "-" or "\n" in last.span.of(note.text):
        return None
    if last.value is None and len(there.items) == 1 and not note.text[last.span.end : there.span.end].strip():
        lines = note.source.newline.join(f"{lead.rstrip()} {yaml_scalar(value)}" for value in values)
        return (Edit(note.path, Span(line, there.span.end), lines),)
    lead = lead if lead[-1:] in " \t" else f"{lead} "
    more = "".join(f"{note.source.newline}{lead}{yaml_scalar(value)}" for value in values)
    return (Edit(note.path, Span(there.span.end, there.span.end), more),)


def _new_list(note: Note, name: str, values: Sequence[str]) -> tuple[Edit, ...] | None:
    """A property at the end, written as the app writes lists."""
    place = appended(note, name, "")
    if place is None:
        return None
    span, text = place
    newline = note.source.newline
    head = f"{yaml_scalar(name)}:"
    items = "".join(f"{newline}  - {yaml_scalar(value)}" for value in values)
    return (Edit(note.path, span, text.replace(head, head + items, 1)),)
