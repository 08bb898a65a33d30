"""The wikilinks of a note, wherever they stand."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Wikilink
    from vaultlint.note.note import Note


_BELOW = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)[ \t>]*\|?[ \t]*:?-[-:|> \t]*(?:[\r\n]|\Z)")
"""The rest of a line, and then what could be the second row of a table."""

_CLAIMED = re.compile(r"[\\`<$[\]]|::")
"""What escapes, or begins code, HTML, math, a link or an inline field."""


def all_wikilinks(note: Note) -> Iterator[Wikilink]:
    """Those of the properties, then those of the body, in text order."""
    return chain((each.link for each in note.property_links), note.wikilinks)


def inside(link: Wikilink) -> Span:
    """What stands between the brackets."""
    return Span(link.span.start + (3 if link.embed else 2), link.span.end - 2)


def may_change(note: Note, link: Wikilink, *aspects: Aspect) -> frozenset[Aspect]:
    """These aspects, and the property around the link where it stands in one."""
    around = () if link.span.start >= note.body_start else (Aspect.PROPERTIES,)
    return frozenset((*aspects, *around))


def is_placeholder(written: str) -> bool:
    """Whether a template fills this in, with who knows what (semantics 10.5, 10.6)."""
    return "<%" in written or "{{" in written


def is_entangled(note: Note, link: Wikilink) -> bool:
    """Whether signs in or before the link, or what it stands in, could become another mark by a change of it."""
    inner = inside(link).of(note.text).replace("\\|", "|", 1) if link.in_table else inside(link).of(note.text)
    line = note.source.line_span(note.source.line_of(link.span.start))
    before = note.text[line.start : link.span.start]
    destination = before[before.rfind("](") :] if "](" in before else ""
    if _CLAIMED.search(inner) or before.endswith(("^", "\\", "[")) or destination.count("(") > destination.count(")"):
        return True
    around = [each.span for each in note.links]
    around += [each.span for each in note.inline_fields]
    around += [each.span for each in note.footnotes if each.kind == "inline"]
    return any(span.overlaps(link.span) for span in around)


def above_table(note: Note, link: Wikilink) -> bool:
    """Whether a bar less in the link could make its line the head of a table that has fewer columns."""
    in_body = link.span.start >= note.body_start
    return in_body and not link.in_table and _BELOW.match(note.text, link.span.end) is not None
