"""Web addresses that stand in the text without a link around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.links._plain import Hidden, field_spans, link_spans

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_SCHEME = re.compile(r"(?:(?<![A-Za-z0-9_\"'`=<\[#+.-])(?<!\]\()(?<!\]\(\()|(?<===))[A-Za-z][A-Za-z0-9+.-]{1,30}+\Z")
"""Not in quotes or square brackets: there it is quoted, and not meant to be followed. Behind `](` or `]((` it is the
destination of a link, if a broken one, and brackets would make it no better."""
_REST = re.compile(r"://[^\s<>\"'`\[\]{}|\\^\u2018-\u201d\u3000-\u303f\uff00-\uff65]++")
_LONGEST_SCHEME = 31

_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_BEHIND = ".,;:!?*_~)'\""
"""What ends a sentence, emphasis or parentheses, and is none of an address that it stands behind."""

_ENDS_ADDRESS = re.compile(r"[\s.,;:!?*_~)=<\"'\u2018-\u201d\u3000-\u303f\uff00-\uff65]|\Z")


_MAY_BE_MARKUP = re.compile(r"[*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[?&#](?:t|start)=")
"""Signs that may be emphasis to one reader and not to another; a place in a recording has rules of its own."""


_LARGE = 100_000
"""Signs of a note: in a larger one, the proof may find that too much would change at once."""


@dataclass(frozen=True)
class Options:
    """Which addresses are meant."""

    uris: Annotated[
        bool, "Report addresses of every scheme, such as `obsidian://`, and not those of the web alone."
    ] = False


class BareUrl(NoteRule):
    """A web address stands in the text without brackets."""

    name = "bare-url"
    group = Group.LINKS
    severity = Severity.INFO
    in_plugin_notes = False
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield addresses in plain text; Dataview's fields keep theirs."""
        if "://" not in note.text:
            return
        hidden = None
        for start, colon, end in _addresses(note):
            span = _address(note.text, start, end)
            if not self.options.uris and not _WEB.match(note.text, span.start):
                continue
            hidden = hidden or Hidden(
                note, link_spans(note), field_spans(note), (each.span for each in note.definitions)
            )
            if span.end > colon + 3 and not hidden.touches(span.start, span.end):
                address = span.of(note.text)
                message = f"the address '{address}' stands without brackets"
                yield self.find(span, message, fix=partial(_enclose, note, span), at_most=Applicability.SAFE)


def _addresses(note: Note) -> Iterator[tuple[int, int, int]]:
    """Where addresses begin, have their colon, and end at the latest. `://` is far rarer than words are."""
    at = note.body_start
    while (rest := _REST.search(note.text, at)) is not None:
        colon = rest.start()
        first = max(colon - _LONGEST_SCHEME, at)
        linked = note.text.endswith(("](https", "](http"), first, colon)  # so most are, and that is quickly seen
        scheme = None if linked else _SCHEME.search(note.text, first, colon)
        if scheme is not None:
            yield scheme.start(), colon, rest.end()
        at = rest.end()  # in what is quoted, another address is quoted, too


def _address(text: str, start: int, end: int) -> Span:
    """The address without what stands behind it; a parenthesis that it opens itself is a part of it."""
    marked = text[max(start - 2, 0) : start] == "=="
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        sign = text[end - 1]
        if sign == ")":
            if surplus <= 0:
                break
            surplus -= 1
        elif sign == "=" and marked and text[end - 2] == "=":
            end -= 1
        elif sign not in _BEHIND:
            break
        end -= 1
    return Span(start, end)


def _enclose(note: Note, span: Span) -> Fix | None:
    """Angle brackets around the address; none where it can't be told where the app lets it end.

    In a heading they would change the text that links name, in a callout's title its words.
    """
    address = span.of(note.text)
    if not address.isascii() or _MAY_BE_MARKUP.search(address) or not _ENDS_ADDRESS.match(note.text, span.end):
        return None
    before = note.text[span.start - 1 : span.start]
    if before.isalnum() or (before and before in "])"):  # no space between words, or behind another link
        return None
    if any(heading.span.overlaps(span) for heading in note.headings):
        return None
    if any(callout.title_span.overlaps(span) for callout in note.callouts):
        return None
    return Fix(
        "put the address in angle brackets",
        (Edit(note.path, span, f"<{address}>"),),
        Applicability.SAFE,
        may_change=frozenset({Aspect.LINKS}),
        tentative=len(note.text) > _LARGE,
    )
