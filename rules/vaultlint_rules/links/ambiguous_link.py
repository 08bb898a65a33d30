"""Links that several files answer to, with the app's choice among them unstable (semantics 2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.links._writing import lead_to, may_change

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.fix import Applicability, Fix
from vaultlint.rule.kinds import Group, LinkRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


@dataclass(frozen=True)
class Options:
    """Which links are ambiguous."""

    settled: Annotated[bool, "Report also where folder or length settles which file the app opens."] = False


class AmbiguousLink(LinkRule):
    """Several files answer to a link, and which of them the app opens is not stable."""

    name = "ambiguous-link"
    group = Group.LINKS
    severity = Severity.WARNING
    Options = Options
    only_faults = True
    only_near = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if the app may open another file tomorrow."""
        files = target.candidates or (target.matches if self.options.settled else ())
        if target.path is None or len(files) < 2:
            return
        source, path = target.source, target.path
        choice = "the app may open any of them" if target.ambiguous else f"the app opens '{path}'"
        yield self.find(
            link.path_span,
            f"{len(files)} files answer to '{link.path}': {choice}",
            hint=lambda: f"name the folder: '{index.link_text(path, source)}'",
            fix=lambda: _qualify(link, source, path, index),
            related=tuple(Related(file, "answers to the same name") for file in files),
        )


def _qualify(link: LinkFact, source: str, path: str, index: Index) -> Fix | None:
    """Write the folder that tells the files apart."""
    edits = lead_to(link, source, path, index)
    if not edits:
        return None
    return Fix(
        f"link to '{index.link_text(path, source)}'",
        edits,
        Applicability.UNSAFE,
        may_change=may_change(link),
        reason="another of the files may be meant",
    )
