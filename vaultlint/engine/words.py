"""What edits do to the words around and between the parts of a note that they may change."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.engine.licensed import HOLD_WORDS, PARTS, spans_of
from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.engine.edited import Edited

_WORD = re.compile(r"[^\W_]+|[^\x00-\x7f\w]|[,;?.]")
"""A word, or a sign that is no mark of Markdown: white space beyond ASCII is one, it is written on purpose."""
_END_OF_WORD = re.compile(r"[^\W_]+\Z")
_LONG = 64


def words_changed(old: Edited, new: Edited) -> str | None:
    """Whether edits change words that are none of what they may change.

    Text may become a link or tag, and these text, as long as all words stay in their order; no link or tag comes of
    nothing, or goes with what it showed.
    """
    if Aspect.WORDS in old.licence:
        return None
    sides = _Words(old), _Words(new)
    for place in range(len(old.spans)):
        then, now = (side.at(place) for side in sides)
        if then.loose == now.loose and then.marks == now.marks:
            continue
        # What one version has as a mark must be read in the other as far as it goes.
        before, behind = (max(ends) for ends in zip(then.overhang, now.overhang, strict=True))
        then, now = (side.at(place, before, behind) for side in sides)
        if not any(one and one == other for one in (then.shown, then.whole) for other in (now.shown, now.whole)):
            return Aspect.WORDS.value
    return None


class _Mark(NamedTuple):
    """A part of a note whose words are no plain text, by where it stands."""

    span: Span
    shown: str | None = None
    """What people read of it; `None`: it never becomes text, nor text it."""
    whole: str = ""


class _Piece:
    """The words of a note at one edit, in order, each way to read it made at first use."""

    def __init__(self, text: str, span: Span, marks: list[_Mark]) -> None:
        self._text = text
        self._span = span
        self._marks = marks

    @property
    def marks(self) -> int:
        """How many links and tags there are."""
        return sum(1 for mark in self._marks if mark.shown)

    @property
    def overhang(self) -> tuple[int, int]:
        """How far marks reach beyond it, before and behind."""
        if not self._marks:
            return 0, 0
        first, last = self._marks[0].span, self._marks[-1].span
        return max(self._span.start - first.start, 0), max(last.end - self._span.end, 0)

    @cached_property
    def loose(self) -> list[str]:
        """Those that stand in no mark."""
        return self._words([""] * len(self._marks))

    @cached_property
    def shown(self) -> list[str]:
        """With those that marks show."""
        return self._words([mark.shown or "" for mark in self._marks])

    @cached_property
    def whole(self) -> list[str]:
        """With all that is in marks."""
        return self._words([mark.whole for mark in self._marks])

    def _words(self, said: list[str]) -> list[str]:
        words: list[str] = []
        start = self._span.start
        for mark, text in zip(self._marks, said, strict=True):
            words += _WORD.findall(self._text, start, max(start, mark.span.start))
            words += _WORD.findall(text)
            start = max(start, mark.span.end)
        return words + _WORD.findall(self._text, start, max(start, self._span.end))


class _Words:
    """The words of one version at its edits."""

    def __init__(self, edited: Edited) -> None:
        self._edited = edited
        self._text = edited.note.text

    def at(self, place: int, before: int = 0, behind: int = 0) -> _Piece:
        """The words that an edit touches and some signs beyond, cut ones as a whole, as far as a word is to be read."""
        edit = self._edited.spans[place]
        span = Span(max(edit.start - before, 0), edit.end + behind)
        head = _END_OF_WORD.search(self._text, max(span.start - _LONG, 0), span.start)
        tail = _WORD.match(self._text, span.end, span.end + _LONG)
        piece = Span(head.start() if head else span.start, tail.end() if tail else span.end)
        first = bisect_left(self._marks, piece.start, key=_end)
        last = first
        while last < len(self._marks) and self._marks[last].span.start <= piece.end:
            last += 1
        return _Piece(self._text, piece, self._marks[first:last])

    @cached_property
    def _marks(self) -> list[_Mark]:
        """All marks, in order; of those that overlap, the first."""
        found: list[_Mark] = []
        for mark in sorted(self._every(), key=lambda each: (each.span.start, -each.span.end)):
            if not found or mark.span.start >= found[-1].span.end:
                found.append(mark)
        return found

    def _every(self) -> Iterator[_Mark]:
        note, licence = self._edited.note, self._edited.licence
        # The number of an item is no word, nor is a task's state; what stands in a list is judged item by item.
        yield from (_Mark(item.marker_span) for item in note.items)
        yield from (_Mark(item.task_span) for item in note.items if item.task_span is not None)
        yield from (_Mark(span) for span in spans_of(note, licence, HOLD_WORDS))
        yield from (_Mark(html.span) for html in note.html if self._edited.is_free_break(html))
        if Aspect.LISTS in licence:
            yield from (_Mark(each.span) for each in note.lists)
        if Aspect.FOOTNOTES in licence:
            yield from (_Mark(each.span) for each in note.footnotes if each.kind != "inline")
        if Aspect.LINKS in licence:
            for link in note.wikilinks:
                inner = self._text[link.span.start + 2 + link.embed : link.span.end - 2]
                yield _Mark(link.span, link.target if link.alias is None else link.alias, inner)
            for markdown in note.links:
                yield _Mark(markdown.span, markdown.text, f"{markdown.text} {markdown.destination}")
            yield from (_Mark(found.link.span) for found in note.property_links)
        else:  # they are judged as where they lead and what they show
            yield from (_Mark(span) for span in PARTS[Aspect.LINKS](note))
        if Aspect.TAGS in licence:
            yield from (_Mark(tag.span, tag.name, tag.name) for tag in note.tags)
        for aspect in licence & {Aspect.BLOCK_IDS, Aspect.TIMESTAMPS}:
            yield from (_Mark(span) for span in PARTS[aspect](note))


def _end(mark: _Mark) -> int:
    return mark.span.end
