"""Types of callouts that nobody defined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.callouts._types import TYPES

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.vault.slips import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Callout
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_CHANGED = frozenset({Aspect.CALLOUTS, Aspect.WORDS})


@dataclass(frozen=True)
class Options:
    """Which types there are."""

    types: Annotated[tuple[str, ...], "Types that the vault has beside those of the app."] = ()
    only: Annotated[tuple[str, ...], "The only types that are allowed; none: all that are known."] = ()
    snippets: Annotated[
        bool, "Whether types count that the vault's CSS snippets, or its plug-ins for callouts, define."
    ] = True


class CalloutType(NoteRule):
    """A callout has a type that neither the app nor the vault knows, so it looks like a plain note."""

    name = "callout-type"
    group = Group.CALLOUTS
    severity = Severity.WARNING
    Options = Options
    needs = frozenset({"callouts"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each callout of such a type; the app does not mind the case."""
        known = self._known()
        for callout in note.callouts:
            name = callout.type.strip().lower()
            if name and name not in known and not any(mark in name for mark in ("<%", "{{")):
                allowed = (
                    "is none of the allowed types"
                    if self.options.only
                    else "is no type that the app or the vault knows"
                )
                near = _near(name, known)
                yield self.find(
                    callout.type_span,
                    f"'{callout.type}' {allowed}",
                    hint=f"did you mean '{near}'?" if near else None,
                    fix=_fix(note, callout, near) if near else None,
                    at_most=Applicability.SUGGESTION,
                )

    def _known(self) -> frozenset[str]:
        options = self.options
        if options.only:
            return frozenset(each.lower() for each in options.only)
        own = frozenset(each.lower() for each in options.types)
        return TYPES | own | (frozenset(self.context.callout_types) if options.snippets else frozenset())


def _near(name: str, known: frozenset[str]) -> str | None:
    return next(iter(Names(sorted(known)).nearest(name)), None)


def _fix(note: Note, callout: Callout, name: str) -> Fix:
    edit = Edit(note.path, callout.type_span, name)
    return Fix(f"write '{name}'", (edit,), Applicability.SUGGESTION, may_change=_CHANGED)
