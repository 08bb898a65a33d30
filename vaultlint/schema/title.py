"""What people call a schema: its name, or else which notes it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import Scalar
    from vaultlint.schema.model import Schema, Selector


def titles_of(schemas: Iterable[Schema]) -> list[str]:
    """A title for each, no two alike."""
    titles: list[str] = []
    for schema in schemas:
        title = first = schema.name or chosen_by(schema.selector)
        number = 2
        while title in titles:
            title, number = f"{first} ({number})", number + 1
        titles.append(title)
    return titles


def chosen_by(selector: Selector) -> str:
    """Which notes a selector chooses, as the end of "for": `papers/** with type = paper`; for all: `all notes`."""
    parts = [" or ".join(selector.match) or "notes"]
    if selector.tag:
        parts.append("with " + " or ".join(f"#{tag}" for tag in selector.tag))
    if selector.has:
        parts.append("that have " + " and ".join(selector.has))
    parts += [f"with {name} = {' or '.join(map(_value, values))}" for name, values in selector.where]
    if selector.first_line is not None:
        parts.append(f"whose first line matches {selector.first_line}")
    if selector.timestamps is not None:
        parts.append("with media timestamps" if selector.timestamps else "without media timestamps")
    if selector.linked_from:
        parts.append("linked from " + " or ".join(f"{name}.{key}" for name, key in selector.linked_from))
    if selector.any:
        alternatives = [chosen_by(one) for one in selector.any]
        either = alternatives[0] if len(alternatives) == 1 else " or ".join(alternatives)
        parts = [either] if parts == ["notes"] else [*parts, f"that are also {either}"]
    return "all notes" if parts == ["notes"] else " ".join(parts)


def _value(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
