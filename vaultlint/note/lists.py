"""Lists, their items and tasks (observed 60-62, semantics 7d)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.markdown import ITEM, LIST, PARAGRAPH, item_content
from vaultlint.note.model import List, ListItem, Span

if TYPE_CHECKING:
    from vaultlint.note.obsidian import Reading

_TASK = re.compile(r"\[([^\n])\](?:[ \t]++|(?=\n|\Z))")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t])")
_SPACE = re.compile(r"[ \t\n]*+")


def find_lists(reading: Reading) -> tuple[tuple[List, ...], tuple[ListItem, ...]]:
    """All lists and all items, each in text order; those in quotes and callouts, not those in block comments."""
    kinds, _, _, parents = reading.structure.blocks
    if LIST not in kinds:
        return (), ()
    finder = _Finder(reading)
    items: dict[int, int] = {}  # the place of a block: the place of its item, or of its list
    lists: dict[int, int] = {}
    for place, kind in enumerate(kinds):
        if kind == LIST:
            lists[place] = finder.add_list(place)
        elif kind == ITEM:
            home = parents[place]
            holder = parents[home]
            while holder >= 0 and holder not in items:
                holder = parents[holder]
            items[place] = finder.add_item(place, items.get(holder), lists[home])
    return finder.lists(), tuple(finder.items)


class _Finder:
    """The lists and items found so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.items: list[ListItem] = []
        self.spans: list[Span] = []
        self.members: list[list[int]] = []

    def lists(self) -> tuple[List, ...]:
        """The lists, now that all items are known."""
        text = self.reading.text
        return tuple(
            List(span, text[self.items[members[0]].marker_span.end - 1] in ".)", tuple(members))
            for span, members in zip(self.spans, self.members, strict=True)
        )

    def add_list(self, place: int) -> int:
        """A list without items yet; its place among the lists."""
        return self._new_list(self.reading.structure.blocks.starts[place], self.reading.end_of(place))

    def add_item(self, place: int, parent: int | None, home: int) -> int:
        """One item; and one more where its text is itself an item, as in `- [ ] 1. text` (semantics 7.13)."""
        text = self.reading.text
        kinds, starts, ends, parents = self.reading.structure.blocks
        marker, content = starts[place], item_content(text, starts[place])
        end, content_end = self.reading.end_of(place), ends[place]
        if place + 1 < len(starts) and starts[place + 1] < content_end:
            own = kinds[place + 1] == PARAGRAPH and parents[place + 1] == place
            content_end = ends[place + 1] if own else starts[place + 1]
        content_end = self.reading.trimmed(content, max(content_end, content))
        added = self._add(marker, content, content_end, end, parent, home)
        last = added
        while self.items[last].task is not None:
            content = self.items[last].content_span.start
            inner = _MARKER.match(text, content, content_end)
            if inner is None:
                break
            last = self._add(content, inner.end(), content_end, content_end, last, self._new_list(content, content_end))
        return added

    def _new_list(self, start: int, end: int) -> int:
        self.spans.append(Span(start, end))
        self.members.append([])
        return len(self.spans) - 1

    def _add(self, marker: int, content: int, content_end: int, end: int, parent: int | None, home: int) -> int:
        text = self.reading.text
        marker_span = Span(marker, marker + len(text[marker:content].rstrip(" \t")))
        space = _SPACE.match(text, content, content_end)
        content = space.end() if space else content
        task = _TASK.match(text, content, content_end)
        task_span = Span(content, content + 3) if task else None
        # White space behind an empty item, or behind its box, is not part of it.
        end = max(end, task_span.end if task_span else marker_span.end)
        content = min(task.end() if task else content, end)
        self.members[home].append(len(self.items))
        self.items.append(
            ListItem(
                Span(marker, end),
                marker_span,
                Span(content, max(min(content_end, end), content)),
                parent,
                home,
                task[1] if task else None,
                task_span,
            )
        )
        return len(self.items) - 1
