"""What edits do to the words around and between the parts of a note that they may change."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.engine.licensed import HOLD_WORDS, spans_of
from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.engine.edited import Edited, Licence

_WORD = re.compile(r"[^\W_]+")
_END_OF_WORD = re.compile(r"[^\W_]+\Z")
_LONG = 64


def words_changed(old: Edited, new: Edited) -> str | None:
    """Whether edits change words that are none of what they may change.

    A word may become one of a link, tag, ... that appears there, or be what is left of one that goes.
    """
    moved: Counter[str] = Counter()
    reading = _Words(old), _Words(new)
    for place, licence in enumerate(old.licences):
        if Aspect.WORDS in licence:
            continue
        (gone, held), (come, held_now) = (side.at(place) for side in reading)
        if Aspect.LISTS in licence:  # items may move from one edit to another
            moved.update(come)
            moved.subtract(gone)
            continue
        less, more = Counter(gone) - Counter(come), Counter(come) - Counter(gone)
        if not (held_now.issuperset(less) and held.issuperset(more)) or (not less and not more and gone != come):
            return Aspect.WORDS.value
    return Aspect.WORDS.value if any(moved.values()) else None


class _Words:
    """The words of a note at its edits: those of plain text, and those of parts that the edit may change."""

    def __init__(self, edited: Edited) -> None:
        self._edited = edited
        self._text = edited.note.text
        self._parts: dict[Licence, list[Span]] = {}

    def at(self, place: int) -> tuple[list[str], set[str]]:
        """The words of plain text that an edit touches, in order, and those of the parts around it and in it."""
        piece = self._whole_words(self._edited.spans[place])
        parts = self._parts_of(self._edited.licences[place])
        words: list[str] = []
        held: set[str] = set()
        start = piece.start
        at = bisect_left(parts, piece.start, key=_end)
        while at < len(parts) and parts[at].start <= piece.end:
            words += _WORD.findall(self._text, start, max(start, parts[at].start))
            held.update(_WORD.findall(parts[at].of(self._text)))
            start = max(start, parts[at].end)
            at += 1
        words += _WORD.findall(self._text, start, max(start, piece.end))
        return words, held

    def _whole_words(self, span: Span) -> Span:
        """The span with the rest of the words that it cuts, as far as a word is to be read."""
        before = _END_OF_WORD.search(self._text, max(span.start - _LONG, 0), span.start)
        behind = _WORD.match(self._text, span.end, span.end + _LONG)
        return Span(before.start() if before else span.start, behind.end() if behind else span.end)

    def _parts_of(self, licence: Licence) -> list[Span]:
        """The parts in order, those that overlap as one. The number of an item is no word, nor is a task's state."""
        parts = self._parts.get(licence)
        if parts is None:
            note = self._edited.note
            spans = [item.marker_span for item in note.items]
            spans += [item.task_span for item in note.items if item.task_span is not None]
            parts = []
            for span in sorted((*spans, *spans_of(note, licence, HOLD_WORDS))):
                if parts and span.start < parts[-1].end:
                    parts[-1] = Span(parts[-1].start, max(parts[-1].end, span.end))
                else:
                    parts.append(span)
            self._parts[licence] = parts
        return parts


def _end(span: Span) -> int:
    return span.end


def lost_link(old: Edited, new: Edited) -> str | None:
    """Whether a link that may change has gone, and what it showed with it."""
    links = [sorted(_body_links(side)) for side in (old, new)]
    for place, licence in enumerate(old.licences):
        if Aspect.LINKS not in licence or Aspect.LISTS in licence:
            continue
        then, now = (_touching(some, side.spans[place]) for some, side in zip(links, (old, new), strict=True))
        if len(then) > len(now):
            around = max(len(span) for span, _ in then)
            span = new.spans[place]
            left = set(_WORD.findall(new.note.text, max(span.start - around, 0), span.end + around))
            if not all(left.issuperset(_WORD.findall(shown)) for _, shown in then):
                return Aspect.LINKS.value
    return None


def _body_links(side: Edited) -> Iterator[tuple[Span, str]]:
    for link in side.note.wikilinks:
        yield link.span, link.path if link.alias is None else link.alias
    for markdown in side.note.links:
        yield markdown.span, markdown.text


def _touching(links: list[tuple[Span, str]], span: Span) -> list[tuple[Span, str]]:
    """The links that a span touches, be it at its border. Links do not overlap, but for an image in a link."""
    first = bisect_left(links, span.start, key=lambda each: each[0].end)
    found = []
    while first < len(links) and links[first][0].start <= span.end:
        found.append(links[first])
        first += 1
    return found
