"""Bars of wikilinks with nothing behind them, or nothing before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.aliases._links import above_table, all_wikilinks, inside, is_entangled, is_placeholder, may_change

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Wikilink
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class EmptyAlias(NoteRule):
    """A bar stands in a link with no alias behind it, or with no name before it."""

    name = "empty-alias"
    group = Group.ALIASES
    severity = Severity.WARNING
    needs = frozenset({"wikilinks", "property_links"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `[[a|]]`, and `[[|b]]`, which the app takes for a file named `|b` (observed 7)."""
        if "|" not in note.text:
            return
        for link in all_wikilinks(note):
            nameless = link.target[:1] == "|"
            if not nameless and (link.alias is None or link.alias.strip()):
                continue
            written = link.span.of(note.text)
            if is_placeholder(written):
                continue
            if nameless:
                yield self.find(
                    link.span,
                    f"no name stands before the bar of '{written}'",
                    hint=f"the app looks for a file named '{link.path}'",
                    fix=_without_bar(note, link),
                )
            else:
                message = f"no alias stands behind the bar of '{written}'"
                yield self.find(link.span, message, fix=_without_alias(note, link))


def _without_alias(note: Note, link: Wikilink) -> Fix | None:
    """`[[a|]]` becomes `[[a]]`."""
    if (
        not link.target or link.in_comment or above_table(note, link) or is_entangled(note, link)
    ):  # comments are left alone by fixes
        return None
    edit = Edit(note.path, Span(link.target_span.end, inside(link).end), "")
    changed = may_change(note, link, Aspect.ALIASES)
    return Fix("remove the bar", (edit,), Applicability.SAFE, may_change=changed)


def _without_bar(note: Note, link: Wikilink) -> Fix | None:
    """`[[|b]]` becomes `[[b]]`."""
    name = link.target.lstrip("|").strip()
    if not name or link.in_comment or is_entangled(note, link):
        return None
    return Fix(
        f"link to '{name}'",
        (Edit(note.path, inside(link), name),),
        Applicability.SUGGESTION,
        may_change=may_change(note, link, Aspect.LINKS, Aspect.ALIASES),
        reason="what stands behind the bar may be an alias, and the name forgotten",
    )
