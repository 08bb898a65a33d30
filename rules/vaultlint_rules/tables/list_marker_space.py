"""The white space behind the marker of an item, and behind the box of a task (semantics 7.12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.tables._list_rule import Fault, Faults, ListRule
from vaultlint_rules.tables._markers import Head

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Edit, Fix, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint_rules.tables._markers import Near, Tree

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """How much white space there is."""

    bullet: Annotated[Literal[1, 2, 3, 4], "How many spaces stand behind `-`, `*` or `+`."] = 1
    number: Annotated[Literal[1, 2, 3, 4], "How many spaces stand behind `1.` or `1)`."] = 1


class ListMarkerSpace(ListRule):
    """The white space behind the marker of a list's item, or behind a task's box, is not what the vault wants."""

    name = "list-marker-space"
    title = "space the markers of this list"
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every marker and every box of a task that is spaced otherwise."""
        yield from super().check(note)
        for item in note.items:
            box = item.task_span
            if box is None:
                continue
            gap = Span(box.end, item.content_span.start)
            if len(item.content_span) and gap.of(note.text) != " ":
                fix = Fix("one space", (Edit(note.path, gap, " "),), Applicability.SAFE, Kind.LAYOUT)
                yield self.find(gap, "not one space behind the box of a task", fix=fix)

    def faults(self, tree: Tree, near: Sequence[Near]) -> Iterator[Faults]:
        """The items whose gap is another."""
        found = {}
        for place, item in tree.items.items():
            wanted = " " * (self.options.number if item.marker[-1] in ".)" else self.options.bullet)
            if item.gap not in ("", wanted):
                start = tree.note.items[place].marker_span.end
                what = "1 space" if len(wanted) == 1 else f"{len(wanted)} spaces"
                message = f"not {what} behind the marker '{item.marker}'"
                found[place] = Fault(Span(start, start + len(item.gap)), message, Head(gap=wanted))
        yield Faults(found)
