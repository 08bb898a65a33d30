"""The proof that fixes changed what they said and nothing else.

It compares what two readings of a note mean. What a fix declares (`Fix.may_change`) is a licence for what its
edits touch, never for the rest of the note.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

from vaultlint.engine.edits import new_spans
from vaultlint.rule.fix import Aspect, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaultlint.note.model import Span, Wikilink
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Edit, Fix

Part: TypeAlias = "tuple[Span, Any]"
"""A place, and what stands there as a value that two readings of one meaning share."""

CODE_OR_MATH = "code or math"
WORDS = "words"


def what_changed(before: Note, after: Note, edits: Sequence[Edit], fixes: Iterable[Fix]) -> str | None:
    """What the edits changed without licence, in a word or two for a note's owner; `None`: nothing.

    `edits` are those of this note, sorted, and come from `fixes`; `after` is the note with them made.
    """
    fixes = tuple(fixes)
    licence = frozenset(aspect for fix in fixes if fix.kind is Kind.CONTENT for aspect in fix.may_change)
    if all(fix.kind is Kind.LAYOUT for fix in fixes) and before.text.split() != after.text.split():
        return WORDS
    spans = [edit.span for edit in edits]
    licensed = _in_licensed_parts(before, spans, licence)
    mended = Aspect.PROPERTIES in licence and before.frontmatter.error is not None
    old = Edited(before.text, spans, licensed, mended)
    new = Edited(after.text, new_spans(edits), licensed, mended)
    for name, read in _MEANING.items():
        aspect = name if isinstance(name, Aspect) else None
        loose = aspect in licence
        if _values(read(before, old, licence), old, loose=loose) != _values(
            read(after, new, licence), new, loose=loose
        ):
            return aspect.value if aspect is not None else str(name)
    return None


class Edited:
    """The edited parts of a text: sorted, not touching each other."""

    def __init__(self, text: str, spans: Sequence[Span], licensed: Sequence[bool], frontmatter_mended: bool) -> None:
        self.frontmatter_mended = frontmatter_mended
        """Where the app could read no property before, all of them may appear, and no edit touches them."""
        self._text = text
        self._spans = spans
        self._licensed = licensed
        """Whether each lies in a part of the note that the fixes may change."""
        self._ends = [span.end for span in spans]

    def touches(self, span: Span) -> bool:
        """Whether an edit touches this span, be it at its border."""
        return next(self._in(span), None) is not None

    def rest(self, text: str, span: Span) -> tuple[str, ...]:
        """The text of a span without what edits may change in it: the pieces between."""
        pieces: list[str] = []
        start = span.start
        for place in self._in(span):
            if self._licensed[place]:
                edited = self._spans[place]
                pieces.append(text[start : max(start, edited.start)])
                start = max(start, edited.end)
        pieces.append(text[start : max(start, span.end)])
        return tuple(pieces)

    def kept(self, span: Span) -> tuple[int, int]:
        """A span counted in what is kept: signs that are no white space and lie in no edit.

        It is the same before and after the edits wherever both cover the same of what is kept.
        """
        return self._kept_before(span.start), self._kept_before(span.end)

    def _kept_before(self, offset: int) -> int:
        place = bisect_left(self._ends, offset)
        edited = self._edited[place]
        if place < len(self._spans) and self._spans[place].start < offset:
            edited += self._signs_before(offset) - self._signs_before(self._spans[place].start)
        return self._signs_before(offset) - edited

    def _signs_before(self, offset: int) -> int:
        return offset - self._spaces[offset]

    @cached_property
    def _spaces(self) -> array[int]:
        """How many signs of white space stand before each offset."""
        return array("I", accumulate(map(str.isspace, self._text), initial=0))

    @cached_property
    def _edited(self) -> list[int]:
        """How many signs that are no white space lie in the edits before each edit, and in all."""
        signs = (self._signs_before(span.end) - self._signs_before(span.start) for span in self._spans)
        return list(accumulate(signs, initial=0))

    def _in(self, span: Span) -> Iterator[int]:
        place = bisect_left(self._ends, span.start)
        while place < len(self._spans) and self._spans[place].start <= span.end:
            yield place
            place += 1


Reading: TypeAlias = "Callable[[Note, Edited, frozenset[Aspect]], Iterable[Part]]"


def _values(parts: Iterable[Part], edited: Edited, *, loose: bool) -> list[Any]:
    """What stands there; with `loose`, only where no edit touches."""
    return [value for span, value in parts if not (loose and edited.touches(span))]


def _in_licensed_parts(note: Note, edits: Sequence[Span], licence: frozenset[Aspect]) -> list[bool]:
    """Whether each edit stays inside a link, tag, ... that may change: then so may the heading around it."""
    parts = sorted(span for aspect in licence if aspect in _PARTS for span in _PARTS[aspect](note))
    reach = [-1, *accumulate((span.end for span in parts), max)]
    return [edit.end <= reach[bisect_right(parts, edit.start, key=_start)] for edit in edits]


def _start(span: Span) -> int:
    return span.start


def _link_spans(note: Note) -> Iterator[Span]:
    yield from (link.span for link in note.wikilinks)
    yield from (link.span for link in note.links)
    yield from (found.link.span for found in note.property_links)


_PARTS: dict[Aspect, Callable[[Note], Iterable[Span]]] = {
    Aspect.LINKS: _link_spans,
    Aspect.ALIASES: _link_spans,
    Aspect.TAGS: lambda note: (tag.span for tag in note.tags),
    Aspect.BLOCK_IDS: lambda note: (block.span for block in note.block_ids),
    Aspect.TIMESTAMPS: lambda note: (stamp.span for stamp in note.timestamps),
}


def _links(note: Note, edited: Edited, licence: frozenset[Aspect]) -> Iterator[Part]:
    for link in note.wikilinks:
        yield link.span, (link.embed, link.path, tuple((part.block, part.text) for part in link.subpath))
    for markdown in note.links:
        yield markdown.span, (markdown.image, markdown.destination, markdown.external)
    for link in _property_links(note, edited, licence):
        yield link.span, (link.embed, link.target)


def _property_links(note: Note, edited: Edited, licence: frozenset[Aspect]) -> Iterator[Wikilink]:
    """Those that no licence to change properties lets go."""
    if not edited.frontmatter_mended:
        for found in note.property_links:
            if Aspect.PROPERTIES not in licence or not edited.touches(found.link.span):
                yield found.link


def _aliases(note: Note, edited: Edited, licence: frozenset[Aspect]) -> Iterator[Part]:
    # A link that may become another, or none, takes along what it shows.
    shown: list[Part] = [(link.span, link.alias) for link in note.wikilinks]
    shown += [(link.span, link.text) for link in note.links]
    shown += [(link.span, link.alias) for link in _property_links(note, edited, licence)]
    return iter(part for part in shown if Aspect.LINKS not in licence or not edited.touches(part[0]))


def _tags(note: Note, _: Edited, __: frozenset[Aspect]) -> Iterator[Part]:
    return ((tag.span, tag.name) for tag in note.tags)


def _block_ids(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    return ((block.span, (block.id, edited.kept(block.block_span))) for block in note.block_ids)


def _headings(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for heading in note.headings:
        yield heading.span, (heading.level, edited.rest(note.text, heading.text_span))


def _properties(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    if edited.frontmatter_mended:
        return
    for found in note.properties:
        value = edited.rest(note.text, found.value_span) if edited.touches(found.span) else repr(found.value)
        yield found.span, (found.key, value)


def _timestamps(note: Note, _: Edited, __: frozenset[Aspect]) -> Iterator[Part]:
    for stamp in note.timestamps:
        yield stamp.span, (stamp.form, stamp.seconds, stamp.code_seconds, stamp.text)


def _comments(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for comment in note.comments:
        yield comment.span, (comment.html, edited.rest(note.text, comment.content_span))


def _code_and_math(note: Note, _: Edited, __: frozenset[Aspect]) -> Iterator[Part]:
    for code in note.code:
        yield code.span, (code.kind, code.language, code.content_span.of(note.text))
    for math in note.math:
        yield math.span, (math.display, math.content_span.of(note.text))


def _lists(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for each in note.lists:
        yield each.span, (each.ordered, len(each.items))
    for item in note.items:
        yield item.span, (item.parent, item.list, item.task, edited.kept(item.span), edited.kept(item.content_span))


def _tables(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for table in note.tables:
        for row in table.rows:
            yield row.span, (edited.kept(table.span), tuple(edited.kept(cell.span) for cell in row.cells))


def _callouts(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for callout in note.callouts:
        title = edited.rest(note.text, callout.title_span)
        yield callout.span, (callout.type, callout.fold, callout.depth, title, edited.kept(callout.span))


def _footnotes(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for footnote in note.footnotes:
        content = footnote.content_span
        yield footnote.span, (footnote.kind, footnote.id, edited.kept(content) if content else None)


def _fields(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    for found in note.inline_fields:
        yield found.span, (found.key, edited.rest(note.text, found.value_span))


def _templates(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    return ((command.span, edited.rest(note.text, command.span)) for command in note.templater)


def _blocks(note: Note, edited: Edited, _: frozenset[Aspect]) -> Iterator[Part]:
    """The blocks at the root, comments left out: an edit may make or take away a comment that is one."""
    if edited.frontmatter_mended:
        return
    for section in note.sections:
        start, end = edited.kept(section.span)
        if start < end and section.type != "comment":
            yield section.span, (section.type, start, end)


_MEANING: dict[Aspect | str, Reading] = {
    CODE_OR_MATH: _code_and_math,
    Aspect.LINKS: _links,
    Aspect.ALIASES: _aliases,
    Aspect.TAGS: _tags,
    Aspect.BLOCK_IDS: _block_ids,
    Aspect.HEADINGS: _headings,
    Aspect.PROPERTIES: _properties,
    Aspect.TIMESTAMPS: _timestamps,
    Aspect.COMMENTS: _comments,
    Aspect.LISTS: _lists,
    Aspect.TABLES: _tables,
    "callouts": _callouts,
    "footnotes": _footnotes,
    "inline fields": _fields,
    "templates": _templates,
    "blocks": _blocks,
}
