"""Aliases that say what is said anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.aliases._items import emptied, without
from vaultlint_rules.aliases._links import above_table, all_wikilinks, inside, is_entangled, is_placeholder, may_change

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Wikilink
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_OWN = frozenset({Aspect.PROPERTIES})
"""What changes where a note's own name is taken out of its aliases."""


class RedundantAlias(NoteRule):
    """A link shows what it would show without its alias, or a note lists its own name as an alias."""

    name = "redundant-alias"
    group = Group.ALIASES
    severity = Severity.INFO
    in_plugin_notes = False
    needs = frozenset({"wikilinks", "properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the note's own name among its aliases, and `[[A|A]]`."""
        yield from self._own_name(note)
        for link in all_wikilinks(note):
            if not link.alias or link.embed or link.alias.strip() != _shown(link):
                continue
            written = link.span.of(note.text)
            if not is_placeholder(written):
                message = f"'{written}' shows the same without its alias"
                yield self.find(link.span, message, fix=_close(note, link))

    def _own_name(self, note: Note) -> Iterator[Finding]:
        name = without_extension(base_name(note.path))
        owner = note.property("aliases")
        if owner is None or not name:
            return
        message = f"the alias '{name}' is the note's own name"
        if owner.value == name:
            yield self.find(owner.value_span, message, fix=_remove(emptied(note, owner), _OWN))
        for place, item in enumerate(owner.items):
            if item.value == name:
                yield self.find(item.span, message, fix=_remove(without(note, owner, place), _OWN))


def _close(note: Note, link: Wikilink) -> Fix | None:
    """End the link behind its target."""
    if link.in_comment or above_table(note, link) or is_entangled(note, link):
        return None
    edit = Edit(note.path, Span(link.target_span.end, inside(link).end), "")
    return _remove(edit, may_change(note, link, Aspect.ALIASES))


def _remove(edit: Edit | None, changed: frozenset[Aspect]) -> Fix | None:
    if edit is None:
        return None
    return Fix("remove the alias", (edit,), Applicability.SAFE, may_change=changed)


def _shown(link: Wikilink) -> str:
    """What the link shows without an alias (observed 22)."""
    segments = [f"^{part.text}" if part.block else part.text for part in link.subpath]
    return " > ".join([link.path, *segments] if link.path else segments)
