"""Lists whose values are not in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal
from unicodedata import combining, normalize

from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._lists import ListOptions, lists_of, short

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options(ListOptions):
    """What can be set for `list-property-order`."""

    properties: Annotated[tuple[str, ...], "Names of the lists to sort; none: all of them."] = ("tags",)
    order: Annotated[Literal["ascending", "descending"], "From A to Z, or from Z to A."] = "ascending"


class ListPropertyOrder(NoteRule):
    """The values of a list property are not in alphabetical order."""

    name = "list-property-order"
    group = Group.FRONTMATTER
    severity = Severity.INFO
    needs = frozenset({"properties"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield, once a list, the first value that should stand further up; lists of texts only."""
        for owner in lists_of(note, self.options):
            values = [item.value for item in owner.items if isinstance(item.value, str)]
            if len(values) == len(owner.items):
                yield from self._judge(note, owner, values)

    def _judge(self, note: Note, owner: Property, values: Sequence[str]) -> Iterator[Finding]:
        backwards = self.options.order == "descending"
        order = sorted(range(len(values)), key=lambda place: _key(values[place]), reverse=backwards)
        wrong = next((place for place, there in enumerate(order) if place != there), None)
        if wrong is None:
            return
        first = order[wrong]
        yield self.find(
            owner.items[first].span,
            f"'{short(values[first])}' should stand before '{short(values[wrong])}' in '{owner.key}'",
            fix=lambda: _fix(note, owner, order),
            at_most=Applicability.SAFE,
        )


def _key(value: str) -> tuple[str, str]:
    """Accents and case decide only between words that are equal without; lower case stands first."""
    bare = "".join(sign for sign in normalize("NFKD", value) if not combining(sign))
    return bare.casefold(), value.swapcase()


def _fix(note: Note, owner: Property, order: Sequence[int]) -> Fix | None:
    """The items in order: what stands between them stays in a flow list, a block list's lines move whole."""
    edit = _in_flow(note, owner, order) if owner.style == "flow" else _in_block(note, owner, order)
    if edit is None or not keeps_values(note, (edit,), (owner.key.lower(),)):
        return None
    comments = {Aspect.COMMENTS} if "#" in edit.text else set()
    licence = frozenset({Aspect.PROPERTIES, *comments})
    return Fix("put the values in order", (edit,), Applicability.SAFE, may_change=licence)


def _in_flow(note: Note, owner: Property, order: Sequence[int]) -> Edit | None:
    spans = [item.span for item in owner.items]
    between = [note.text[one.end : other.start] for one, other in pairwise(spans)]
    behind = note.text[spans[-1].end : owner.value_span.end]
    if any(gap.strip() != "," for gap in between) or "#" in behind:
        return None
    parts = [spans[order[0]].of(note.text)]
    for gap, place in zip(between, order[1:], strict=True):
        parts += (gap, spans[place].of(note.text))
    return Edit(note.path, Span(spans[0].start, spans[-1].end), "".join(parts))


_MARKER = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*[ \t]*-[ \t]+")
"""Comments, and then the marker of an item."""
_REST_OF_LINE = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r\n?|\n)")


def _in_block(note: Note, owner: Property, order: Sequence[int]) -> Edit | None:
    """Each item's line with the comments above it."""
    text = note.text
    below = _REST_OF_LINE.match(text, owner.key_span.end + 1)
    start = begin = below.end() if below else -1
    pieces: list[str] = []
    for item in owner.items:
        marker = _MARKER.fullmatch(text, begin, item.span.start)
        rest = _REST_OF_LINE.match(text, item.span.end)
        if begin < 0 or marker is None or rest is None:
            return None
        pieces.append(text[begin : rest.end()])
        begin = rest.end()
    return Edit(note.path, Span(start, begin), "".join(pieces[place] for place in order))
