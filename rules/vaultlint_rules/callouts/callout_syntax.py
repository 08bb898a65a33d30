"""What almost is a callout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.callouts._types import TYPES

from vaultlint.note.model import Span
from vaultlint.rule.finding import Finding, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note

_HEAD = re.compile(
    r">[ \t]*+(?P<head>\[[ \t]*+!(?P<name>[^\[\]\r\n|]*+)(?P<more>\|[^\[\]\r\n]*+)?+\]"
    r"(?P<fold>[-+:?\u2013\u2014\u2212]*+))(?P<title>[^\r\n]*+)"
)
"""The first line of a callout, written right or a little wrong. Dashes come of a program that beautifies them."""
_BELOW_BLANK = re.compile(
    r">[ \t]*+(?P<blank>\r?\n[ ]{0,3}+>[ \t]*+)(?P<head>\[!(?P<name>[A-Za-z-]++)\][+-]?)(?=[ \t\r\n]|\Z)"
)
_PLAIN_BELOW = re.compile(r"\r?\n[ ]{0,3}+>(?:[ ]?[^\W\d_]|[ \t]*+(?=[\r\n]|\Z))")
"""A line of a quote that is empty or begins with a letter."""
_NOT_PLAIN = re.compile(r"\||\n[ ]{0,3}+>[ \t]*+(?:=++|-++)[ \t]*+(?=[\r\n]|\Z)")
_BRACKET = re.compile(r"\[[ \t]*+!")
_BARE = re.compile(r"\[!(?P<name>[A-Za-z-]++)\][+-]?(?=[ \t\r\n]|\Z)")
_IN_ORDER = re.compile(r"[ ]{0,3}+>|[ \t]*+\^[A-Za-z0-9-]++[ \t]*+\Z")
"""A line of a quote, or the id that names it (semantics 4.5)."""
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]++[ \t]*+\Z")
_CALLOUTS = frozenset({Aspect.CALLOUTS})


class CalloutSyntax(NoteRule):
    """A callout is written in a way that the app does not take for one, or not all of it."""

    name = "callout-syntax"
    group = Group.CALLOUTS
    severity = Severity.ERROR

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield heads of callouts that are wrong, and lines that have no `>`."""
        if _BRACKET.search(note.text) is None:
            return
        for quote in note.quotes:
            if found := _HEAD.match(note.text, quote.span.start):
                tied = not _is_plain(note.text, found.end(), quote.span.end)
                yield from _head(note, found, tied=tied)
            elif (found := _BELOW_BLANK.match(note.text, quote.span.start)) and quote.depth == 1:
                yield _below_blank(note, found)
        for section in note.sections:
            if section.type == "callout":
                yield from _without_sign(note, section.span)
            elif section.type == "paragraph" and (found := _BARE.match(note.text, section.span.start)):
                yield from _bare(found)


def _bare(found: re.Match[str]) -> Iterator[Finding]:
    if found["name"].lower() in TYPES:
        hint = "put '> ' before each line of the callout"
        yield Finding(Span(*found.span()), f"'{found[0]}' is no callout without a '>' before it", hint=hint)


def _head(note: Note, found: re.Match[str], *, tied: bool) -> Iterator[Finding]:
    name, more, fold, title = found["name"], found["more"] or "", found["fold"], found["title"]
    span = Span(*found.span("head"))
    if not name.strip() or title[:1] in ("(", "[") or "<%" in found[0] or "{{" in found[0]:
        return  # a link, an image, a template
    close = "" if not title or title[0].isspace() else " "
    right = f"[!{name.strip()}{more}]{_right_fold(fold)}"
    written = found["head"]
    if written == right and not close:
        return
    if written == right:
        message = f"no space between '{written}' and the title: the app shows a plain quote"
    elif fold not in ("", "+", "-"):
        message = f"'{written}' is no callout: only '+' or '-' may stand behind the bracket"
    else:
        message = f"'{written}' has spaces inside the brackets"
    hint = f"write '{right}{close}'"
    edit = Edit(note.path, span, right + close)
    fix = _fix(hint, edit, dash=not fold.isascii()) if _is_title(fold, title) and not tied else None
    yield Finding(span, message, hint=hint, fix=fix)


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether what is below a head stays what it is when the head becomes a title, so that it begins a block."""
    if start >= end:
        return True
    return _PLAIN_BELOW.match(text, start, end) is not None and _NOT_PLAIN.search(text, start, end) is None


def _is_title(fold: str, title: str) -> bool:
    """Whether it says the same as a title: `[!note]: text` is a definition, and a space makes tags, ids and fields."""
    if title.startswith(("#", "<")) or title.endswith(("  ", "\\")):
        return False
    return not (fold.startswith(":") or "::" in title or _BLOCK_ID.search(title))


def _right_fold(fold: str) -> str:
    if fold[:1] in ("+", ""):
        return fold[:1]
    return "-" if fold[0] in "-\u2013\u2014\u2212" else ""


def _below_blank(note: Note, found: re.Match[str]) -> Finding:
    fix = _fix("take the empty line away", Edit(note.path, Span(found.start() + 1, found.end("blank")), " "))
    message = f"'{found['head']}' must stand on the first line of its quote"
    return Finding(Span(*found.span("head")), message, fix=fix)


def _fix(title: str, edit: Edit, *, dash: bool = False) -> Fix:
    may_change = _CALLOUTS | {Aspect.WORDS} if dash else _CALLOUTS
    return Fix(title, (edit,), Applicability.SAFE, may_change=may_change)


def _without_sign(note: Note, span: Span) -> Iterator[Finding]:
    """The lines of a callout at the root that have no `>`: they belong to it only as long as a paragraph goes on."""
    source, text = note.source, note.text
    missing = []
    for line in range(source.line_of(span.start) + 1, source.line_of(span.end) + 1):
        place = source.line_span(line)
        if not _IN_ORDER.match(text, place.start, place.end):
            missing.append(place)
    if not missing:
        return
    message = "no '>' before the line: while you edit it is outside of the callout"
    if len(missing) > 1:
        message = (
            f"no '>' before this and {len(missing) - 1} more lines: while you edit they are outside of the callout"
        )
    yield Finding(missing[0], message, fix=_signed(note, missing))


_NO_TEXT = re.compile(r"[ \t]*+(?:[=>-]|\[[^\]\r\n]*\]:|[^\r\n]*\|)")
"""What becomes the underline of a heading, a quote, a definition, or a part of a table, with a `>` before it."""
_INDENT = re.compile(r"[ \t]*+")


def _signed(note: Note, lines: list[Span]) -> Fix | None:
    text = note.text
    if any(_NO_TEXT.match(text, line.start, line.end) for line in lines):
        return None
    edits = []
    for line in lines:
        indent = _INDENT.match(text, line.start, line.end)
        edits.append(Edit(note.path, Span(line.start, indent.end() if indent else line.start), "> "))
    return Fix("put '> ' before each such line", tuple(edits), Applicability.SAFE, Kind.LAYOUT)
