"""Marks in the text that CommonMark does not have: highlights, footnotes, Dataview's fields, Templater's commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.inline import escaped
from vaultlint.note.markdown import FOOTNOTE, read_emphasis
from vaultlint.note.model import Emphasis, Footnote, Highlight, InlineField, Span, Templater

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.obsidian import Cover, Reading

_EQUALS = re.compile(r"(?<!=)==(?!=)")


def find_highlights(reading: Reading) -> tuple[Highlight, ...]:
    """`==text==` inside one stretch of text, without white space at its edges (semantics 7.8)."""
    text = reading.text
    found: list[Highlight] = []
    hidden = reading.text_cover
    for start, end in reading.leaves:
        opener = -1
        for sign in _EQUALS.finditer(text, start, end):
            at, behind = sign.span()
            if hidden.touched(at, behind) >= 0 or escaped(text, at):
                continue
            if opener >= 0 and not text[at - 1].isspace():
                found.append(Highlight(Span(opener, behind), Span(opener + 2, at)))
                opener = -1
            elif behind < end and not text[behind].isspace():
                opener = at
    return tuple(found)


def find_emphasis(reading: Reading) -> tuple[Emphasis, ...]:
    """Emphasis in the text of a note, in text order."""
    return tuple(Emphasis(Span(start, end), strong) for start, end, strong in read_emphasis(reading.structure))


_REFERENCE = re.compile(r"\[\^([^\s\[\]]++)\]")
_DEFINITION = re.compile(r"\[\^([^\s\[\]]++)\]:[ \t]*+")


def find_footnotes(reading: Reading) -> tuple[Footnote, ...]:
    """`[^id]`, whether defined or not, `[^id]: text` and `^[text]`, in text order (semantics 7.9)."""
    text = reading.text
    found: list[Footnote] = []
    hidden = reading.text_cover
    defined: set[int] = set()
    for structure in reading.structures:
        for kind, start, end, _ in zip(*structure.blocks, strict=True):
            if kind == FOOTNOTE and (opening := _DEFINITION.match(text, start)):
                end = reading.trimmed(opening.end(), end)
                defined.add(start)
                content = Span(opening.end(), end)
                found.append(Footnote(Span(start, end), "definition", opening[1], content))
    for mark in _REFERENCE.finditer(text, reading.body_start):
        start, end = mark.span()
        in_wikilink = text[max(start - 1, 0) : start] == "[" and text[end : end + 1] == "]"
        if start not in defined and not in_wikilink and hidden.touched(start, end) < 0 and not escaped(text, start):
            found.append(Footnote(Span(start, end), "reference", mark[1]))
    found += _inline_footnotes(reading, hidden)
    found.sort(key=lambda note: note.span.start)
    return tuple(found)


_BRACKET = re.compile(r"[\[\]]")


def _inline_footnotes(reading: Reading, hidden: Cover) -> Iterator[Footnote]:
    """`^[text]` with its brackets in pairs; one inside another is not looked for."""
    text = reading.text
    for start, end in reading.leaves if "^[" in text else ():
        note = -1
        depth = 0
        for sign in _BRACKET.finditer(text, start, end):
            at = sign.start()
            if hidden.touched(at, at + 1) >= 0 or escaped(text, at):
                continue
            if note < 0:
                if sign[0] == "[" and at > start and text[at - 1] == "^" and not escaped(text, at - 1):
                    note, depth = at, 1
                continue
            depth += 1 if sign[0] == "[" else -1
            if depth == 0:
                yield Footnote(Span(note - 1, at + 1), "inline", "", Span(note + 1, at))
                note = -1


def find_templater(text: str) -> tuple[Templater, ...]:
    """`<% ... %>` anywhere, also in code and frontmatter: Templater knows no Markdown (semantics 10.6)."""
    found: list[Templater] = []
    at = text.find("<%")
    while at >= 0:
        close = text.find("%>", at + 2)
        if close < 0:
            break
        found.append(Templater(Span(at, close + 2)))
        at = text.find("<%", close + 2)
    return tuple(found)


_PREFIX = re.compile(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+(?:\[[^\n]\][ \t]++)?+")
_BRACKETS = re.compile(r"[\[\]()]")
_PAIRS = {"]": "[", ")": "("}
_MARKUP = "*_~ \t"


def find_inline_fields(reading: Reading) -> tuple[InlineField, ...]:
    """Dataview's fields: `key:: value` as a line, `[key:: value]` and `(key:: value)` in one (semantics 10.7)."""
    text = reading.text
    found: list[InlineField] = []
    hidden = reading.text_cover
    done = line = reading.body_start
    closers: dict[int, int] = {}
    at = text.find("::", done)
    while at >= 0:
        line_break = text.rfind("\n", done, at)
        first = line_break >= 0 or done == line
        if first:
            line = max(line_break + 1, done)
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            closers = _closers(text, line, line_end, hidden)
        before, done = max(line, done), at + 2
        if hidden.touched(at, at + 2) < 0:
            field = _bracketed(text, before, at, closers)
            if field is None and first:
                field = _line_field(text, line, at, line_end)
            if field:
                found.append(field)
                done = field.span.end
        at = text.find("::", done)
    return tuple(found)


def _closers(text: str, start: int, end: int, hidden: Cover) -> dict[int, int]:
    """The brackets of one line that have a partner of their kind, each with it."""
    pairs: dict[int, int] = {}
    openers: dict[str, list[int]] = {"[": [], "(": []}
    for sign in _BRACKETS.finditer(text, start, end):
        at, bracket = sign.start(), sign[0]
        if hidden.touched(at, at + 1) >= 0:
            continue
        if bracket in openers:
            openers[bracket].append(at)
        elif openers[_PAIRS[bracket]]:
            pairs[openers[_PAIRS[bracket]].pop()] = at
    return pairs


def _bracketed(text: str, start: int, at: int, closers: dict[int, int]) -> InlineField | None:
    opener = max(text.rfind("[", start, at), text.rfind("(", start, at))
    close = closers.get(opener, -1)
    if opener < 0 or close < at or not _is_key(text[opener + 1 : at]):
        return None
    return _field(text, opener, opener + 1, at, close, close + 1)


def _line_field(text: str, line: int, at: int, line_end: int) -> InlineField | None:
    prefix = _PREFIX.match(text, line, at)
    start = prefix.end() if prefix else line
    if not _is_key(text[start:at]):
        return None
    return _field(text, start, start, at, line_end, line_end)


_NO_KEY = re.compile(r"[\[\](){}|#`<>\n]|\A\W*\Z")


def _is_key(text: str) -> bool:
    return _NO_KEY.search(text) is None


def _field(text: str, start: int, key_start: int, at: int, value_end: int, end: int) -> InlineField:
    key, value = Span(key_start, at), Span(at + 2, value_end)
    key, value = _stripped(text, key, _MARKUP), _stripped(text, value, " \t\n")
    return InlineField(Span(start, end if end > value_end else value.end), key.of(text), key, value.of(text), value)


def _stripped(text: str, span: Span, signs: str) -> Span:
    whole = span.of(text)
    bare = whole.strip(signs)
    start = span.start + len(whole) - len(whole.lstrip(signs)) if bare else span.start
    return Span(start, start + len(bare))
