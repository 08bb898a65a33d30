"""What a schema says: which notes it is for, and what their properties must be. Plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from vaultlint.note.model import Scalar

TYPES = frozenset(
    {
        "text",
        "number",
        "integer",
        "checkbox",
        "date",
        "datetime",
        "time",
        "duration",
        "url",
        "email",
        "link",
        "list",
        "tags",
        "aliases",
        "cssclasses",
    }
)
"""The types of properties: Obsidian's own names (Obsidian Help, Properties) and what vaults need beyond."""

LIST_TYPES = frozenset({"list", "tags", "aliases", "cssclasses"})
"""The types whose value is a list."""

RANGE_TYPES = frozenset({"number", "integer", "date", "datetime", "time", "duration"})
"""The types that have a least and a greatest value."""


class SchemaError(ValueError):
    """A schema is written wrongly. Raised by `schema_from`; the config adds file and line."""

    def __init__(self, key: str, message: str, hint: str | None = None) -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key
        """The dotted key inside the schema: `properties.duration.type`; empty for the schema itself."""
        self.message = message
        """What is wrong, in a vault owner's words, without full stop."""
        self.hint = hint
        """The next step, such as the nearest right key, or `None`."""


class Selector(Struct, frozen=True):
    """Which notes: all conditions must hold; one that is empty holds for every note."""

    match: tuple[str, ...] = ()
    """Globs over the vault-relative path; one must match."""
    tag: tuple[str, ...] = ()
    """Tags without `#`; the note has one of them or a tag nested below it, in its body or its properties."""
    has: tuple[str, ...] = ()
    """Properties that are there, empty ones included; all of them."""
    where: tuple[tuple[str, tuple[Scalar, ...]], ...] = ()
    """Property name and the values of which it has one (a list property: holds one)."""
    first_line: str | None = None
    """A pattern found in the first line of the body that is not blank."""
    timestamps: bool | None = None
    """Whether there is a media timestamp in the note."""
    any: tuple[Selector, ...] = ()
    """Alternatives: one of these must hold too."""


class PropertyType(Struct, frozen=True):
    """What one property's value must be. An empty value (`name:` alone) is always let pass, as in the app."""

    type: str | None = None
    """One of `TYPES`; `None` for any."""
    items: PropertyType | None = None
    """What each item of a list must be."""
    pattern: str | None = None
    """A pattern found in the text; of a list, in each item."""
    values: tuple[Scalar, ...] = ()
    """The allowed values; of a list, of each item."""
    min: Scalar = None
    max: Scalar = None
    folder: str | None = None
    """For links: the vault folder that the target stands in."""
    default: Scalar | tuple[Scalar, ...] = None
    """What a missing property is filled with."""


class Schema(Struct, frozen=True):
    """One contract for the properties of some notes. Several may apply to a note; all must hold."""

    selector: Selector = Selector()
    require: tuple[str, ...] = ()
    """Properties that must be there."""
    forbid: tuple[str, ...] = ()
    """Properties that must not be there."""
    properties: dict[str, PropertyType] = field(default_factory=dict)
    """Property name -> what its value must be, if it is there."""
