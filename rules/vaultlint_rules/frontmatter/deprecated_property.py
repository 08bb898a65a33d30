"""The old names `tag`, `alias` and `cssclass`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._append import added
from vaultlint_rules.frontmatter._places import is_placeholder, stands_alone, whole_lines

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import flow_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PLURAL = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}

_BETWEEN = {"tag": re.compile(r"[,\s]+"), "alias": re.compile(r"\s*,\s*"), "cssclass": re.compile(r"[,\s]+")}
"""What stood between values in one text while the app still read these names (semantics 6.15)."""

_CHANGED = frozenset({Aspect.PROPERTIES})


class DeprecatedProperty(NoteRule):
    """A property has the old name tag, alias or cssclass, which Obsidian no longer reads."""

    name = "deprecated-property"
    group = Group.FRONTMATTER
    severity = Severity.WARNING
    in_plugin_notes = True
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each old name, in whatever case (semantics 6.12, 6.14)."""
        for found in note.properties:
            plural = _PLURAL.get(found.key.lower())
            if plural is None:
                continue
            there = note.property(plural)
            hint = f"rename it to '{plural}'" if there is None else f"move its values to '{there.key}'"
            yield self.find(
                found.key_span,
                f"Obsidian no longer reads '{found.key}': the property is called '{plural}'",
                hint=hint,
                fix=_rename(note, found, plural) if there is None else _merge(note, found, there),
            )


def _rename(note: Note, found: Property, plural: str) -> Fix | None:
    """The new name; one text with several values becomes a list, which the new name needs."""
    if sum(_PLURAL.get(other.key.lower()) == plural for other in note.properties) > 1:
        return None
    edits = [Edit(note.path, found.key_span, plural)]
    written = found.value_span.of(note.text)
    values = _values(found)
    if isinstance(found.value, str) and len(values) > 1:
        if found.style not in ("plain", "single", "double") or re.search(r"[\[\]{}\r\n]|<%", written):
            return None
        edits.append(Edit(note.path, found.value_span, flow_list(values)))
    return Fix(f"rename it to '{plural}'", tuple(edits), Applicability.SAFE, may_change=_CHANGED)


def _merge(note: Note, found: Property, there: Property) -> Fix | None:
    """Put what is missing into the list with the new name, and take the old one away."""
    known = {value.casefold() for value in _values(there)}
    missing = tuple(value for value in _values(found) if value.casefold() not in known)
    added_edits = added(note, there, missing) if missing else ()
    if added_edits is None or not stands_alone(note, found) or is_placeholder(found.value_span.of(note.text)):
        return None
    removed = Edit(note.path, whole_lines(note.text, found.span.start, found.span.end), "")
    if ": &" in removed.span.of(note.text):
        return None  # other values may refer to it
    return Fix(
        f"move its values to '{there.key}'",
        (*added_edits, removed),
        Applicability.SUGGESTION,
        may_change=_CHANGED,
        reason="the note may have been meant to go without them",
    )


def _values(found: Property) -> tuple[str, ...]:
    """The values as texts: of a list its items, of one text its parts."""
    if isinstance(found.value, str):
        parts = _BETWEEN.get(found.key.lower(), _BETWEEN["alias"]).split(found.value.strip())
        return tuple(part for part in parts if part)
    if isinstance(found.value, int | float) and not isinstance(found.value, bool):
        return (str(found.value),)
    return tuple(str(item.value) for item in found.items if isinstance(item.value, str | int | float))
