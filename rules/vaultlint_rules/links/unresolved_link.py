"""Links to files that the vault does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.links._missing import Options, is_missing, missing

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import Group, LinkRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


class UnresolvedLink(LinkRule):
    """A link names a note or file that the vault does not have."""

    name = "unresolved-link"
    group = Group.LINKS
    severity = Severity.WARNING
    Options = Options
    only_faults = True
    only_near = True
    reads_git = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if nothing in the vault answers to its path."""
        if link.embed or not is_missing(link, target, index, self.options, self.context):
            return
        yield missing(self, link, target, index, Applicability.UNSAFE)
