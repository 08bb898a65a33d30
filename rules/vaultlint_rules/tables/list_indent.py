"""How far the items of inner lists are indented, and with what (semantics 2.12, 7.13)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.tables._columns import TAB, with_spaces, with_tabs
from vaultlint_rules.tables._list_rule import Fault, Faults, ListRule
from vaultlint_rules.tables._markers import Head, Rewriting, Tree

from vaultlint.note.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultlint_rules.tables._markers import Item, Near

_DEEPEST = 3
"""How many columns beyond the text of the item around it an item may stand, and is no code yet."""


@dataclass(frozen=True)
class Options:
    """How inner lists are indented."""

    style: Annotated[Literal["tabs", "spaces"], "A tab for each level, as the app's editor writes it, or spaces."] = (
        "tabs"
    )
    size: Annotated[
        Literal[2, 3, 4], "With `spaces`: how many for each level; an item that needs more gets the next multiple."
    ] = 4


class ListIndent(ListRule):
    """An item of a list is indented otherwise than the vault wants it."""

    name = "list-indent"
    title = "indent the list"
    Options = Options

    def faults(self, tree: Tree, near: Sequence[Near]) -> Iterator[Faults]:
        """The items with another indent, and those of which it is not clear where they belong."""
        if _is_flat(tree):
            return
        unclear = {item.place: _unclear_fault(tree, item, above) for item, above in _unclear(tree)}
        yield Faults(unclear)
        if not unclear:
            yield Faults(dict(self._faults(tree)))

    def _faults(self, tree: Tree) -> Iterator[tuple[int, Fault]]:
        with_what = self.options.style if self.options.style == "tabs" else f"{self.options.size} spaces"
        begun = {item.line: item.place for item in tree.items.values() if not item.inline}
        seen: set[int] = set()
        for line in sorted(self.edits(tree, {}).edits):
            place = begun.get(line, tree.lines.get(line))
            if place is None or place in seen:
                continue
            seen.add(place)
            span = tree.note.source.line_span(line)
            text = span.of(tree.note.text)
            width = max(len(text) - len(text.lstrip("> \t")), 1)
            message = f"the item is not indented with {with_what}"
            if line not in begun:
                message = f"the lines of the item are not indented with {with_what}"
            elif tree.items[place].parent is None:
                message = "the item is indented, and is in no other"
            yield place, Fault(Span(span.start, span.start + width), message, Head())

    def edits(self, tree: Tree, heads: Mapping[int, Head]) -> Rewriting:
        """The edits of all lines of the tree; none where it is not clear what is in what."""
        if any(True for _ in _unclear(tree)):
            return Rewriting()
        tabs = self.options.style == "tabs"
        unit, base = (TAB, tree.base) if tabs else (self.options.size, 0)
        at_edge = _at_edge(tree)

        def column_of(item: Item, around: int | None) -> int:
            if around is None:
                return 0 if at_edge else item.column
            wanted = -(-(around + base) // unit) * unit - base
            return wanted if wanted <= around + _DEEPEST else around

        return tree.edits(heads, column_of, with_tabs if tabs else with_spaces)


_INDENTED = re.compile(r"[\r\n][ \t>]|[-*+.)][ \t]+(?:[-*+]|\d{1,9}[.)])[ \t\r\n]")


def _is_flat(tree: Tree) -> bool:
    """Whether all lines begin at the margin, and no item stands on the line of another: most lists are such."""
    text, span = tree.note.text, tree.span
    at_margin = span.start == 0 or text[span.start - 1] in "\r\n"
    return at_margin and _INDENTED.search(text, span.start, span.end) is None


def _at_edge(tree: Tree) -> bool:
    """Whether the list stands in nothing but quotes, so that none of its indent is there for what holds it."""
    sections, start = tree.note.sections, tree.span.start
    place = bisect_right(sections, start, key=lambda section: section.span.start) - 1
    if place > 0 and sections[place - 1].type == "footnoteDefinition":
        return False  # how far one must be indented to be in a footnote, readers do not agree on
    return place >= 0 and sections[place].type in ("list", "blockquote", "callout")


def _unclear(tree: Tree) -> Iterator[tuple[Item, Item]]:
    """The items that stand deeper than the one above them and yet are not in it, each with that one.

    The editor shows such an item as an inner one, the page does not: which is meant, only the author knows.
    """
    last: dict[int | None, Item] = {}
    above = _last_of_tree_above(tree)
    if above is not None:
        last[None] = above
    for item in tree.items.values():
        before = last.get(item.parent)
        if before is not None and not item.inline and before.column < item.column:
            yield item, before
        last[item.parent] = item


def _last_of_tree_above(tree: Tree) -> Item | None:
    """The last outermost item of the list that ends in the line before; `None` where there is none."""
    note = tree.note
    if not tree.members[0]:
        return None
    place = tree.root_of(tree.members[0] - 1)
    end = note.source.line_of(max(note.items[place].span.end - 1, 0))
    if end != tree.first_line - 1:
        return None
    return Tree(note, [place]).items.get(place)


def _unclear_fault(tree: Tree, item: Item, above: Item) -> Fault:
    # In a quote, the first space behind `>` may be the quote's or not: then the two are counted from different places.
    need = max(above.content - item.column, 1)
    return Fault(
        tree.note.items[item.place].marker_span,
        f"the item is indented, but by {need} too little to be in the item '{above.marker}' above it",
        Head(),
        hint=f"indent it by {need} more to put it into that item, or not at all",
    )
