"""Paragraphs of a video note that do not say where in the recording they come from."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Span
from vaultlint.note.timestamps import VIDEO_ID
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_WORD = re.compile(r"\w+")
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
        times = [stamp.span.start for stamp in note.timestamps]
        exempt = self._exempt(note, times)
        for span in self._blocks(note, times):
            if _has(times, span) or any(each.covers(span) for each in exempt) or self._is_short(note, span):
                continue
            yield self.find(_first_line(note, span), "nothing here says where in the recording it is")

    def _exempt(self, note: Note, times: list[int]) -> list[Span]:
        """Sections whose heading is ignored, or has a timestamp of its own."""
        ignored = {name.lstrip("# ").casefold() for name in self.options.ignore}
        found: list[Span] = []
        for place, heading in enumerate(note.headings):
            cited = bool(self.options.headings) and _has(times, heading.span)
            if cited or heading.text.casefold() in ignored:
                rest = note.headings[place + 1 :]
                end = next((other.span.start for other in rest if other.level <= heading.level), len(note.text))
                found.append(Span(heading.span.end, end))
        return found

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

    def _is_short(self, note: Note, span: Span) -> bool:
        """Whether it is no more than a few words, a field or comment: nothing that a recording said."""
        text = span.of(note.text)
        hidden = [each.span for each in (*note.comments, *note.inline_fields, *note.html, *note.tags, *note.embeds)]
        for each in sorted((each for each in hidden if span.covers(each)), reverse=True):
            text = text[: each.start - span.start] + text[each.end - span.start :]
        shown = _TARGETS.sub(" ", text)
        return len(_WORD.findall(shown)) < int(self.options.min_words)


def _has(times: list[int], span: Span) -> bool:
    place = bisect_left(times, span.start)
    return bool(place < len(times) and times[place] < span.end)


def _first_line(note: Note, span: Span) -> Span:
    line = note.source.line_span(note.source.line_of(span.start))
    return Span(span.start, max(min(span.end, line.end), span.start))
