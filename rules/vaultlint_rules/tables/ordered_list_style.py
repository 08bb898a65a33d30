"""How ordered lists are numbered. The first number is meaning, the others are not (CommonMark, list items)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.tables._list_rule import Fault, Faults, ListRule
from vaultlint_rules.tables._markers import Beside, Head, by_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint_rules.tables._markers import Item, Near, Tree

    from vaultlint.note.model import Span

_MOST = 999_999_999
"""The largest number of an item in CommonMark."""
_START = "the first number of a list is shown, and another is now"
_JOINED = "two lists that their signs keep apart become one"


@dataclass(frozen=True)
class Options:
    """How the items are numbered."""

    numbers: Annotated[
        Literal["ascending", "same", "keep"], "Each item one more than that before it, all as the first, or as they are."
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
        """The items with another number or another sign behind it."""
        lists = {place: items for place, items in by_list(tree).items() if items[0].marker[-1] in ".)"}
        found: dict[int, Fault] = {}
        shifted: dict[int, Fault] = {}
        joined: dict[int, Fault] = {}
        gaps: tuple[Span, ...] = ()
        for place, items in lists.items():
            if len(items) < len(tree.note.lists[place].items) or near[place].how is Beside.LIST_APART:
                continue
            first = int(items[0].marker[:-1])
            moved = self.options.start == "one" and first != 1
            for number, item in enumerate(items):
                wanted = self._wanted(item, 1 if moved else first, number)
                if item.marker != wanted:
                    joins = near[place].how is Beside.LIST and wanted[-1] != item.marker[-1]
                    gaps += near[place].gaps if joins else ()
                    group = shifted if moved else joined if joins else found
                    span = tree.note.items[item.place].marker_span
                    message = f"the item is numbered '{item.marker}', not '{wanted}'"
                    group[item.place] = Fault(span, message, Head(wanted))
        yield Faults(found)
        yield Faults(shifted, changes_lists=True, reason=_START)
        yield Faults(joined, changes_lists=True, gaps=gaps, reason=_JOINED)

    def _wanted(self, item: Item, first: int, number: int) -> str:
        ascending = self.options.numbers == "ascending"
        sign = item.marker[-1] if self.options.delimiter == "keep" else self.options.delimiter
        if self.options.numbers == "keep" and number:
            return item.marker[:-1] + sign
        return f"{min(first + number * ascending, _MOST)}{sign}"
