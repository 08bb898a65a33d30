"""How ordered lists are numbered. The first number is meaning, the others are not (CommonMark, list items)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.tables._list_rule import Fault, Faults, ListRule
from vaultlint_rules.tables._markers import Beside, Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint_rules.tables._markers import Item, Near, Tree

    from vaultlint.note.model import Span

_MISSED = re.compile(r"^[ \t>]*+\d{1,3}[.)](?=[^\s\d.)])", re.MULTILINE)
"""A number without a space behind it."""
_MOST = 999_999_999
"""The largest number of an item in CommonMark."""
_START = "the first number of a list is shown, and another is now"
_JOINED = "two lists that their signs keep apart become one"


@dataclass(frozen=True)
class Options:
    """How the items are numbered."""

    numbers: Annotated[
        Literal["ascending", "same", "keep"],
        "Each item one more than that before it, all as the first, or as they are.",
    ] = "ascending"
    delimiter: Annotated[Literal[".", ")", "keep"], "What stands behind the number."] = "."
    start: Annotated[
        Literal["keep", "one"], "The first number: as it is, or 1; `one` changes what is shown, which is unsafe."
    ] = "keep"


class OrderedListStyle(ListRule):
    """An ordered list is numbered otherwise than the vault wants it."""

    name = "ordered-list-style"
    title = "number the list"
    Options = Options

    def faults(self, tree: Tree, near: Sequence[Near]) -> Iterator[Faults]:
        """The items with another number, and the lists with another sign behind it."""
        found: dict[int, Fault] = {}
        shifted: dict[int, Fault] = {}
        joined: dict[int, Fault] = {}
        gaps: tuple[Span, ...] = ()
        if _MISSED.search(tree.span.of(tree.note.text)):
            return  # what was meant as an item is text of the one before it, and the numbers tell so
        for place, items in tree.by_list.items():
            ordered = items[0].marker[-1] in ".)"
            whole = len(items) == len(tree.note.lists[place].items)
            if not ordered or not whole or near[place].how is Beside.LIST_APART:
                continue
            faults = dict(self._of_list(tree, items))
            if self._moves_start(items):
                shifted |= faults
            elif near[place].how is Beside.LIST and self._sign(items[0]) != items[0].marker[-1]:
                joined |= faults
                gaps += near[place].gaps
            else:
                found |= faults
        yield Faults(found)
        yield Faults(shifted, changes_lists=True, reason=_START)
        yield Faults(joined, changes_lists=True, gaps=gaps, reason=_JOINED)

    def _of_list(self, tree: Tree, items: list[Item]) -> Iterator[tuple[int, Fault]]:
        """The faults of one list: of each item, or, where the list has to be written anew as a whole, of it."""
        first = 1 if self._moves_start(items) else int(items[0].marker[:-1])
        wanted = [self._wanted(item, first, number) for number, item in enumerate(items)]
        wrong = [(item, mark) for item, mark in zip(items, wanted, strict=True) if item.marker != mark]
        sign = self._sign(items[0])
        if sign != items[0].marker[-1]:
            span = tree.note.items[items[0].place].marker_span
            message = f"this list has '{items[0].marker[-1]}' behind its numbers, not '{sign}'"
            along = {item.place: Head(mark) for item, mark in wrong}
            yield items[0].place, Fault(span, message, Head(wanted[0]), along)
            return
        for item, mark in wrong:
            span = tree.note.items[item.place].marker_span
            yield item.place, Fault(span, f"the item is numbered '{item.marker}', not '{mark}'", Head(mark))

    def _moves_start(self, items: list[Item]) -> bool:
        return self.options.start == "one" and int(items[0].marker[:-1]) != 1

    def _sign(self, item: Item) -> str:
        delimiter: str = self.options.delimiter
        return item.marker[-1] if delimiter == "keep" else delimiter

    def _wanted(self, item: Item, first: int, number: int) -> str:
        ascending = self.options.numbers == "ascending"
        if self.options.numbers == "keep" and number:
            return item.marker[:-1] + self._sign(item)
        return f"{min(first + number * ascending, _MOST)}{self._sign(item)}"
