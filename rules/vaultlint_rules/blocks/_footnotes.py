"""The footnotes of a note: marks in the text, and what defines them. Names ignore case (semantics 7.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules._spans import Taken

from vaultlint.note.lazy import lazy
from vaultlint.note.model import Span

if TYPE_CHECKING:
    from vaultlint.note.model import Footnote
    from vaultlint.note.note import Note


class Footnotes:
    """References and definitions, those in block comments left out."""

    def __init__(self, note: Note) -> None:
        hidden = Taken(note.comments)
        shown = [each for each in note.footnotes if not hidden.touches(Span(each.span.start, each.span.start + 1))]
        self.references = tuple(each for each in shown if each.kind == "reference")
        self.definitions = tuple(each for each in shown if each.kind == "definition")

    @lazy
    def by_name(self) -> dict[str, list[Footnote]]:
        """Name in lower case -> its definitions, in text order."""
        found: dict[str, list[Footnote]] = {}
        for each in self.definitions:
            found.setdefault(name_of(each), []).append(each)
        return found

    @lazy
    def are_sound(self) -> bool:
        """Whether no name is defined twice, so that each mark leads to one text."""
        return all(len(each) == 1 for each in self.by_name.values())

    @lazy
    def order(self) -> tuple[str, ...]:
        """The defined names in the order in which the text refers to them; those that it does not at the end."""
        referred = dict.fromkeys(name_of(each) for each in self.references)
        return tuple(dict.fromkeys((*(name for name in referred if name in self.by_name), *self.by_name)))


def name_of(footnote: Footnote) -> str:
    """The name in lower case, as the app compares it."""
    return footnote.id.casefold()
