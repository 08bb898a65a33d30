"""Wikilinks in properties without quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Span, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class UnquotedPropertyLink(NoteRule):
    """A link in a property has no quotes, so that it is a list within a list and no link."""

    name = "unquoted-property-link"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_plugin_notes = True
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each value and each list item that is written as a bare `[[link]]` (semantics 1.22)."""
        for found in note.properties:
            if not isinstance(found.value, list) or list not in map(type, found.value):
                continue
            if _is_link(note.text, found.value, found.value_span):
                yield self._finding(note, found.key, found.value_span)
                continue
            for item in found.items:
                if _is_link(note.text, item.value, item.span):
                    yield self._finding(note, found.key, item.span)

    def _finding(self, note: Note, key: str, span: Span) -> Finding:
        written = span.of(note.text)
        fix = Fix(
            f"put {written} in quotes",
            (Edit(note.path, span, quoted(written)),),
            Applicability.SAFE,
            may_change=frozenset({Aspect.LINKS, Aspect.PROPERTIES}),
        )
        in_command = any(command.span.overlaps(span) for command in note.templater)
        return self.find(
            span,
            f"'{written}' in '{key}' has no quotes: Obsidian reads a list in a list, not a link",
            hint=f"write {quoted(written)}",
            fix=None if in_command else fix,
        )


def _is_link(text: str, value: YamlValue, span: Span) -> bool:
    """Whether YAML made a list in a list of `[[a]]`; `[[1, 2]]` and `[["a"]]` are meant as lists."""
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], list):
        return False
    written = span.of(text)
    if not (written.startswith("[[") and written.endswith("]]")) or "\n" in written or "\r" in written:
        return False
    inner = written[2:-2]
    if not inner.strip() or inner.lstrip()[0] in "\"'[{" or is_placeholder(inner):
        return False
    return len(value[0]) == 1 or not all(isinstance(each, int | float) for each in value[0])
