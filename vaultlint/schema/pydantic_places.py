"""Where in a note that stands of which pydantic speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.note.model import Property, Span, YamlValue  # noqa: TC001  msgspec reads the annotations

if TYPE_CHECKING:
    from typing import TypeAlias

    Location: TypeAlias = tuple[int | str, ...]


class Place(Struct, frozen=True):
    """Where an error stands, as far as that is known, and what is there."""

    key: str
    """The property's name; empty for the note as a whole."""
    label: str
    """With the names inside a map: `venue.city`."""
    span: Span
    value: YamlValue
    depth: int
    """How far into the value it is: 0 for the property itself."""

    @property
    def is_property(self) -> bool:
        """Whether it is about the property itself."""
        return self.depth == 0

    @property
    def is_whole(self) -> bool:
        """Whether the span is that of the value at fault, not of a list or map around it."""
        return self.depth == 0 or (self.depth == 1 and self.label == self.key)


class Fault(Struct, frozen=True):
    """One of pydantic's errors."""

    place: Place
    kind: str
    """Pydantic's name for it, such as `int_parsing`."""
    error: Any
    """The whole, as `ValidationError.errors` gives it."""


def place_in(found: Property, location: Location, kind: str) -> Place:
    """The list item where one is named, else the whole value; names of a union's branches are passed over."""
    label, span, value, depth = found.key, found.value_span, found.value, 0
    last = len(location) - 1
    for at, step in enumerate(location[1:], start=1):
        if isinstance(step, int):
            if not isinstance(value, list | tuple) or not 0 <= step < len(value):
                break
            if depth == 0 and step < len(found.items):
                span = found.items[step].span
            value = value[step]
        elif isinstance(value, dict) and step in value:
            label, value = f"{label}.{step}", value[step]
        elif isinstance(value, dict) and at == last and kind == "missing":
            label, value = f"{label}.{step}", None
        else:
            continue
        depth += 1
    if not span.end - span.start:
        span = found.key_span
    return Place(found.key, label, span, value, depth)
