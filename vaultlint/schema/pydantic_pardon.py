"""What the app lets pass and pydantic refuses: no value, no item, one name where a list of names is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from vaultlint.note.model import Item, Property
from vaultlint.schema.pydantic_errors import empty
from vaultlint.schema.pydantic_places import place_in
from vaultlint.schema.pydantic_words import OWN, property_type

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import ValidationError

    from vaultlint.schema.violation import Violation

_NEVER = OWN | {"extra_forbidden", "missing"}
"""Errors that are not about the value's being empty."""
_LISTS_OF_NAMES = frozenset({"tags", "aliases", "cssclasses"})


def pardon(
    found: Mapping[str, Property], error: ValidationError
) -> tuple[Mapping[str, Property], Mapping[str, Violation]]:
    """The properties as the model may take them, and what to say of those left out should they be needed."""
    refused: dict[str, list[Any]] = {}
    items: dict[str, set[int]] = {}
    left = dict(found)
    for each in error.errors(include_url=False):
        kind, location = each["type"], each["loc"]
        key = str(location[0]) if location else ""
        if kind in _NEVER or key not in found:
            continue
        place = place_in(found[key], location, kind)
        if place.depth == 0 and key.lower() in _LISTS_OF_NAMES and property_type(kind) == "list":
            left[key] = _as_list(found[key])
        elif place.label == place.key and place.value is None:
            if place.depth == 0:
                refused.setdefault(key, []).append(each)
            elif place.depth == 1:
                items.setdefault(key, set()).update(step for step in location if isinstance(step, int))
    for key, places in items.items():
        left[key] = _without(found[key], places)
    for key in refused:
        del left[key]
    return left, {key: empty(found[key], errors) for key, errors in refused.items()}


def _as_list(found: Property) -> Property:
    """One text as a list of one, none as an empty list; several in one text are none since Obsidian 1.9."""
    if found.value is None:
        return structs.replace(found, value=[])
    if not isinstance(found.value, str) or "," in found.value:
        return found
    item = Item(found.value, found.value_span, found.style)
    return structs.replace(found, value=[found.value], items=(item,))


def _without(found: Property, items: Collection[int]) -> Property:
    """A property that is a list, some of its items left out."""
    if not isinstance(found.value, list | tuple):
        return found
    kept = [place for place in range(len(found.value)) if place not in items]
    return structs.replace(
        found,
        value=[found.value[place] for place in kept],
        items=tuple(found.items[place] for place in kept) if found.items else (),
    )
