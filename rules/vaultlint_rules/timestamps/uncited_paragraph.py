"""Paragraphs of a video note that do not say where in the recording they come from."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Span
from vaultlint.note.obsidian import Cover
from vaultlint.note.timestamps import VIDEO_ID
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_WORD = re.compile(r"\w+")
_TIME = re.compile(r"\d{1,3}(?::\d{2}){1,2}")
_TARGETS = re.compile(r"\[\[(?:[^\[\]|]*+\|)?+|\]\([^()\s]*+\)")
"""What links do not show."""


@dataclass(frozen=True)
class Options:
    """What can be set for `uncited-paragraph`."""

    items: Annotated[bool, "Look at list items, too."] = True
    headings: Annotated[bool, "Let a timestamp in a heading stand for all that is under it."] = True
    min_words: Annotated[int, "What has fewer words needs no timestamp; links count as what they show."] = 4
    ignore: Annotated[tuple[str, ...], "Headings under which nothing needs a timestamp."] = ()


class UncitedParagraph(NoteRule):
    """A paragraph or list item of a note about a recording has no timestamp."""

    name = "uncited-paragraph"
    group = Group.TIMESTAMPS
    severity = Severity.INFO
    needs = frozenset({"timestamps"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each block of text without one, in notes that name their video and cite it."""
        video = note.property(VIDEO_ID)
        if video is None or video.value in (None, ""):
            return
        times = _times(note)
        exempt, hidden = Cover(self._exempt(note, times)), _hidden(note)
        for span in self._blocks(note, times):
            if _has(times, span) or exempt.touched(span.start, span.end) >= 0:
                continue
            if _count_words(note, span, hidden) >= int(self.options.min_words):
                yield self.find(_first_line(note, span), "nothing here says where in the recording it is")

    def _exempt(self, note: Note, times: list[int]) -> Iterator[tuple[int, int]]:
        """Sections whose heading is ignored, or has a timestamp of its own."""
        ignored = {name.lstrip("# ").casefold() for name in self.options.ignore}
        ends = [len(note.text)] * 7
        """For each level, where the section that is open there ends, from the last heading to the first."""
        for heading in reversed(note.headings):
            cited = bool(self.options.headings) and _has(times, heading.span)
            if cited or heading.text.casefold() in ignored:
                yield heading.span.end, ends[heading.level]
            ends[heading.level :] = [heading.span.start] * (7 - heading.level)

    def _blocks(self, note: Note, times: list[int]) -> Iterator[Span]:
        """Paragraphs at the root, and items of which none above has a timestamp."""
        yield from (section.span for section in note.sections if section.type == "paragraph")
        if not self.options.items:
            return
        cited: list[bool] = []
        for item in note.items:
            above = item.parent is not None and cited[item.parent]
            cited.append(above or _has(times, item.content_span))
            if not cited[-1] and item.task is None:
                yield item.content_span


def _times(note: Note) -> list[int]:
    """Where the note says when: timestamps, and links of players of their own (`[02:01]()`, `[02:01](app://121)`)."""
    links = (link.span.start for link in note.links if _TIME.fullmatch(link.text.strip()))
    return sorted({*links, *(stamp.span.start for stamp in note.timestamps)})


def _hidden(note: Note) -> list[Span]:
    """What nobody said in the recording: comments, fields, tags, embeds; sorted."""
    found = [each.span for each in note.comments] + [each.span for each in note.inline_fields]
    found += [each.span for each in note.html] + [each.span for each in note.tags]
    return sorted([*found, *(each.span for each in note.embeds)])


def _count_words(note: Note, span: Span, hidden: list[Span]) -> int:
    """The words of a block; links count as what they show."""
    parts: list[str] = []
    start = span.start
    for each in (hidden[at] for at in range(bisect_left(hidden, Span(span.start, 0)), len(hidden))):
        if each.start >= span.end:
            break
        if each.start >= start and each.end <= span.end:
            parts.append(note.text[start : each.start])
            start = each.end
    parts.append(note.text[start : span.end])
    return len(_WORD.findall(_TARGETS.sub(" ", " ".join(parts))))


def _has(times: list[int], span: Span) -> bool:
    place = bisect_left(times, span.start)
    return bool(place < len(times) and times[place] < span.end)


def _first_line(note: Note, span: Span) -> Span:
    line = note.source.line_span(note.source.line_of(span.start))
    return Span(span.start, max(min(span.end, line.end), span.start))
