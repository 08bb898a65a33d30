"""Headings without the space behind their signs: plain text to the app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Section
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_NO_SPACE = re.compile(
    r"^[ ]{0,3}(#{2,6}+)(?=[\w*_\[(\"'“‘「『【《\u3000-\u303f]|[^\x00-\x7f])(?![\u00a0\u202f\ufeff\u200b])([^\r\n]*+)",
    re.MULTILINE,
)
"""Two signs or more: with one, `#soup` is a tag (T1). Other kinds of spaces are for `invisible-characters`."""
_SIGNS = re.compile(r"##++[^ \t\r\n]")
"""How they begin: it is found far sooner than the whole."""


class HeadingSpace(NoteRule):
    """A heading has no space behind its signs, and so is none."""

    name = "heading-space"
    group = Group.HEADINGS
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield lines of paragraphs that begin with two to six signs and a word."""
        if _SIGNS.search(note.text) is None:
            return
        paragraphs = None
        for found in _NO_SPACE.finditer(note.text, note.body_start):
            if paragraphs is None:
                paragraphs = [section for section in note.sections if section.type == "paragraph"]
            paragraph = _at(paragraphs, found.start())
            if paragraph is None or note.hidden(Span(found.start(1), found.end(1) + 1)):
                continue
            marks, text = Span(*found.span(1)), found[2].strip()
            yield self.find(
                Span(marks.start, found.end()),
                f"'{found[1]}{_short(text)}' is no heading: there is no space behind its signs",
                hint=f"write '{found[1]} {_short(text)}'",
                fix=_fix(note, paragraph, found[1], text),
            )


def _at(paragraphs: list[Section], place: int) -> Section | None:
    from bisect import bisect_right

    at = bisect_right(paragraphs, place, key=lambda section: section.span.start) - 1
    # the signs may be behind spaces, before which the paragraph does not begin yet
    for section in paragraphs[max(at, 0) : at + 2]:
        if section.span.start - 3 <= place < section.span.end:
            return section
    return None


def _fix(note: Note, paragraph: Section, marks: str, text: str) -> Fix | None:
    """The space; only where the line stands alone: in the middle of a paragraph it would cut that in two."""
    if "\n" in paragraph.span.of(note.text) or "\r" in paragraph.span.of(note.text):
        return None
    return Fix(
        "make it a heading",
        (Edit(note.path, paragraph.span, f"{marks} {text}"),),
        Applicability.SUGGESTION,
        may_change=frozenset({Aspect.HEADINGS, Aspect.NEW_HEADINGS, Aspect.WORDS}),
        reason="the signs may be meant to be read",
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
