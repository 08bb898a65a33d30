"""Prose: the words of a note that are nothing but words, outside all that hides them or is read by a machine."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from vaultlint.note.inline import escaped
from vaultlint.note.markdown import HEADING, places_of
from vaultlint.note.model import LineBreak, Span
from vaultlint.note.obsidian import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.note.obsidian import Pair

_ADDRESS = re.compile(
    r"(?:https?://|(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}+://|\bwww\.)[^\s<>]++|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]++"
)
"""A bare address; the name before an `@` is taken as a whole, so that no sign of it is looked at twice."""
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*+\}\}")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,32}+;")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_PREFIX = re.compile(r"[ \t>]*+")
"""What stands before the text of a line that continues a block."""


def find_prose(note: Note) -> tuple[list[int], list[int]]:
    """The runs of prose in text order, as their starts and their ends; none goes over the end of a line.

    White space at the ends of a line is in none; what is beside code, a link or another mark is in the run.
    """
    text = note._flat
    hidden = Cover(chain(_hidden(note), _heading_signs(note)))
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for leaf, leaf_end in note._reading.leaves:
        at = max(at, leaf)
        while at < leaf_end:
            line_end = text.find("\n", at, leaf_end)
            line_end = leaf_end if line_end < 0 else line_end
            prefix = _PREFIX.match(text, at, line_end)
            at = prefix.end() if prefix else at
            for start, end in _shown(hidden, at, at + len(text[at:line_end].rstrip(" \t"))):
                starts.append(start)
                ends.append(end)
            at = line_end + 1
    return starts, ends


def _shown(hidden: Cover, start: int, end: int) -> Iterator[Pair]:
    """What is left of a range without what is hidden."""
    place = bisect_right(hidden.ends, start)
    while place < len(hidden.starts) and hidden.starts[place] < end:
        if start < hidden.starts[place]:
            yield start, hidden.starts[place]
        start = hidden.ends[place]
        place += 1
    if start < end:
        yield start, end


def _hidden(note: Note) -> Iterator[Pair]:
    """All that is not prose, by the signs that it begins with."""
    text = note.text
    links = note._links_cover
    yield from note._reading.pairs("links")
    yield from zip(links.starts, links.ends, strict=True)
    yield from note._reading.comments if "%%" in text else ()
    spans = [tag.span for tag in note.tags] + [block.span for block in note.block_ids]
    spans += [command.span for command in note.templater] + [field.span for field in note.inline_fields]
    yield from ((span.start, span.end) for span in spans)
    for footnote in note.footnotes:
        inner = footnote.content_span
        if inner is None:
            yield footnote.span.start, footnote.span.end
        else:
            yield footnote.span.start, inner.start
            if footnote.kind == "inline":
                yield inner.end, footnote.span.end
    for callout in note.callouts:
        yield text.rfind("[!", callout.span.start, callout.type_span.start), callout.title_span.start
    yield from ((item.marker_span.start, item.content_span.start) for item in note.items)
    for literal, pattern in _PATTERNS:
        if literal in text:
            yield from (found.span() for found in pattern.finditer(text, note.body_start))
    if "@" in text or "www." in text or "://" in text:
        yield from (found.span() for found in _ADDRESS.finditer(text, note.body_start))


_OPENING = re.compile(r"#{1,6}+[ \t]*+")
_CLOSING = re.compile(r"(?<![ \t])(?:[ \t]++#++)?[ \t\n]*+\Z")
_UNDERLINE = re.compile(r"\n[ \t>]*+(?:=++|-++)[ \t]*+\n?\Z")


def _heading_signs(note: Note) -> Iterator[Pair]:
    """`#` before and behind a heading, and the line under one."""
    text, cover = note._flat, note._headings_cover
    for start, end in zip(cover.starts, cover.ends, strict=True):
        opening = _OPENING.match(text, start, end)
        if opening:
            yield opening.span()
        # searched from the last line on, where all of it stands
        last = max(text.rfind("\n", start, end - 1), start)
        behind = (_CLOSING if opening else _UNDERLINE).search(text, last if not opening else start, end)
        if behind and behind.end() > behind.start():
            yield behind.span()


_PATTERNS = (("{{", _PLACEHOLDER), ("&", _ENTITY), ("\\", _ESCAPE))


_BREAK_TAG = re.compile(r"<br[ \t]*+/?>", re.IGNORECASE)
_LONGEST_TAG = 16


def find_line_breaks(note: Note) -> tuple[LineBreak, ...]:
    """See `Note.line_breaks`."""
    text, flat = note.text, note._flat
    commands = ((node.span.start, node.span.end) for node in note.templater)
    links = zip(note._links_cover.starts, note._links_cover.ends, strict=True)
    hidden = Cover(chain(note._reading.pairs("links"), note._reading.comments, commands, links))
    titles = {flat.find("\n", callout.title_span.end) for callout in note.callouts}  # the text begins behind them
    found: list[LineBreak] = []
    at = 0
    for leaf, leaf_end in note._reading.leaves:
        if note.in_heading(leaf):
            continue
        end = leaf + len(flat[leaf:leaf_end].rstrip("> \t\n"))
        at = flat.find("\n", max(at, leaf), end)
        while at >= 0:
            if at not in titles and hidden.touched(at, at + 1) < 0:
                found.append(_line_break(text, leaf, at - (text[at - 1 : at + 1] == "\r\n")))
            at = flat.find("\n", at + 1, end)
        at = leaf_end
    return tuple(found)


def _line_break(text: str, start: int, at: int) -> LineBreak:
    """The one whose signs end at `at`, in a block of text from `start` on."""
    bare = at
    while bare > start and text[bare - 1] in " \t":
        bare -= 1
    if text.find("  ", bare, at) >= 0:
        return LineBreak(Span(bare, at), "spaces")
    if bare == at and text[at - 1] == "\\" and not escaped(text, at - 1):
        return LineBreak(Span(at - 1, at), "backslash")
    tag = text.rfind("<", max(start, bare - _LONGEST_TAG), bare)
    if tag >= 0 and _BREAK_TAG.fullmatch(text, tag, bare):
        return LineBreak(Span(tag, at), "html")
    return LineBreak(Span(bare, at), "")


def heading_cover(note: Note) -> Cover:
    """All headings, those in lists and quotes included."""
    blocks = note._reading.structure.blocks
    return Cover((blocks.starts[at], blocks.ends[at]) for at in places_of(blocks.kinds, HEADING))
