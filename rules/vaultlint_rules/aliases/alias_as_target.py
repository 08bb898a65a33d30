"""Links to a note by one of its aliases, which lead nowhere (observed 36, semantics 2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.links._missing import alias_holders
from vaultlint_rules.links._writing import is_tentative, lead_to, may_change

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.fix import Applicability, Fix
from vaultlint.rule.kinds import Group, LinkRule
from vaultlint.vault.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


class AliasAsTarget(LinkRule):
    """A link names a note's alias, and aliases resolve no link."""

    name = "alias-as-target"
    group = Group.ALIASES
    severity = Severity.WARNING
    only_faults = True
    only_near = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if no file has its name and a note has its alias."""
        missing = target.missing and link.property_key is None  # else `unresolved-property-link` says it
        holders = alias_holders(link, index) if missing else ()
        if not holders:
            return
        source, path = target.source, holders[0]
        one = len(holders) == 1
        whose = f"of '{path}'" if one else f"of {len(holders)} notes"
        yield self.find(
            link.path_span,
            f"'{link.path}' is an alias {whose}, and no link is resolved by an alias",
            hint=(lambda: _hint(link, source, path, index)) if one else "name the note that you mean before a bar",
            fix=(lambda: _fix(link, source, path, index)) if one else None,
            at_most=Applicability.SAFE,
            related=_places(link, index),
        )


def _hint(link: LinkFact, source: str, path: str, index: Index) -> str:
    text = index.link_text(path, source)
    if link.markdown or link.embed:
        return f"the note's name is '{text}'"
    return f"write [[{text}|{link.alias or link.path}]]"


def _fix(link: LinkFact, source: str, path: str, index: Index) -> Fix | None:
    """Name the note and show the alias."""
    edits = lead_to(link, source, path, index)
    if not edits:
        return None
    title = f"link to '{index.link_text(path, source)}'"
    tentative = is_tentative(link, edits)
    return Fix(title, edits, Applicability.SAFE, may_change=may_change(link), tentative=tentative)


def _places(link: LinkFact, index: Index) -> tuple[Related, ...]:
    """Where the alias is listed."""
    return tuple(
        Related(path, "has this alias", alias.span, index.facts[path].position(alias.span.start))
        for path, alias in index.aliases[name_key(link.path)]
    )
