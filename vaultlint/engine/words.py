"""What edits do to the words around and between the parts of a note that they may change."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.engine.licensed import HOLD_WORDS, PARTS, spans_of
from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.engine.edited import Edited, Licence

_WORD = re.compile(r"[^\W_]+|[^\x00-\x7f\w]|[,;?.]")
"""A word, or a sign that is no mark of Markdown: white space beyond ASCII is one, it is written on purpose."""
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
        self._known: dict[Licence, tuple[list[Span], list[Span]]] = {}

    def at(self, place: int) -> tuple[list[str], set[str]]:
        """The words of plain text that an edit touches, in order, and those of links, tags, ... that it touches."""
        piece = self._whole_words(self._edited.spans[place])
        no_words, marks = self._parts_of(self._edited.licences[place])
        words: list[str] = []
        start = piece.start
        for part in _touched(no_words, piece):
            words += _WORD.findall(self._text, start, max(start, part.start))
            start = max(start, part.end)
        words += _WORD.findall(self._text, start, max(start, piece.end))
        return words, {word for mark in _touched(marks, piece) for word in _WORD.findall(mark.of(self._text))}

    def _whole_words(self, span: Span) -> Span:
        """The span with the rest of the words that it cuts, as far as a word is to be read."""
        before = _END_OF_WORD.search(self._text, max(span.start - _LONG, 0), span.start)
        behind = _WORD.match(self._text, span.end, span.end + _LONG)
        return Span(before.start() if before else span.start, behind.end() if behind else span.end)

    def _parts_of(self, licence: Licence) -> tuple[list[Span], list[Span]]:
        """The parts whose words are no plain text, and those of them that may become text, or text them.

        The number of an item is no word, nor is a task's state; what a link says is judged as where it leads.
        """
        known = self._known.get(licence)
        if known is None:
            note = self._edited.note
            marks = _joined(spans_of(note, licence, PARTS))
            spans = [item.marker_span for item in note.items]
            spans += [item.task_span for item in note.items if item.task_span is not None]
            spans += PARTS[Aspect.LINKS](note)
            known = self._known[licence] = _joined((*spans, *marks, *spans_of(note, licence, HOLD_WORDS))), marks
        return known


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _touched(spans: list[Span], piece: Span) -> Iterator[Span]:
    at = bisect_left(spans, piece.start, key=_end)
    while at < len(spans) and spans[at].start <= piece.end:
        yield spans[at]
        at += 1


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
