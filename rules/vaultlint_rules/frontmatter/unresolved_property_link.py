"""Links in properties to files that the vault does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.links._missing import alias_holders, hint_for, is_placeholder, no_file, renamed_fix
from vaultlint_rules.links._writing import lead_to, may_change

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Fix
from vaultlint.rule.kinds import Group, LinkRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.history import Went
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


class UnresolvedPropertyLink(LinkRule):
    """A link in a property names a note or file that the vault does not have."""

    name = "unresolved-property-link"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_templates = True
    in_plugin_notes = True
    only_faults = True
    only_near = True
    reads_git = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if nothing in the vault answers to its path; an alias does not (semantics 2.6)."""
        if link.property_key is None or not target.missing or link.path.startswith("|"):  # `empty-alias`
            return
        source = target.source
        if is_placeholder(link, source, self.context):
            return
        went = None if alias_holders(link, index) else index.history.went(link.path, source)
        yield self.find(
            link.path_span,
            no_file(link),
            hint=lambda: _hint(link, source, index, went),
            fix=lambda: _fix(link, source, index, went),
            at_most=Applicability.SAFE if went else Applicability.SUGGESTION,
        )


def _hint(link: LinkFact, source: str, index: Index, went: Went | None) -> str | None:
    holders = alias_holders(link, index)
    if len(holders) == 1:
        name = index.link_text(holders[0], source)
        return f"'{link.path}' is an alias of '{name}': write [[{name}|{link.path}]]"
    if holders:
        return f"'{link.path}' is an alias of {len(holders)} notes: link to one of them by its name"
    return hint_for(link, source, index, went)


def _fix(link: LinkFact, source: str, index: Index, went: Went | None) -> Fix | None:
    """Lead the link to the file that git knows of, to the one note that has the alias, or to the nearest name."""
    if went is not None and (fix := renamed_fix(link, source, index, went)) is not None:
        return fix
    holders = alias_holders(link, index)
    path = holders[0] if len(holders) == 1 else None if holders else index.near_file(link.path)
    edits = lead_to(link, source, path, index) if path is not None else ()
    if path is None or not edits:
        return None
    return Fix(
        f"link to '{index.link_text(path, source)}'",
        edits,
        Applicability.SUGGESTION,
        may_change=may_change(link),
        reason=f"another note than '{path}' may be meant",
    )
