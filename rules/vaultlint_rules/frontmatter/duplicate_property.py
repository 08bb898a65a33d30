"""Two properties of one name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_ENTRY = r"""(?mx)^(?P<key>"[^"\r\n]*"|'[^'\r\n]*'|[^\s#:'"-][^:\r\n]*+):(?=\s)
        (?P<value>[^\r\n]*(?:(?:\r\n?|\n)(?:[ \t-][^\r\n]*|(?=[\r\n])))*)(?:\r\n?|\n)?"""
"""A property that begins its line, with all the lines that belong to it."""


class DuplicateProperty(NoteRule):
    """A property is there twice, so that Obsidian reads no property of the note."""

    name = "duplicate-property"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_templates = True
    in_plugin_notes = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the second of two equal keys, or of two that differ in upper and lower case only."""
        error = note.frontmatter.error
        if error is None:
            yield from self._alike(note)
        elif error.kind == "duplicate" and not self.context.is_template(note.path):
            entries = _entries(note, error.span)
            yield self.find(
                error.span,
                f"the property '{error.span.of(note.text)}' is there twice: Obsidian reads none of this note",
                hint="keep one of them; put both values into one list if both are meant",
                fix=_fix(note, entries),
                related=tuple(
                    Related(note.path, "the first is here", Span(*first.span("key"))) for first in entries[:1]
                ),
            )

    def _alike(self, note: Note) -> Iterator[Finding]:
        """Names are compared without regard to case (semantics 6.12): of two such the app shows one."""
        if len({found.key.lower() for found in note.properties}) == len(note.properties):
            return
        seen: dict[str, Property] = {}
        for found in note.properties:
            first = seen.setdefault(found.key.lower(), found)
            if first is not found:
                yield self.find(
                    found.key_span,
                    f"'{found.key}' and '{first.key}' are one property to Obsidian",
                    hint="keep one of them",
                    related=(Related(note.path, "the first is here", first.key_span),),
                    severity=Severity.WARNING,
                )


def _entries(note: Note, second: Span) -> tuple[re.Match[str], ...]:
    """The first and the second property of this name; empty where they are not lines of their own."""
    content = note.frontmatter.content_span
    if content is None:
        return ()
    name = _bare(second.of(note.text))
    same = [
        entry
        for entry in re.compile(_ENTRY).finditer(note.text, content.start, content.end)
        if _bare(entry["key"]) == name
    ]
    at = [number for number, entry in enumerate(same) if entry.start("key") == second.start]
    return (same[0], same[at[0]]) if at and at[0] > 0 else ()


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in "\"'" and key[-1:] == key[:1] else key.strip()


def _fix(note: Note, entries: tuple[re.Match[str], ...]) -> Fix | None:
    """Take away the second where it says nothing new, the first where that one is empty."""
    if len(entries) != 2:
        return None
    first, second = (entry["value"].strip() for entry in entries)
    if second not in (first, "") and first:
        return None
    extra = entries[1] if second in (first, "") else entries[0]
    return Fix(
        f"remove the {'second' if extra is entries[1] else 'empty'} '{_bare(extra['key'])}'",
        (Edit(note.path, Span(*extra.span()), ""),),
        Applicability.SUGGESTION,
        may_change=frozenset({Aspect.PROPERTIES}),
        reason="all properties of the note come back into force with it",
    )
