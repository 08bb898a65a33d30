"""Properties in another order than the vault's owner wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._pieces import line_break_before, pieces_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


_BLANK = re.compile(r"(?:[ \t]*(?:\r\n?|\n))+")


@dataclass(frozen=True)
class Options:
    """What can be set for `property-order`."""

    order: Annotated[tuple[str, ...], "Names in the order in which they should stand."] = ()
    place: Annotated[Literal["first", "last"], "Where the names of `order` stand: before all others or behind."] = (
        "first"
    )
    others: Annotated[
        Literal["ascending", "descending", "keep"], "How names that are not in `order` are sorted among themselves."
    ] = "ascending"


class PropertyOrder(NoteRule):
    """The properties of a note do not stand in the order that the config asks for."""

    name = "property-order"
    group = Group.FRONTMATTER
    severity = Severity.INFO
    needs = frozenset({"properties"})
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._ranks = {name.lower(): rank for rank, name in reversed(list(enumerate(self.options.order)))}

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the first property that should stand further up."""
        found = note.properties
        if len(found) < 2:
            return
        wanted = self._sorted([each.key for each in found])
        places = range(len(found))
        wrong = [place for place in places if wanted[place] != place]
        if not wrong:
            return
        first, last = wrong[0], wrong[-1]
        pieces = pieces_of(note)
        if pieces is None:
            return
        up, down = found[wanted[first]], found[first]
        yield self.find(
            up.key_span,
            f"'{up.key}' should stand above '{down.key}'",
            fix=lambda: _fix(note, pieces, wanted[first : last + 1]),
            at_most=Applicability.SAFE,
        )

    def _sorted(self, keys: Sequence[str]) -> list[int]:
        """The places of these names, in the order that is wanted."""
        listed = [place for place, key in enumerate(keys) if key.lower() in self._ranks]
        listed.sort(key=lambda place: self._ranks[keys[place].lower()])
        others = [place for place, key in enumerate(keys) if key.lower() not in self._ranks]
        if self.options.others != "keep":
            others.sort(key=lambda place: keys[place].casefold(), reverse=self.options.others == "descending")
        return [*listed, *others] if self.options.place == "first" else [*others, *listed]


def _fix(note: Note, pieces: Sequence[Span], order: Sequence[int]) -> Fix | None:
    """The lines of the properties between the first and the last that move, put in order."""
    first = min(order)
    start = pieces[first].start
    # With the line break before them: a comment that comes to stand there belongs to no value above it.
    begin = line_break_before(note.text, start) if first else start
    span = Span(begin, pieces[max(order)].end)
    lines = [pieces[place].of(note.text) for place in order]
    if not first and (gap := _BLANK.match(lines[0])):  # it is set off from what stood first
        lines[0] = lines[0][gap.end() :]
        lines[order.index(first)] = gap[0] + lines[order.index(first)]
    edit = Edit(note.path, span, note.text[begin:start] + "".join(lines))
    if not keeps_values(note, (edit,)):
        return None  # an anchor would stand below what refers to it
    comments = {Aspect.COMMENTS} if "#" in edit.text else set()
    return Fix(
        "put the properties in order",
        (edit,),
        Applicability.SAFE,
        may_change=frozenset({Aspect.PROPERTIES, *comments}),
        tentative=True,
    )
