"""Values that stand twice in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.aliases._items import without
from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._lists import ListOptions, lists_of, short

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


_MOST = 1000
"""Items of a list from which one is taken: nobody writes as many, and each time all is read anew."""


@dataclass(frozen=True)
class Options(ListOptions):
    """What can be set for `list-property-duplicates`."""

    ignore_case: Annotated[bool, "Take values that differ in upper and lower case only for equal."] = False


class ListPropertyDuplicates(NoteRule):
    """A list property holds the same text twice."""

    name = "list-property-duplicates"
    group = Group.FRONTMATTER
    severity = Severity.INFO
    needs = frozenset({"properties"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each text that stands in its list already; equal numbers may well be meant."""
        for owner in lists_of(note, self.options):
            seen = set()
            for place, item in enumerate(owner.items):
                if not isinstance(item.value, str):
                    continue
                value = item.value.casefold() if self.options.ignore_case else item.value
                if value in seen:
                    yield self._twice(note, owner, place, item.value)
                seen.add(value)

    def _twice(self, note: Note, owner: Property, place: int, value: str) -> Finding:
        return self.find(
            owner.items[place].span,
            f"'{short(value)}' stands in '{owner.key}' already",
            fix=lambda: _fix(note, owner, place),
            at_most=Applicability.SAFE,
        )


def _fix(note: Note, owner: Property, place: int) -> Fix | None:
    edit = without(note, owner, place) if len(owner.items) <= _MOST else None
    if edit is None or not keeps_values(note, (edit,), (owner.key.lower(),)):
        return None
    return Fix("remove it", (edit,), Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))
