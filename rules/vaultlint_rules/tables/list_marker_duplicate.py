"""Markers that came twice, and signs of other programs that stand for markers: what pasting leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules._spans import Taken

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import ListItem, Section
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_BULLETS = "-*+"
_MARKER = r"(?:[-*+]|\d{1,9}[.)])(?!\S)"
_TWO_MARKERS = re.compile(rf"\n[ \t>]*+{_MARKER}[ \t]*+(?:\[.\][ \t]++)?+(?:>|{_MARKER})")
"""The start of a line with two markers, or a quote behind one: without any, the lists need not be read."""
_STATES = "the two boxes say different things, and the second one goes"


@dataclass(frozen=True)
class Options:
    """What is taken for a marker."""

    characters: Annotated[
        tuple[str, ...], "Signs that stand for a marker at the beginning of a line; none, and they are left alone."
    ] = ("•", "◦", "▪", "●", "‣")


class ListMarkerDuplicate(NoteRule):
    """An item of a list has its marker twice, or a sign that is no marker in Markdown."""

    name = "list-marker-duplicate"
    group = Group.TABLES
    severity = Severity.WARNING
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every marker too many, and every bullet character."""
        if _TWO_MARKERS.search("\n" + note.text.replace("\r", "\n")):
            yield from self._doubled(note)
        signs = [sign for sign in self.options.characters if sign and sign in note.text]
        if signs:
            pattern = re.compile(rf"^([ \t]*)({'|'.join(map(re.escape, signs))})[ \t]+(?=\S)", re.MULTILINE)
            yield from self._characters(note, pattern)

    def _doubled(self, note: Note) -> Iterator[Finding]:
        items = note.items
        alone = {each.items[0] for each in note.lists if len(each.items) == 1}
        for place, item in enumerate(items):
            outer = None if item.parent is None else items[item.parent]
            if outer is None or place not in alone or not _repeats(note, outer, item):
                continue
            end = item.task_span.end if item.task_span else item.marker_span.end
            rest = note.text[end : item.span.end]
            end += len(rest) - len(rest.lstrip(" \t"))
            span = Span(item.marker_span.start, item.task_span.end if item.task_span else item.marker_span.end)
            yield self.find(
                span,
                f"the marker '{span.of(note.text)}' stands right behind '{_head(note, outer)}'",
                hint="remove one of the two",
                fix=_removed(note, outer, item, Span(item.marker_span.start, end)) if rest.strip() else None,
            )

    def _characters(self, note: Note, pattern: re.Pattern[str]) -> Iterator[Finding]:
        """One finding for each paragraph or list, at the first sign."""
        taken = Taken(note.templater, note.comments)
        for section in note.sections:
            if section.type not in ("paragraph", "list"):
                continue
            marks = pattern.finditer(note.text, section.span.start, section.span.end)
            every = [Span(*mark.span(2)) for mark in marks]
            signs = [sign for sign in every if not note.hidden(sign) and not taken.touches(sign)]
            if not signs:
                continue
            sign = signs[0].of(note.text)
            named = any(section.span.covers(block.span) for block in note.block_ids)
            yield self.find(
                signs[0],
                f"'{sign}' is no marker of a list, and so this is no list",
                hint="write '-' instead",
                fix=None if named or section.type == "list" else _markers(note, section, signs),
            )


def _head(note: Note, item: ListItem) -> str:
    return note.text[item.marker_span.start : (item.task_span or item.marker_span).end]


def _repeats(note: Note, outer: ListItem, item: ListItem) -> bool:
    """Whether an item says once more what the one says that it stands right behind."""
    between = note.text[(outer.task_span or outer.marker_span).end : item.marker_span.start]
    one, other = (each.marker_span.of(note.text) for each in (outer, item))
    same = one == other and one in _BULLETS
    boxes = outer.task_span is not None and item.task_span is not None and one in _BULLETS and other in _BULLETS
    return not between.strip(" \t") and "\n" not in between and (same or boxes)


def _removed(note: Note, outer: ListItem, item: ListItem, span: Span) -> Fix:
    """The fix that leaves one marker; a box that only the inner item has stays."""
    if item.task_span is not None and outer.task_span is None:
        span = Span(span.start, item.task_span.start)
    differ = None not in (outer.task, item.task) and outer.task != item.task
    return Fix(
        "remove the second marker",
        (Edit(note.path, span, ""),),
        Applicability.UNSAFE if differ else Applicability.SAFE,
        may_change=frozenset({Aspect.LISTS}),
        reason=_STATES if differ else "",
        tentative=True,
    )


def _markers(note: Note, section: Section, signs: list[Span]) -> Fix:
    # What stands before the first one becomes a paragraph of its own: its end is a part of the change.
    start = max(section.span.start, note.text.rfind("\n", 0, signs[0].start))
    first = Edit(note.path, Span(start, signs[0].end), note.text[start : signs[0].start] + "-")
    return Fix(
        "make it a list",
        (first, *(Edit(note.path, sign, "-") for sign in signs[1:])),
        Applicability.SAFE,
        may_change=frozenset({Aspect.LISTS, Aspect.WORDS}),
        tentative=True,
    )
