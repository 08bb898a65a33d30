"""The first half of the proof: what edits changed, as vaultlint's own reading of a note has it.

It knows where everything stands. What a fix declares (`Fix.may_change`) is a licence for what its edits touch, never
for the rest of the note.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from vaultlint.engine.code_text import code_text
from vaultlint.engine.edited import Edited
from vaultlint.engine.edits import new_spans
from vaultlint.engine.items import Items, footnote_texts
from vaultlint.engine.licensed import in_licensed_parts
from vaultlint.engine.words import words_changed
from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaultlint.engine.edited import Licence
    from vaultlint.note.model import Code, Link, Wikilink
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Edit

    Part: TypeAlias = tuple[Span, Any]
    """A place, and what stands there as a value that two readings of one meaning share."""

CODE_OR_MATH = "code or math"


def what_changed(
    before: Note, after: Note, edits: Sequence[Edit], licence: Licence, leads_to: Callable[[str], str]
) -> str | None:
    """What the edits changed without licence, in a word or two for a note's owner; `None`: nothing.

    `edits` are those of this note, sorted; `after` is the note with them made. `leads_to` gives the file that the path
    of a link leads to.
    """
    spans = [edit.span for edit in edits]
    mended = before.frontmatter.error is not None and Aspect.PROPERTIES in licence
    inside = in_licensed_parts(before, spans, licence)
    old = Edited(before, spans, licence, inside, mended, leads_to)
    new = Edited(after, new_spans(edits), licence, inside, mended, leads_to)
    items = Items(old), Items(new)
    for name, read in _MEANING.items():
        aspect = name if isinstance(name, Aspect) else None
        then, now = (_values(read(side.edited.note, side.edited), side, aspect) for side in items)
        if then != now:
            return aspect.value if aspect is not None else str(name)
    return words_changed(old, new)


Reading: TypeAlias = "Callable[[Note, Edited], Iterable[Part]]"


def _values(parts: Iterable[Part], items: Items, aspect: Aspect | None) -> tuple[list[Any], Counter[str]]:
    """What stands there, but for what an edit touches that may change it; and what may move with its item."""
    kept: list[Any] = []
    movable: Counter[str] = Counter()
    for span, value in parts:
        if aspect is not None and items.edited.may_change(span, aspect):
            continue
        item = items.holds(span)
        if item is None:
            kept.append(value)
        elif item or value is not None:  # an item without words may come or go
            # The words of a footnote say all that is in it; where it stands, it does not matter.
            movable[item if items.are_footnotes else f"{item} {value!r}"] += 1
    return kept, movable


def _links(note: Note, edited: Edited) -> Iterator[Part]:
    for link in (*note.wikilinks, *_property_links(note, edited)):
        yield link.span, (link.embed, edited.leads_to(link.path), _subpath(link), link.in_comment)
    for markdown in note.links:
        place = markdown.destination_span
        title = ""
        if place is not None and markdown.span.covers(place):
            title = note.text[place.end : markdown.span.end].strip(" \t\r\n>)")
        if markdown.external:
            yield markdown.span, (markdown.image, markdown.destination, title)
        else:
            yield markdown.span, (markdown.image, edited.leads_to(markdown.path), _subpath(markdown), title)
    yield from _addresses(note)


_ADDRESS = re.compile(r"https?\\?:\\?/\\?/[^\s<>|()\[\]]+")


def _addresses(note: Note) -> Iterator[Part]:
    """Addresses in the text: they are links, too (semantics 7.22), and a backslash in one is a part of it."""
    links = sorted([*(link.span for link in note.wikilinks), *(link.span for link in note.links)])
    place = 0
    for found in _ADDRESS.finditer(note.text, note.body_start):
        while place < len(links) and links[place].end <= found.start():
            place += 1
        if place == len(links) or links[place].start >= found.end():
            yield Span(*found.span()), found[0]


def _subpath(link: Wikilink | Link) -> tuple[tuple[bool, str], ...]:
    return tuple((part.block, part.text) for part in link.subpath)


def _property_links(note: Note, edited: Edited) -> Iterator[Wikilink]:
    """Those that no licence to change properties lets go."""
    if not edited.frontmatter_mended:
        for found in note.property_links:
            if not edited.may_change(found.link.span, Aspect.PROPERTIES):
                yield found.link


def _aliases(note: Note, edited: Edited) -> Iterator[Part]:
    shown: list[Part] = [(link.span, _shown(link)) for link in (*note.wikilinks, *_property_links(note, edited))]
    shown += [(link.span, link.text) for link in note.links]
    # A link that may become another, or none, takes along what it shows.
    return iter(part for part in shown if not edited.may_change(part[0], Aspect.LINKS))


def _shown(link: Wikilink) -> str | None:
    """What people read of a link (observed 22); of an embed, its size or caption."""
    if link.embed or link.alias is not None:
        return link.alias
    segments = [f"^{part.text}" if part.block else part.text for part in link.subpath]
    return " > ".join([link.path, *segments] if link.path else segments)


def _tags(note: Note, _: Edited) -> Iterator[Part]:
    return ((tag.span, (tag.name, tag.in_comment)) for tag in note.tags)


def _block_ids(note: Note, edited: Edited) -> Iterator[Part]:
    return ((block.span, (block.id, edited.kept(block.block_span))) for block in note.block_ids)


def _headings(note: Note, edited: Edited) -> Iterator[Part]:
    for heading in note.headings:
        yield heading.span, (heading.level, _folded(edited.rest(note.text, heading.text_span)))


def _folded(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """With white space folded, as the app shows and compares it (semantics 3.1)."""
    return tuple([_SPACES.sub(" ", piece) for piece in pieces])


_SPACES = re.compile(r"[ \t]+")


def _properties(note: Note, edited: Edited) -> Iterator[Part]:
    if edited.frontmatter_mended:
        return
    starts = [found.span.start for found in note.properties]
    ends = [*starts[1:], *([note.frontmatter.content_span.end] if note.frontmatter.content_span else [])]
    for found, end in zip(note.properties, ends, strict=False):
        # As it is written where a licensed part of it changes: the rest is its quotes, commas and words.
        as_data = not edited.reaches_into(found.value_span)
        # Up to the next one, for an item may go from behind a comment; an edit that ends where it begins is none of it.
        whole = Span(found.span.start + 1, max(end - 1, found.span.start + 1))
        yield whole, (found.key, repr(found.value) if as_data else edited.rest(note.text, found.value_span))


def _timestamps(note: Note, _: Edited) -> Iterator[Part]:
    for stamp in note.timestamps:
        yield stamp.span, (stamp.form, stamp.seconds, stamp.code_seconds, stamp.text)


def _comments(note: Note, edited: Edited) -> Iterator[Part]:
    for comment in note.comments:
        yield comment.span, (comment.html, edited.rest(note.text, comment.content_span))


def _code_and_math(note: Note, _: Edited) -> Iterator[Part]:
    for code in note.code:
        yield code.span, (code.kind == "inline", _lines_of(note, code))
    for math in note.math:
        # White space at the edges of display math shows nothing, whatever line its signs are on.
        inner = math.content_span.of(note.text)
        yield math.span, (math.display, inner.strip() if math.display else inner)


_INDENT = re.compile(r"\n(?: {4}| {0,3}\t)")


def _lines_of(note: Note, code: Code) -> str:
    """What is in code, whether fences or an indent make it code, and however its lines end."""
    inner = code_text(note, code).replace("\r\n", "\n").replace("\r", "\n")
    return _INDENT.sub("\n", inner) + "\n" if code.kind == "indented" else inner


def _languages(note: Note, edited: Edited) -> Iterator[Part]:
    for code in note.code:
        if code.kind == "fenced" and code.info_span is not None:
            yield code.span, edited.rest(note.text, code.info_span)


def _lists(note: Note, edited: Edited) -> Iterator[Part]:
    for each in note.lists:
        yield each.span, (each.ordered, len(each.items))
    depths: list[int] = []
    free: list[bool] = []
    """Whether an item stands in one that an edit touches which may change lists: how it is nested is free, then."""
    for item in note.items:
        around = item.parent
        depths.append(0 if around is None else depths[around] + 1)
        loose = around is not None and (free[around] or edited.may_change(note.items[around].span, Aspect.LISTS))
        free.append(loose)
        home = note.lists[item.list].span
        nested = None if loose or around is None else (depths[around], edited.kept(note.items[around].span)[0])
        own = None if loose or edited.may_change(home, Aspect.LISTS) else edited.kept(home)[0]
        yield item.span, (nested, own, item.task, edited.kept(item.span), edited.kept(item.content_span))


def _item_words(note: Note, edited: Edited) -> Iterator[Part]:
    """Nothing but the items: where they may move, the words of each stay together (see `Items`)."""
    if Aspect.WORDS in edited.licence:  # text may become an item, and none moves
        return iter(())
    return ((item.span, None) for item in note.items)


def _tables(note: Note, edited: Edited) -> Iterator[Part]:
    for table in note.tables:
        for row in table.rows:
            yield row.span, (edited.kept(table.span), tuple(edited.kept(cell.span) for cell in row.cells))


def _callouts(note: Note, edited: Edited) -> Iterator[Part]:
    for callout in note.callouts:
        free = Aspect.WORDS in edited.licence and edited.touches(callout.title_span)
        title = () if free else _folded(edited.rest(note.text, callout.title_span))
        yield callout.span, (callout.type, callout.fold, callout.depth, title, edited.kept(callout.span))


def _footnotes(note: Note, edited: Edited) -> Iterator[Part]:
    said = footnote_texts(note) if Aspect.FOOTNOTES in edited.licence else None
    for footnote in note.footnotes:
        content = footnote.content_span
        if said is None or footnote.kind == "inline":
            yield footnote.span, (footnote.kind, footnote.id, edited.kept(content) if content else None)
        else:  # what it is called does not matter, nor where it is defined
            yield footnote.span, (footnote.kind, said.get(footnote.id.casefold(), footnote.id))


def _fields(note: Note, edited: Edited) -> Iterator[Part]:
    for found in note.inline_fields:
        yield found.span, (found.key, edited.rest(note.text, found.value_span))


def _html(note: Note, edited: Edited) -> Iterator[Part]:
    for html in note.html:
        if edited.is_free_break(html):
            continue
        yield html.span, (html.block, edited.rest(note.text, html.span))


def _highlights(note: Note, edited: Edited) -> Iterator[Part]:
    for highlight in note.highlights:
        yield highlight.span, edited.kept(highlight.content_span)


def _templates(note: Note, edited: Edited) -> Iterator[Part]:
    return ((command.span, edited.rest(note.text, command.span)) for command in note.templater)


def _blocks(note: Note, edited: Edited) -> Iterator[Part]:
    """The blocks at the root, comments left out: an edit may make or take away a comment that is one."""
    if edited.frontmatter_mended:
        return
    lists = ("list", "paragraph") if Aspect.WORDS in edited.licence else ("list",)
    for section in note.sections:
        start, end = edited.kept(section.span)
        free = section.type in lists and edited.may_change(section.span, Aspect.LISTS)
        if start < end and section.type != "comment" and not free:
            is_quote = section.type == "callout" and Aspect.CALLOUTS in edited.licence
            yield section.span, ("blockquote" if is_quote else section.type, start, end)


_MEANING: dict[Aspect | str, Reading] = {
    CODE_OR_MATH: _code_and_math,
    Aspect.LANGUAGES: _languages,
    Aspect.LINKS: _links,
    Aspect.ALIASES: _aliases,
    Aspect.TAGS: _tags,
    Aspect.BLOCK_IDS: _block_ids,
    Aspect.HEADINGS: _headings,
    Aspect.PROPERTIES: _properties,
    Aspect.TIMESTAMPS: _timestamps,
    Aspect.COMMENTS: _comments,
    Aspect.LISTS: _lists,
    "words of an item": _item_words,
    Aspect.TABLES: _tables,
    Aspect.CALLOUTS: _callouts,
    "footnotes": _footnotes,
    "inline fields": _fields,
    "HTML": _html,
    "highlights": _highlights,
    "templates": _templates,
    "blocks": _blocks,
}
