"""The shape of the rules about markers of lists: what is wrong with which item, and one fix for the list around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from vaultlint_rules.tables._markers import beside, trees

from vaultlint.note.lazy import lazy
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultlint_rules.tables._markers import Head, Near, Rewriting, Tree

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class Fault(NamedTuple):
    """What is wrong with one item."""

    span: Span
    message: str
    head: Head
    along: Mapping[int, Head] = {}
    """The items that get a new head with it, itself included; none: it alone does."""
    hint: str | None = None


class Faults(NamedTuple):
    """What is wrong with the items of one tree, by their place."""

    found: Mapping[int, Fault]
    changes_lists: bool = False
    """Whether the fix joins lists or changes their first number, which is more than layout."""
    gaps: tuple[Span, ...] = ()
    """What stands between lists that are joined: it stays, and is part of the fix."""
    reason: str = ""


class ListRule(NoteRule):
    """A rule about the markers of lists, their space or their indent; it says what is wrong in `faults`."""

    group = Group.TABLES
    severity = Severity.INFO
    needs = frozenset({"items"})
    title: ClassVar[str]
    """Of the fix."""

    def faults(self, tree: Tree, near: Sequence[Near]) -> Iterator[Faults]:
        """What is wrong with the items of a list and of the lists in it, in groups that are mended together.

        `near` says for each list of the note what stands next to it.
        """
        raise NotImplementedError

    def edits(self, tree: Tree, heads: Mapping[int, Head]) -> Rewriting:
        """What gives these items their heads."""
        return tree.edits(heads)

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each fault; those of a tree share a fix."""
        near = beside(note)
        for tree in trees(note):
            for faults in self.faults(tree, near):
                mending = _Mending(self, tree, faults)
                at_most = Applicability.UNSAFE if faults.changes_lists else Applicability.SAFE
                for place, fault in faults.found.items():
                    fix = partial(mending.fix, place)
                    yield self.find(fault.span, fault.message, hint=fault.hint, fix=fix, at_most=at_most)


class _Mending:
    """The fixes of the faults of a tree, whose edits are worked out together."""

    def __init__(self, rule: ListRule, tree: Tree, faults: Faults) -> None:
        self._rule = rule
        self._tree = tree
        self._faults = faults

    @lazy
    def _rewriting(self) -> Rewriting:
        heads: dict[int, Head] = {}
        for place, fault in self._faults.found.items():
            heads |= fault.along or {place: fault.head}
        return self._rule.edits(self._tree, heads)

    @lazy
    def _lines(self) -> tuple[int, ...]:
        return tuple(sorted(self._rewriting.edits))

    def fix(self, place: int) -> Fix | None:
        """The fix of one fault; where lines move with it, of all in the outermost item around it.

        `None` where something in the list can't be moved along.
        """
        edits = tuple(sorted(set(self._own(place))))
        if not edits:
            return None
        title = self._rule.title
        if not self._faults.changes_lists:
            # Tentative: of odd text the readers of the proof do not see the same, and then the list is left alone.
            return Fix(title, edits, Applicability.SAFE, Kind.LAYOUT, tentative=True)
        text = self._tree.note.text
        joints = {Edit(edits[0].path, gap, gap.of(text)) for gap in self._faults.gaps}
        edits = tuple(sorted({*edits, *joints}))
        changed = frozenset({Aspect.LISTS})
        reason = self._faults.reason
        return Fix(title, edits, Applicability.UNSAFE, may_change=changed, reason=reason, tentative=True)

    def _own(self, place: int) -> Iterator[Edit]:
        items, (edits, moves) = self._tree.items, self._rewriting
        if not moves:
            lines = (items[member].line for member in self._faults.found[place].along or (place,))
            return (edits[line] for line in lines if line in edits)
        source, item = self._tree.note.source, self._tree.note.items[self._tree.root_of(place)]
        first, last = (source.line_of(at) for at in (item.span.start, max(item.span.end - 1, 0)))
        lines_in = self._lines[bisect_left(self._lines, first) : bisect_right(self._lines, last)]
        return (edits[line] for line in lines_in)
