"""no-todo-marker: a note has a marker such as TODO in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from vaultlint.note.model import Span
from vaultlint.rule.finding import Finding, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context


@dataclass(frozen=True)
class Options:
    """What a vault can say in its config."""

    markers: Annotated[tuple[str, ...], "The words that must not be left in a note."] = ("TODO", "FIXME")


class NoTodoMarker(NoteRule):
    """A note has a marker such as TODO in it."""

    name = "no-todo-marker"
    group = Group.STYLE
    severity = Severity.INFO
    since = "1.0.0"
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        words = "|".join(re.escape(marker) for marker in self.options.markers)
        self._marker = re.compile(rf"\b({words})\b:?[ \t]*")

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each marker that is not in code, math or the like."""
        for found in self._marker.finditer(note.text):
            span = Span(*found.span(1))
            if not note.hidden(span):
                fix = self._fix(note, Span(*found.span()), found[1])
                yield self.find(span, f"'{found[1]}' is left in the note", fix=fix)

    def _fix(self, note: Note, span: Span, marker: str) -> Fix | None:
        """A task says by its box that there is something to do, so the marker can go."""
        if not any(item.task == " " and item.content_span.start == span.start for item in note.items):
            return None
        edit = Edit(note.path, span, "")
        return Fix(f"take out '{marker}'", (edit,), Applicability.SAFE, may_change=frozenset({Aspect.WORDS}))
