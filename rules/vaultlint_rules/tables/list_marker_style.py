"""The sign of bullet lists. A change of it begins a new list (semantics 7.12), which may be what it is there for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.tables._list_rule import Fault, Faults, ListRule
from vaultlint_rules.tables._markers import Beside, Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint_rules.tables._markers import Item, Near, Tree

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note

_BY_DEPTH = "-*+"
_JOINED = "two lists that their signs keep apart become one"


@dataclass(frozen=True)
class Options:
    """Which sign."""

    style: Annotated[
        Literal["-", "*", "+", "consistent", "by-depth"],
        "The sign of all bullet lists; or that of the note's first one; or another at each depth: `-`, `*`, `+`.",
    ] = "-"


class ListMarkerStyle(ListRule):
    """A bullet list is written with another sign than the vault wants."""

    name = "list-marker-style"
    title = "write the list with the sign that is wanted"
    Options = Options

    def faults(self, tree: Tree, near: Sequence[Near]) -> Iterator[Faults]:
        """The lists with another sign; a list that only its sign keeps apart from another is left alone."""
        for how in (Beside.NOTHING, Beside.LIST):
            found: dict[int, Fault] = {}
            gaps: tuple[Span, ...] = ()
            for place, items in tree.by_list.items():
                sign, wanted = items[0].marker, self._wanted(tree, items[0])
                if near[place].how is how and sign in _BY_DEPTH and sign != wanted:
                    along = {item.place: Head(wanted) for item in items}
                    gaps += near[place].gaps
                    span = tree.note.items[items[0].place].marker_span
                    message = f"this list is written with '{sign}', not '{wanted}'"
                    found[items[0].place] = Fault(span, message, Head(wanted), along)
            joins = how is Beside.LIST
            yield Faults(found, changes_lists=joins, gaps=gaps, reason=_JOINED if joins else "")

    def _wanted(self, tree: Tree, item: Item) -> str:
        style: str = self.options.style
        if style == "consistent":
            return _first_sign(tree.note)
        if style != "by-depth":
            return style
        depth = 0
        around = tree.note.items[item.place].parent
        while around is not None:
            depth += 1
            around = tree.note.items[around].parent
        return _BY_DEPTH[depth % len(_BY_DEPTH)]


def _first_sign(note: Note) -> str:
    signs = (item.marker_span.of(note.text) for item in note.items)
    return next((sign for sign in signs if sign in _BY_DEPTH), "-")
