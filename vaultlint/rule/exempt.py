"""Notes of which not every rule speaks: templates, and notes that a plug-in owns.

A template is filled in elsewhere (semantics 10.5): its properties, dates and headings are none yet, and white space in
it may be where somebody is to write. A note that a plug-in owns, such as a drawing or a board, is a file of that
plug-in (semantics 10.9-10.11): the links in it are real, its form is none of its reader's.

A rule says by `in_templates` and `in_plugin_notes` whether it speaks of them; where it does not say, its group decides.
The engine heeds it, and a rule need not look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from vaultlint.rule.kinds import Group, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context

_R = TypeVar("_R", bound=Rule)

ORDINARY, TEMPLATE, PLUGIN_NOTE = 0, 1, 2
"""What a note is, and what a rule leaves alone; one may be both."""

KINDS = range(4)
"""What a note can be."""

_IN_TEMPLATES = frozenset({Group.LINKS, Group.ALIASES, Group.CALLOUTS, Group.FILES, Group.META})
_IN_PLUGIN_NOTES = frozenset({Group.LINKS, Group.ALIASES, Group.FILES, Group.META})
"""Groups whose rules speak of such notes unless they say otherwise."""

_DRAWING = ".excalidraw.md"
"""How Excalidraw names its notes, whatever their properties say."""

_TOP = 2_000
"""Code points: no plug-in writes the property that makes a note its own further down."""


def left_alone(rule: type[Rule]) -> int:
    """Of which notes a rule does not speak: `TEMPLATE`, `PLUGIN_NOTE`, both or neither."""
    in_templates = rule.group in _IN_TEMPLATES if rule.in_templates is None else rule.in_templates
    in_plugin_notes = rule.group in _IN_PLUGIN_NOTES if rule.in_plugin_notes is None else rule.in_plugin_notes
    return (ORDINARY if in_templates else TEMPLATE) | (ORDINARY if in_plugin_notes else PLUGIN_NOTE)


def speaking(rules: Iterable[_R], kind: int) -> list[_R]:
    """The rules that speak of notes of a kind."""
    return [rule for rule in rules if not left_alone(type(rule)) & kind]


class Exemptions:
    """Tells notes apart; made once a run, asked for every note."""

    def __init__(self, context: Context) -> None:
        self._is_template = context.is_template
        self._has_templates = bool(context.template_folders or context.template_notes)
        self._properties = frozenset(context.plugin_properties)

    def kind_of(self, note: Note) -> int:
        """`ORDINARY`, or what else the note is."""
        kind = ORDINARY
        if self._has_templates and self._is_template(note.path):
            kind = TEMPLATE
        if self._is_plugins(note):
            kind |= PLUGIN_NOTE
        return kind

    def _is_plugins(self, note: Note) -> bool:
        if note.path.endswith(_DRAWING):
            return True
        owners = self._properties
        for found in note.properties:  # no any(): this is asked of every note
            if found.key in owners:  # in this very case, as plug-ins ask for it
                return True
        return note.frontmatter.error is not None and self._is_written(note)

    def _is_written(self, note: Note) -> bool:
        """Whether such a property stands at the top of a note whose properties can't be read."""
        names = "|".join(map(re.escape, sorted(self._properties)))
        return bool(names) and re.search(rf"(?m)^(?:{names})[ \t]*:", note.text[:_TOP]) is not None
