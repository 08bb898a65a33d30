"""What a template should have filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.links._missing import is_template

from vaultlint.note.model import Span
from vaultlint.note.obsidian import Cover
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PLACEHOLDER = re.compile(r"\{\{\s*([\w-]+)\s*(?::[^{}\r\n]*+)?\}\}", re.IGNORECASE)
_COMMAND = re.compile(r"<%[-_*+~]{0,2}\s*(?:await\s+)?tp[.\s]")


@dataclass(frozen=True)
class Options:
    """What is left over from a template."""

    names: Annotated[tuple[str, ...], "Names between double braces: `{{title}}`, `{{date:YYYY}}`."] = (
        "title",
        "date",
        "time",
    )
    templater: Annotated[
        Literal["places", "everywhere", "never"],
        "Where to report Templater's commands, such as `<% tp.date.now() %>`: in properties, headings and targets of "
        "links (elsewhere they may be quoted), everywhere, or nowhere.",
    ] = "places"


class TemplatePlaceholder(NoteRule):
    """A template's placeholder was not filled in."""

    name = "template-placeholder"
    group = Group.FILES
    severity = Severity.WARNING
    in_templates = False
    in_plugin_notes = False
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is left over, in properties too; not in folders of templates, nor in code, math and comments."""
        text = note.text
        braces = "{" in text and "{{" in text
        if not (braces or "<%" in text) or is_template(note.path, self.context):
            return
        spans = [(span.start, span.end) for span in (*note.opaque, *(each.span for each in note.comments))]
        hidden = Cover([pair for pair in spans if pair[0] >= note.body_start])
        names = {name.lower() for name in self.options.names}
        for found in _PLACEHOLDER.finditer(text) if braces else ():
            if found[1].lower() in names and hidden.touched(*found.span()) < 0:
                yield self._finding(Span(*found.span()), found[0])
        places = self._places(note)
        for command in note.templater if self.options.templater != "never" else ():
            written, pair = command.span.of(text), (command.span.start, command.span.end)
            if _COMMAND.match(written) and hidden.touched(*pair) < 0 and (places is None or places.touched(*pair) >= 0):
                yield self._finding(command.span, written)

    def _places(self, note: Note) -> Cover | None:
        """Where commands are reported; `None`: everywhere."""
        if self.options.templater == "everywhere" or not note.templater:
            return None
        spans = [*(link.target_span for link in note.wikilinks), *(heading.span for heading in note.headings)]
        return Cover([(0, note.body_start), *((span.start, span.end) for span in spans)])

    def _finding(self, span: Span, written: str) -> Finding:
        shown = " ".join(written.split())
        shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
        return self.find(span, f"the placeholder '{shown}' of a template was not filled in")
