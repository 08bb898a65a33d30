"""Properties that the app can't read."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import FrontmatterError
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_COMMAND = r"(?:<%[^%<]*+(?:(?:%(?!>)|<(?!%))[^%<]*+)*+%>|\{\{[^{}\r\n]*+\}\})"
_COMMAND_LINES = rf"(?m)^[ \t]*+{_COMMAND}[ \t]*+(?:\r\n?|\n)"
_ASKS_FOR_QUOTES = ("needs quotes", "quote the whole value")


class FrontmatterSyntax(NoteRule):
    """The properties are not closed, do not begin on line 1, or are not valid YAML."""

    name = "frontmatter-syntax"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_plugin_notes = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what keeps the app from reading the properties; duplicates have a rule of their own."""
        error = note.frontmatter.error
        if error is None or error.kind == "duplicate":
            return
        if _is_template(note):
            return
        yield self.find(error.span, error.message, hint=lambda: _hint(note, error))


def _is_template(note: Note) -> bool:
    """Whether nothing but placeholders is in the way: filled in, they leave properties to read."""
    block = note.frontmatter.span
    written = block.of(note.text) if block is not None else ""
    if not is_placeholder(written):
        return False
    names = count()
    filled = re.sub(_COMMAND, lambda _: f"x{next(names)}", re.sub(_COMMAND_LINES, "", written))
    return read_frontmatter(filled).error is None


def _hint(note: Note, error: FrontmatterError) -> str | None:
    match error.kind:
        case "unclosed":
            return "add a line '---' below the last property"
        case "misplaced":
            return "nothing may stand above the first '---', not even a blank line, nor behind it"
        case "not-a-map":
            return "write 'name: value', one property a line"
        case "too-deep" | "too-large":
            return "put it into the note's body, in a code block"
    written = error.span.of(note.text).strip()
    if (
        any(words in error.message for words in _ASKS_FOR_QUOTES)
        and "\n" not in written
        and len(written) <= 80
        and '"' not in written
    ):
        return f"write {quoted(written)}"
    return "Obsidian reads no property of this note until that is mended"
