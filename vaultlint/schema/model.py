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

DATE_TYPES = frozenset({"date", "datetime"})
"""The types that a format may be given for."""

DEFAULT_NAMES = frozenset({"tags", "aliases", "cssclasses"})
"""The properties that the app itself gives every note (semantics 6.13): no schema finds them unknown."""

UNKNOWN = ("allow", "warn", "deny")
"""What may be said of properties that a schema does not name."""

SCOPES = ("vault", "folder", "schema")
"""Where a property's values may be asked to differ from note to note."""

RANGE_TYPES = frozenset({"number", "integer", "date", "datetime", "time", "duration"})
"""The types that have a least and a greatest value."""


class SchemaError(ValueError):
    """A schema is written wrongly. Raised by `schema_from`; the config adds file and line."""

    def __init__(self, path: tuple[str | int, ...], message: str, hint: str | None = None) -> None:
        self.path = path
        """The keys inside the schema that lead to what is wrong, outermost first; empty for the schema itself."""
        self.key = ".".join(map(str, path))
        """The same, dotted: `properties.duration.type`."""
        super().__init__(f"{self.key}: {message}" if path else message)
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
    linked_from: tuple[tuple[str, str], ...] = ()
    """Name of a schema and one of its properties: the note is what such a property links to, in one of them."""
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
    min_length: int | None = None
    max_length: int | None = None
    """Of text in code points, of a list in items."""
    format: str | None = None
    """Of a date: how it is written, in Moment.js tokens; `None`: as the app writes it."""
    folder: str | None = None
    """For links: the vault folder that the target stands in."""
    schema: str | None = None
    """For links: the name of a schema that is for the target."""
    unique: str | None = None
    """One of `SCOPES`, in which no two notes may have the same value; `None`: they may."""
    default: Scalar | tuple[Scalar, ...] = None
    """What a missing property is filled with."""


class Operand(Struct, frozen=True):
    """One side of a comparison."""

    name: str | None
    """A property; `None`: the value stands in the schema."""
    value: Scalar = None


class Condition(Struct, frozen=True):
    """Something that holds for a note's properties or not."""

    left: Operand
    op: str
    """`<`, `<=`, `=`, `!=`, `>=`, `>`; `has` and `has not` for a property that is there, with a value."""
    right: Operand = Operand(None)


class Relation(Struct, frozen=True):
    """What the values of two or more properties have to do with each other."""

    text: str
    """As written: `due >= start`, `if status = "done" then completed`."""
    given: tuple[Condition, ...]
    """Nothing is asked unless all of these hold."""
    asked: tuple[Condition, ...]


class JsonSchema(Struct, frozen=True):
    """A JSON Schema, draft 2020-12, with all that it refers to."""

    file: str
    """Vault-relative path."""
    text: str
    """JSON."""
    others: dict[str, str] = field(default_factory=dict)
    """Vault-relative path -> JSON of the files of the vault that it refers to."""


class ModelFile(Struct, frozen=True):
    """A pydantic model in a Python file of the vault."""

    file: str
    """Absolute path."""
    shown: str
    """As the config names it: `schemas.py:Paper`."""
    name: str
    """Of the class."""


class Schema(Struct, frozen=True):
    """One contract for the properties of some notes. Several may apply to a note; all must hold."""

    name: str = ""
    """What other schemas call it; empty where nobody does."""
    selector: Selector = Selector()
    require: tuple[str, ...] = ()
    """Properties that must be there."""
    forbid: tuple[str, ...] = ()
    """Properties that must not be there."""
    properties: dict[str, PropertyType] = field(default_factory=dict)
    """Property name -> what its value must be, if it is there; in the order that a note should have them."""
    unknown: str = "allow"
    """What is said of other properties: one of `UNKNOWN`."""
    relations: tuple[Relation, ...] = ()
    json_schema: JsonSchema | None = None
    model: ModelFile | None = None
    """One of these says it all, in place of what is asked above."""
