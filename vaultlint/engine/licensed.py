"""The parts of a note that an edit with a licence may change."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vaultlint.engine.edited import Licence
    from vaultlint.note.note import Note

Parts: TypeAlias = "Mapping[Aspect, Callable[[Note], Iterable[Span]]]"


def in_licensed_parts(note: Note, edits: Sequence[Span], licence: Licence) -> list[bool]:
    """Whether each edit stays inside a link, tag, ... that it may change: then so may the heading around it."""
    parts = sorted(spans_of(note, licence, PARTS))
    reach = [-1, *accumulate((span.end for span in parts), max)]
    return [edit.end <= reach[bisect_right(parts, edit.start, key=_start)] for edit in edits]


def spans_of(note: Note, licence: Licence, table: Parts) -> Iterator[Span]:
    """Where those parts of the table stand that a licence covers."""
    for aspect in licence & table.keys():
        yield from table[aspect](note)


def _start(span: Span) -> int:
    return span.start


def _link_spans(note: Note) -> Iterator[Span]:
    yield from (link.span for link in note.wikilinks)
    yield from (link.span for link in note.links)
    yield from (found.link.span for found in note.property_links)


PARTS: Parts = {
    Aspect.LINKS: _link_spans,
    Aspect.ALIASES: _link_spans,
    Aspect.TAGS: lambda note: (tag.span for tag in note.tags),
    Aspect.BLOCK_IDS: lambda note: (block.span for block in note.block_ids),
    Aspect.TIMESTAMPS: lambda note: (stamp.span for stamp in note.timestamps),
}
"""What edits with a licence may change wherever it stands: in a heading, a comment, the title of a callout."""

HOLD_WORDS: Parts = {
    Aspect.HEADINGS: lambda note: (heading.span for heading in note.headings),
    Aspect.COMMENTS: lambda note: (comment.span for comment in note.comments),
    Aspect.LANGUAGES: lambda note: (
        Span(code.span.start, code.content_span.start) for code in note.code if code.kind == "fenced"
    ),
    Aspect.PROPERTIES: lambda note: [note.frontmatter.span] if note.frontmatter.span is not None else [],
}
"""Further parts whose words are no plain text; these do not become text, nor text them."""
