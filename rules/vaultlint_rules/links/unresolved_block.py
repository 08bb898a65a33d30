"""Links to blocks that a note does not have: the app opens it at the top (semantics 2.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.links._notes import Options, is_judged, name_of

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, LinkRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+")
"""What the app takes for a block id (semantics 4.1)."""


class UnresolvedBlock(LinkRule):
    """A link names a block id that its note does not have."""

    name = "unresolved-block"
    group = Group.LINKS
    severity = Severity.WARNING
    Options = Options
    only_faults = True
    only_near = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if its note is there and the block is not."""
        if not target.block_missing or target.path is None:
            return
        if not is_judged(link, target, index, self.options, self.context):
            return
        block = link.subpath[-1]
        yield self.find(
            link.subpath_span,
            f"{name_of(target.path, target.source)} has no block '{block}'",
            hint=None if _BLOCK_ID.fullmatch(block) else "a block id takes letters, digits and dashes only",
        )
