"""The shape of the rules about markers of lists: what is wrong with which item, and one fix for the list around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from vaultlint_rules.tables._markers import beside, trees

from vaultlint.note.lazy import lazy
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultlint_rules.tables._markers import Head, Near, Tree

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class Fault(NamedTuple):
    """What is wrong with one item."""

    span: Span
    message: str
    head: Head
    mendable: bool = True
    hint: str | None = None


class Faults(NamedTuple):
    """What is wrong with the items of one tree, by their place, and heads that must change along with theirs."""

    found: Mapping[int, Fault]
    along: Mapping[int, Head] = {}
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

    def edits(self, tree: Tree, heads: Mapping[int, Head]) -> tuple[Edit, ...]:
        """What gives these items their heads."""
        return tree.edits(heads)

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each fault; those of a tree share a fix."""
        near = beside(note)
        for tree in trees(note):
            for faults in self.faults(tree, near):
                shared = _Shared(self, tree, faults)
                at_most = Applicability.UNSAFE if faults.changes_lists else Applicability.SAFE
                for fault in faults.found.values():
                    fix = shared.fix if fault.mendable else None
                    yield self.find(fault.span, fault.message, hint=fault.hint, fix=fix, at_most=at_most)


class _Shared:
    """The fix of all faults of a tree, worked out once."""

    def __init__(self, rule: ListRule, tree: Tree, faults: Faults) -> None:
        self._rule = rule
        self._tree = tree
        self._faults = faults

    @lazy
    def _fix(self) -> Fix | None:
        heads = {place: fault.head for place, fault in self._faults.found.items() if fault.mendable}
        edits = self._rule.edits(self._tree, {**self._faults.along, **heads})
        if not edits:
            return None
        if self._faults.changes_lists:
            text = self._tree.note.text
            joints = {Edit(edits[0].path, gap, gap.of(text)) for gap in self._faults.gaps}
            edits = tuple(sorted({*edits, *joints}))
            changed = frozenset({Aspect.LISTS})
            return Fix(
                self._rule.title, edits, Applicability.UNSAFE, may_change=changed, reason=self._faults.reason
            )
        return Fix(self._rule.title, edits, Applicability.SAFE, Kind.LAYOUT)

    def fix(self) -> Fix | None:
        """The fix; `None` where something in the list can't be moved along."""
        return self._fix
