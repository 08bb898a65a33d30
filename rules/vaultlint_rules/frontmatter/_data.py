"""What edits make of the properties of a note, as data: for fixes that are offered only where nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.frontmatter import read_frontmatter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Edit


def edited(note: Note, edits: Iterable[Edit]) -> str:
    """The text of the note with these edits, which do not touch each other."""
    text = note.text
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def keeps_values(note: Note, edits: Iterable[Edit], but: Iterable[str] = ()) -> bool:
    """Whether the edits leave properties that can be read, each with its value, in whatever order.

    `but`: names, in lower case, of properties that may change, come or go.
    """
    after = read_frontmatter(edited(note, edits))
    left_out = frozenset(but)
    return after.error is None and _values(note.properties, left_out) == _values(after.properties, left_out)


def _values(properties: Sequence[Property], left_out: frozenset[str]) -> dict[str, str]:
    """`repr` tells true from 1 and 1 from 1.0, and nan from nothing."""
    return {found.key: repr(found.value) for found in properties if found.key.lower() not in left_out}
