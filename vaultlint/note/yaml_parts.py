"""The parts that a block of YAML is put together from."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct, field

from vaultlint.note.yaml_tokens import Token  # noqa: TC001 - msgspec reads the types of the fields


class Scalar(Struct):
    """Text, plain or in quotes, or an alias."""

    kind: str
    start: int
    stop: int
    indent: int
    end: list[Token] | None = None
    """What stands behind it."""


class Block(Struct):
    """A block scalar."""

    start: int
    indent: int
    props: list[Token]
    """Its header, and what stands on that line."""
    content: Token
    """Its lines; its header until they are read."""
    kind: str = "block"


class Entry(Struct):
    """An entry of a map, or an item of a list, which has no key."""

    start: list[Token] = field(default_factory=list)
    """What stands before it: white space, comments, signs, anchor and tag."""
    explicit: bool = False
    """It begins with a `?`."""
    key: Part | None = None
    sep: list[Token] | None = None
    """What stands between key and value, the colon among it; `None` until there is a key."""
    value: Part | None = None


class Map(Struct):
    """A map without brackets."""

    start: int
    indent: int
    items: list[Entry]
    kind: str = "map"


class Seq(Struct):
    """A list of dashes."""

    start: int
    indent: int
    items: list[Entry]
    kind: str = "seq"


class Flow(Struct):
    """A list or map in brackets."""

    opener: Token
    start: int
    indent: int
    items: list[Entry] = field(default_factory=list)
    end: list[Token] = field(default_factory=list)
    """The closing bracket, and what stands behind it."""
    cut: int | None = None
    """Where a line broke it off."""
    kind: str = "flow"


Part: TypeAlias = Scalar | Block | Map | Seq | Flow


class Document(Struct):
    """The whole block."""

    start: list[Token] = field(default_factory=list)
    """What stands before its value."""
    value: Part | None = None
    end: list[Token] = field(default_factory=list)
    directives: list[Token] = field(default_factory=list)
    late_directives: list[Token] = field(default_factory=list)
    """Behind the line that ends it."""
    lost: Token | None = None
    """What cannot stand where it does; what is behind it was not looked at."""
    kind: str = "document"


BLANK = frozenset(("space", "comment", "newline"))


def holds(tokens: list[Token], kind: str) -> bool:
    """Whether a token of this kind is among them."""
    return any(token.kind == kind for token in tokens)


def end_of(part: Part | None) -> list[Token] | None:
    """What stands behind the part, where that can hold a comment."""
    return part.end if isinstance(part, Scalar | Flow) else None
