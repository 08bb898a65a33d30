"""What a contract says of a note that falls short of it."""

from __future__ import annotations

from msgspec import Struct

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations


class Replacement(Struct, frozen=True):
    """Text that would mend a violation."""

    span: Span
    text: str
    certain: bool
    """Whether it is beyond doubt what was meant."""
    title: str


class Violation(Struct, frozen=True):
    """One way in which a note falls short of a schema."""

    kind: str
    """`missing`, `forbidden`, `unknown`, `type`, `value`, `pattern`, `range`, `length`, `schema` (anything else that a
    JSON Schema or a model says); `unreal` (a date or time in the right form that does not exist), `form` (a date in
    another form) and `unquoted` (a bare `[[link]]`), of which other rules may speak."""
    key: str
    """The property's name; empty where it is about the note as a whole."""
    span: Span
    """The key, the value or the list item; for a missing property, the note's first line."""
    message: str
    hint: str | None = None
    replacement: Replacement | None = None
