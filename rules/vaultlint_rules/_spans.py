"""What stands where: questions about spans that rules of several families ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vaultlint.note.obsidian import Cover

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import Span


class Spanned(Protocol):
    """Anything that stands at a place of a note."""

    @property
    def span(self) -> Span:
        """Where."""


class Taken:
    """The places that some things of a note take; asked often, it stays fast however many there are."""

    def __init__(self, *groups: Iterable[Spanned]) -> None:
        self._cover = Cover((each.span.start, each.span.end) for group in groups for each in group)

    def touches(self, span: Span) -> bool:
        """Whether any of them shares a sign with the span."""
        return self._cover.touched(span.start, span.end) >= 0
