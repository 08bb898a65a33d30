"""What stands where: questions about spans that rules of several families ask."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol, TypeVar

from vaultlint.note.obsidian import Cover

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultlint.note.model import Span


class Spanned(Protocol):
    """Anything that stands at a place of a note."""

    @property
    def span(self) -> Span:
        """Where."""


_Thing = TypeVar("_Thing", bound=Spanned)


def beginning_in(span: Span, group: Sequence[_Thing]) -> Sequence[_Thing]:
    """Those of a group in text order that begin inside of the span."""
    first, last = (bisect_left(group, at, key=_start) for at in (span.start, span.end))
    return group[first:last]


def _start(each: Spanned) -> int:
    return each.span.start


class Taken:
    """The places that some things of a note take; asked often, it stays fast however many there are."""

    def __init__(self, *groups: Iterable[Spanned]) -> None:
        self._cover = Cover((each.span.start, each.span.end) for group in groups for each in group)

    def touches(self, span: Span) -> bool:
        """Whether any of them shares a sign with the span."""
        return self._cover.touched(span.start, span.end) >= 0
