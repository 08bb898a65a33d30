"""Aliases that are also somebody else's: the app offers both, and people can't tell which they get."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, VaultRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import NameFact
    from vaultlint.vault.index import Index

MOST_RELATED = 5
"""How many of the others a finding names: an alias left by a template may be in every note."""


class AliasCollision(VaultRule):
    """An alias is another note's name or alias."""

    name = "alias-collision"
    group = Group.ALIASES
    severity = Severity.WARNING

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield such an alias in each note that lists it, once a note."""
        for key, places in index.aliases.items():
            namesakes = index.names.get(key, ())
            if len(places) == 1 and not namesakes:
                continue
            holders = dict(reversed(places))  # the first place in each note
            for path, alias in holders.items():
                if path in namesakes:  # its own name: `redundant-alias`
                    continue
                if namesakes:
                    yield self._named(path, alias, namesakes)
                elif len(holders) > 1:
                    yield self._shared(path, alias, holders, index)

    def _named(self, path: str, alias: NameFact, namesakes: tuple[str, ...]) -> Finding:
        whose = f"the name of '{namesakes[0]}'" if len(namesakes) == 1 else f"the name of {len(namesakes)} notes"
        related = tuple(Related(other, f"is named '{alias.text}'") for other in namesakes[:MOST_RELATED])
        return self.find(alias.span, f"the alias '{alias.text}' is {whose}", path=path, related=related)

    def _shared(self, path: str, alias: NameFact, holders: Mapping[str, NameFact], index: Index) -> Finding:
        """An alias of several notes, which is often meant: no link leads astray by it."""
        others = list(islice((other for other in holders if other != path), MOST_RELATED))
        count = len(holders) - 1
        whose = f"of '{others[0]}'" if count == 1 else f"of {count} other notes"
        related = tuple(_place(other, holders[other], index) for other in others)
        message = f"the alias '{alias.text}' is also one {whose}"
        return self.find(alias.span, message, path=path, related=related, severity=Severity.INFO)


def _place(path: str, alias: NameFact, index: Index) -> Related:
    return Related(path, "lists the same alias", alias.span, index.facts[path].position(alias.span.start))
