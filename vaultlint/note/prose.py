"""Prose: the words of a note that are nothing but words, outside all that hides them or is read by a machine."""

from __future__ import annotations

import re
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
_SIGN_OF_ADDRESS = re.compile(r"://|@|www\.")
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
    hidden = Cover(_hidden(note) + _heading_signs(note))
    hidden_starts, hidden_ends = hidden.starts, hidden.ends
    hidden_count = len(hidden_starts)
    starts: list[int] = []
    ends: list[int] = []
    at = place = 0
    for leaf, leaf_end in note._reading.leaves:
        at = max(at, leaf)
        while at < leaf_end:
            line_end = text.find("\n", at, leaf_end)
            line_end = leaf_end if line_end < 0 else line_end
            start, end = _without_margins(text, at, line_end)
            while place < hidden_count and hidden_ends[place] <= start:
                place += 1
            while place < hidden_count and hidden_starts[place] < end:
                if start < hidden_starts[place]:
                    starts.append(start)
                    ends.append(hidden_starts[place])
                start = hidden_ends[place]
                if start > end:
                    break  # what is hidden goes on in the next line
                place += 1
            if start < end:
                starts.append(start)
                ends.append(end)
            at = line_end + 1
    return starts, ends


def _without_margins(text: str, start: int, end: int) -> Pair:
    """A line without the signs of quotes and the white space before its text, and without white space behind it."""
    if text[start] in " \t>":
        prefix = _PREFIX.match(text, start, end)
        start = prefix.end() if prefix else start
    while end > start and text[end - 1] in " \t":
        end -= 1
    return start, end


def _hidden(note: Note) -> list[Pair]:
    """All that is not prose, by the signs that it begins with."""
    text = note.text
    links = note._links_cover
    found = note._reading.pairs("links")
    found += zip(links.starts, links.ends, strict=True)
    found += note._reading.comments if "%%" in text else ()
    spans = [tag.span for tag in note.tags] + [block.span for block in note.block_ids]
    spans += [command.span for command in note.templater] + [field.span for field in note.inline_fields]
    found += [(span.start, span.end) for span in spans]
    for footnote in note.footnotes:
        inner = footnote.content_span
        if inner is None:
            found.append((footnote.span.start, footnote.span.end))
        else:
            found.append((footnote.span.start, inner.start))
            if footnote.kind == "inline":
                found.append((inner.end, footnote.span.end))
    for callout in note.callouts:
        found.append((text.rfind("[!", callout.span.start, callout.type_span.start), callout.title_span.start))
    found += [(item.marker_span.start, item.content_span.start) for item in note.items]
    for literal, pattern in _PATTERNS:
        if literal in text:
            found += [each.span() for each in pattern.finditer(text, note.body_start)]
    found += _addresses(text, note.body_start)
    return found


def _addresses(text: str, start: int) -> Iterator[Pair]:
    """The bare addresses from `start` on: each has a sign of one, and only the words around such need be searched."""
    done = start
    for sign in _SIGN_OF_ADDRESS.finditer(text, start):
        at = sign.start()
        if at < done:
            continue
        first = max(done, *[text.rfind(border, done, at) + 1 for border in " \n("])
        line_end = text.find("\n", at)
        line_end = line_end if line_end >= 0 else len(text)
        word_end = text.find(" ", at, line_end)
        done = word_end if word_end >= 0 else line_end
        found = _ADDRESS.search(text, first, done)
        if found:
            done = found.end()
            yield found.span()


_OPENING = re.compile(r"#{1,6}+[ \t]*+")
_CLOSING = re.compile(r"(?<![ \t])(?:[ \t]++#++)?[ \t\n]*+\Z")
_UNDERLINE = re.compile(r"\n[ \t>]*+(?:=++|-++)[ \t]*+\n?\Z")


def _heading_signs(note: Note) -> list[Pair]:
    """`#` before and behind a heading, and the line under one."""
    text, cover = note._flat, note._headings_cover
    found: list[Pair] = []
    for start, end in zip(cover.starts, cover.ends, strict=True):
        opening = _OPENING.match(text, start, end)
        if opening:
            found.append(opening.span())
        # searched from the last line on, where all of it stands
        last = max(text.rfind("\n", start, end - 1), start)
        behind = (_CLOSING if opening else _UNDERLINE).search(text, last if not opening else start, end)
        if behind and behind.end() > behind.start():
            found.append(behind.span())
    return found


_PATTERNS = (("{{", _PLACEHOLDER), ("&", _ENTITY), ("\\", _ESCAPE))


_BREAK_TAG = re.compile(r"<br[ \t]*+/?>", re.IGNORECASE)
_LONGEST_TAG = 16


def find_line_breaks(note: Note) -> tuple[LineBreak, ...]:
    """See `Note.line_breaks`."""
    text, flat = note.text, note._flat
    titles = {flat.find("\n", callout.title_span.end) for callout in note.callouts}  # the text begins behind them
    hidden: Cover | None = None
    found: list[LineBreak] = []
    at = 0
    for leaf, leaf_end in note._reading.leaves:
        end = leaf + len(flat[leaf:leaf_end].rstrip("> \t\n"))
        at = flat.find("\n", max(at, leaf), end)
        if at >= 0 and note.in_heading(leaf):
            at = -1
        while at >= 0:
            hidden = hidden or _hides_line_breaks(note)
            if at not in titles and hidden.touched(at, at + 1) < 0:
                found.append(_line_break(text, leaf, at - (text[at - 1 : at + 1] == "\r\n")))
            at = flat.find("\n", at + 1, end)
        at = leaf_end
    return tuple(found)


def _hides_line_breaks(note: Note) -> Cover:
    commands = ((node.span.start, node.span.end) for node in note.templater)
    links = zip(note._links_cover.starts, note._links_cover.ends, strict=True)
    return Cover(chain(note._reading.pairs("links"), note._reading.comments, commands, links))


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
