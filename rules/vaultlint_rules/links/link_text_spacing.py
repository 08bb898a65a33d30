"""Spaces inside the brackets of links, at the ends of what stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.aliases._links import inside, is_entangled, is_placeholder

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Link
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_BLANK = " \t"
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]+:\S*\Z")
_OTHER_MARK = ("^", "!", "[", "#")
"""What makes a footnote, a callout, a wikilink of a bracket that it stands right behind, or becomes a tag there."""
_APART_BEFORE = re.compile(r"(?:\A|[\s(\[{|])\Z")
_APART_BEHIND = re.compile(r"(?:\Z|[\s.,;:?)\]}|]|!(?!\[))")
"""Where these stand around a link, a space in it keeps no words apart."""


class LinkTextSpacing(NoteRule):
    """Spaces stand at the ends of a link's text or destination."""

    name = "link-text-spacing"
    group = Group.LINKS
    severity = Severity.INFO
    in_plugin_notes = False
    needs = frozenset({"wikilinks", "links"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `[ text ](destination)`, `[text]( destination )` and `[[ name ]]`; `alias-spacing` sees to bars."""
        for link in note.links:
            if link.in_comment or link.form == "autolink" or "\n" in link.text:
                continue
            edits = [*_text(note, link), *_destination(note, link)]
            if edits and not is_placeholder(link.span.of(note.text)):
                yield self._finding(note, link.span, edits)
        for wikilink in note.wikilinks:
            edits = list(_trim(note, inside(wikilink)))
            written = wikilink.span.of(note.text)
            if not edits or wikilink.in_comment or _in_address(note, wikilink.span.start):
                continue
            if not is_placeholder(written) and not is_entangled(note, wikilink):
                yield self._finding(note, wikilink.span, edits)

    def _finding(self, note: Note, span: Span, edits: list[Edit]) -> Finding:
        fix = Fix(
            "close the spaces",
            tuple(edits),
            Applicability.SAFE,
            may_change=frozenset({Aspect.ALIASES}),
            tentative=True,
        )
        written = span.of(note.text)
        shown = written if len(written) <= 60 else f"{written[:57]}..."
        return self.find(span, f"spaces inside the brackets of '{shown}'", fix=fix)


def _in_address(note: Note, start: int) -> bool:
    """Whether `<scheme:` stands right before: without a space behind it, it is an address."""
    return _SCHEME.search(note.text, max(start - 40, 0), start) is not None


def _text(note: Note, link: Link) -> Iterator[Edit]:
    """Those at the ends of what a link shows. The label of a short reference is its text: that stays."""
    words = link.text.strip(_BLANK)
    if words == link.text or not words or words.startswith(_OTHER_MARK) or words.endswith("\\"):
        return
    closed = note.text[link.text_span.end : link.text_span.end + 3]
    if link.form != "reference" or (closed.startswith("][") and closed != "][]"):
        yield from _trim(note, link.text_span, link.span)


def _destination(note: Note, link: Link) -> Iterator[Edit]:
    """Those between a destination and its parentheses; a title stays as it is spaced."""
    place = link.destination_span
    if link.form not in ("inline", "angle") or place is None or not link.span.covers(place):
        return
    angle = link.form == "angle"
    before = Span(link.text_span.end + 2, place.start - angle)
    behind = Span(place.end + angle, link.span.end - 1)
    for span in (before, behind):
        blank = span.of(note.text)
        if blank and not blank.strip(_BLANK):
            yield Edit(note.path, span, "")


def _trim(note: Note, span: Span, link: Span | None = None) -> Iterator[Edit]:
    """The edits that take away the spaces at both ends of a range that holds more than spaces.

    Of a Markdown `link` all of it is shown, where a wikilink is trimmed: a space that keeps two words apart stays.
    """
    written = span.of(note.text)
    if not written.strip(_BLANK):
        return
    first = len(written) - len(written.lstrip(_BLANK))
    last = len(written.rstrip(_BLANK))
    if first and (link is None or _APART_BEFORE.search(note.text, max(link.start - 1, 0), link.start)):
        yield Edit(note.path, Span(span.start, span.start + first), "")
    if last < len(written) and (link is None or _APART_BEHIND.match(note.text, link.end)):
        yield Edit(note.path, Span(span.start + last, span.end), "")
