"""Items of lists with nothing in them. In templates they are normal (semantics 7.14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import ListItem
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_REASON = "an empty item may be a place to write at"


@dataclass(frozen=True)
class Options:
    """What is empty."""

    tasks: Annotated[bool, "Whether a task without text is one, too."] = False


class ListEmptyItem(NoteRule):
    """An item of a list has no text."""

    name = "list-empty-item"
    group = Group.TABLES
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"items"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every marker that stands alone on its line, with nothing below it."""
        for item in note.items:
            if item.task is not None and not self.options.tasks:
                continue
            end = (item.task_span or item.marker_span).end
            if not note.text[end : item.span.end].strip() and _stands_alone(note, item):
                span = Span(item.marker_span.start, end)
                yield self.find(
                    span, f"nothing stands behind the marker '{span.of(note.text)}'", fix=_removal(note, item)
                )


def _stands_alone(note: Note, item: ListItem) -> bool:
    line = note.source.line_span(note.source.line_of(item.span.start))
    before = note.text[line.start : item.span.start]
    behind = note.text[(item.task_span or item.marker_span).end : line.end]
    return not before.strip("> \t") and not behind.strip()


def _removal(note: Note, item: ListItem) -> Fix | None:
    span = _cut(note, item)
    if span is None:
        return None
    return Fix(
        "remove the empty item",
        (Edit(note.path, span, ""),),
        Applicability.UNSAFE,
        may_change=frozenset({Aspect.LISTS}),
        reason=_REASON,
        tentative=True,
    )


def _cut(note: Note, item: ListItem) -> Span | None:
    """What to take away; `None` where text follows, which would become a part of what stands before the item."""
    source, text = note.source, note.text
    number = source.line_of(item.span.start)
    line = source.line_span(number)
    siblings = [note.items[place] for place in note.lists[item.list].items]
    if siblings[0] is item and len(siblings) > 1 and not text[line.end : siblings[1].span.start].strip("> \t\r\n"):
        return Span(item.span.start, siblings[1].span.start)
    if number == 1 or line.start <= note.body_start:
        return Span(item.span.start, line.end)
    before = source.line_span(number - 1).end
    follows = source.line_span(number + 1).of(text).lstrip("> \t") if number < len(source.line_starts) else ""
    if not follows or follows[0] in "-*+" or follows[0].isdigit():
        return Span(before, line.end)
    return None
