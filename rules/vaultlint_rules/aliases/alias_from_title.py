"""Titles that are not among a note's aliases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.aliases._items import LINKED
from vaultlint_rules.frontmatter._append import with_values
from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._lists import short
from vaultlint_rules.frontmatter._names import NO_PROPERTY, PropertyName
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.frontmatter._titles import file_title, title_of, top_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import appended, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What can be set for `alias-from-title`."""

    heading: Annotated[bool, "The heading of level 1 should be an alias."] = True
    property: Annotated[str, "A property whose text should be an alias, too, such as `title`; empty: none."] = ""
    helper: Annotated[
        PropertyName, "A property that keeps the alias last written, so that a new title takes its place; empty: none."
    ] = NO_PROPERTY


class AliasFromTitle(NoteRule):
    """The title of a note, which is not its name, is not among its aliases."""

    name = "alias-from-title"
    group = Group.ALIASES
    severity = Severity.INFO
    in_templates = False
    in_plugin_notes = False
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the heading, and the text of the property, where the app offers the note by no such name."""
        if note.frontmatter.error is not None:
            return
        title = title_of(note, "heading") if self.options.heading else None
        if title is not None:
            title = _as_name(title)
            yield from self._judge(note, title)
        other = note.property(self.options.property) if self.options.property else None
        if other is not None and isinstance(other.value, str) and _as_name(other.value) != title:
            yield from self._of_property(note, other.key, _as_name(other.value))

    def _of_property(self, note: Note, key: str, text: str) -> Iterator[Finding]:
        if text.strip() and self._lacks(note, text) and not is_placeholder(text):
            yield self._missing(note, f"'{key}', '{short(text)}',", text, ())

    def _judge(self, note: Note, title: str) -> Iterator[Finding]:
        kept = self._kept(note)
        if not self._lacks(note, title):
            if self.options.helper and kept != title and title in _aliases(note):
                yield self._not_kept(note, title)
        elif kept is not None and kept in _aliases(note):
            yield self._replaced(note, title, kept)
        else:
            yield self._missing(note, f"the heading '{short(title)}'", title, self._helper_edits(note, title))

    def _lacks(self, note: Note, title: str) -> bool:
        """Whether neither an alias nor the file's name says it."""
        names = [*_aliases(note), file_title(note) or ""]
        return title.casefold() not in {name.casefold() for name in names}

    def _kept(self, note: Note) -> str | None:
        helper = note.property(self.options.helper) if self.options.helper else None
        return helper.value if helper is not None and isinstance(helper.value, str) else None

    def _replaced(self, note: Note, title: str, old: str) -> Finding:
        owner = note.property("aliases")
        spans = [(item.value, item.span) for item in owner.items] if owner is not None else []
        if owner is not None and not owner.items:
            spans = [(owner.value, owner.value_span)]
        span = next(place for value, place in spans if value == old)
        edits = (Edit(note.path, span, yaml_scalar(title)), *self._helper_edits(note, title))
        return self.find(
            span,
            f"the alias '{short(old)}' is the old title: the note is called '{short(title)}' now",
            fix=lambda: self._fix(note, edits, f"write '{short(title)}'"),
            at_most=Applicability.SAFE,
        )

    def _missing(self, note: Note, what: str, title: str, more: tuple[Edit, ...]) -> Finding:
        owner = note.property("aliases")
        return self.find(
            owner.key_span if owner is not None else top_of(note),
            f"{what} is not among the aliases",
            fix=lambda: self._addition(note, title, more),
            at_most=Applicability.SAFE,
        )

    def _addition(self, note: Note, title: str, more: tuple[Edit, ...]) -> Fix | None:
        edits = with_values(note, "aliases", (title,))
        return self._fix(note, (*edits, *more), f"add '{short(title)}'") if edits is not None else None

    def _not_kept(self, note: Note, title: str) -> Finding:
        """The next title could not take the place of this one."""
        helper = self.options.helper
        there = note.property(helper)
        span = there.key_span if there is not None else top_of(note)

        def fix() -> Fix | None:
            edits = self._helper_edits(note, title)
            if there is None and (place := appended(note, helper, yaml_scalar(title))) is not None:
                edits = (Edit(note.path, *place),)
            return self._fix(note, edits, f"keep '{short(title)}' there") if edits else None

        message = f"'{helper}' does not say that the alias '{short(title)}' is the title"
        return self.find(span, message, fix=fix, at_most=Applicability.SAFE)

    def _helper_edits(self, note: Note, title: str) -> tuple[Edit, ...]:
        helper = note.property(self.options.helper) if self.options.helper else None
        if helper is None or isinstance(helper.value, list | dict):
            return ()
        if helper.style == "null":
            return (Edit(note.path, Span(helper.key_span.end, helper.span.end), f": {yaml_scalar(title)}"),)
        return (Edit(note.path, helper.value_span, yaml_scalar(title)),)

    def _fix(self, note: Note, edits: tuple[Edit, ...], title: str) -> Fix | None:
        if not keeps_values(note, edits, ("aliases", self.options.helper.lower())):
            return None
        return Fix(title, edits, Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))


def _as_name(text: str) -> str:
    """What a text says that is a link; the app reads no link in an alias."""
    link = LINKED.fullmatch(text)
    return (link[2] or link[1]).strip() if link is not None else text


def _aliases(note: Note) -> list[str]:
    """The aliases that the app reads."""
    owner = note.property("aliases")
    if owner is None:
        return []
    if isinstance(owner.value, str):
        return [owner.value] if "," not in owner.value else []
    return [item.value for item in owner.items if isinstance(item.value, str)]
