"""Timestamps that run backwards."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.timestamps._times import recording, sound, video_id

from vaultlint.rule.finding import Related
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import ListItem, Timestamp
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What can be set for `timestamp-order`."""

    scope: Annotated[
        Literal["section", "list", "note"],
        "Where times must run forward: between two headings, in one list, or over the whole note.",
    ] = "section"


class TimestampOrder(NoteRule):
    """A timestamp is earlier than the one before it in the same section."""

    name = "timestamp-order"
    group = Group.TIMESTAMPS
    needs = frozenset({"timestamps"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each time earlier than the one before; where one is cited again, its first place counts."""
        times = [timestamp for timestamp in note.timestamps if sound(timestamp)]
        if len(times) < 2:
            return
        own = video_id(note)
        last: dict[tuple[int, str], Timestamp] = {}
        seen: set[tuple[int, str, int]] = set()
        for cited in _together(note.text, times):
            for timestamp in sorted(cited, key=_seconds):
                scope = _scope(note, timestamp, self.options.scope)
                if scope is None:
                    continue
                place = (scope, recording(timestamp, own))
                if (*place, _seconds(timestamp)) in seen:
                    continue
                seen.add((*place, _seconds(timestamp)))
                before = last.get(place)
                last[place] = timestamp
                if before is not None and _seconds(timestamp) < _seconds(before):
                    yield self._backwards(note, before, timestamp)

    def _backwards(self, note: Note, before: Timestamp, timestamp: Timestamp) -> Finding:
        return self.find(
            timestamp.text_span,
            f"'{timestamp.text}' is earlier than '{before.text}' before it",
            fix=lambda: _sorted_list(note, before, timestamp),
            related=(Related(note.path, f"'{before.text}' stands here", before.text_span),),
        )


def _seconds(timestamp: Timestamp) -> int:
    return timestamp.seconds or 0


_BETWEEN = re.compile(r"[ \t,;/&+|()\[\]–—-]*(?:and|und|et|y|e)?[ \t()\[\]]*")


def _together(text: str, times: list[Timestamp]) -> Iterator[list[Timestamp]]:
    """Timestamps cited in one breath, with nothing but commas between them, say nothing about order."""
    group = [times[0]]
    for timestamp in times[1:]:
        if _BETWEEN.fullmatch(text, group[-1].span.end, timestamp.span.start):
            group.append(timestamp)
        else:
            yield group
            group = [timestamp]
    yield group


def _scope(note: Note, timestamp: Timestamp, scope: str) -> int | None:
    """A number for the section or list that a timestamp stands in; `None` where it stands in no list."""
    place = timestamp.span.start
    if scope == "section":
        return bisect_right([heading.span.start for heading in note.headings], place)
    if scope == "note":
        return 0
    item = _item(note, place)
    while item is not None and item.parent is not None:
        item = note.items[item.parent]
    return item.list if item is not None else None


def _item(note: Note, place: int) -> ListItem | None:
    """The innermost list item at a place."""
    found = None
    for item in note.items:
        if item.span.start > place:
            break
        if place < item.span.end:
            found = item
    return found


_CHANGED = frozenset({Aspect.BLOCK_IDS, Aspect.LISTS})
"""What stands in an item goes with it, and is the same there; only a block id may name another item by its number."""


def _sorted_list(note: Note, before: Timestamp, timestamp: Timestamp) -> Fix | None:
    """The items of the list in order of their times, if both stand in one list and each item has a time."""
    item, other = _item(note, timestamp.span.start), _item(note, before.span.start)
    if item is None or other is None or item.list != other.list or note.lists[item.list].ordered:
        return None
    # A list with code or math in it is left to its author.
    whole = note.lists[item.list].span
    opaque = (*(code.span for code in note.code), *(math.span for math in note.math))
    if any(whole.overlaps(span) for span in opaque):
        return None
    items = [note.items[place] for place in note.lists[item.list].items]
    stamps = [stamp for entry in items if (stamp := _own_time(note, entry)) is not None]
    own = video_id(note)
    # Times of several recordings have no common order.
    if len(stamps) < len(items) or len({recording(stamp, own) for stamp in stamps}) > 1:
        return None
    by_time = [entry for _, entry in sorted(zip(stamps, items, strict=True), key=lambda pair: _seconds(pair[0]))]
    edits = tuple(
        Edit(note.path, here.span, there.span.of(note.text))
        for here, there in zip(items, by_time, strict=True)
        if here is not there
    )
    if not edits:  # two times of one item
        return None
    return Fix(
        "put the items of this list in the order of their times",
        edits,
        Applicability.UNSAFE,
        may_change=_CHANGED,
        reason="the list may be in another order on purpose",
    )


def _own_time(note: Note, item: ListItem) -> Timestamp | None:
    """The first time in an item's own text; none where it can't be read."""
    first = next((time for time in note.timestamps if item.content_span.covers(time.span)), None)
    return first if first is not None and first.seconds is not None else None
