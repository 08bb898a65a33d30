"""Spaces beside signs that want none there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.style._prose import in_prose, mark_borders, rewritten, span_of

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_FULLWIDTH = "\uff01-\uff60\uffe0-\uffe6"
_CJK_SIGNS = "\u3001-\u3011\u3014-\u301f\u3030"
_DASHES = "\u2013\u2014"
_BEGINS_A_MARK = frozenset("#^`<>&\\$%|~=")
_OPENED = {"”": "“„‟", "’": "‘‚‛"}
"""What a closing mark closes. With none before it, it is an apostrophe, or opens in the way of some languages."""
_CLOSES = {"“": "„", "‘": "‚"}
"""What these close in other languages: `„so“`."""
_BRACKETS = {"(": ")", "[": "]"}
_CLOSING = {close: bracket for bracket, close in _BRACKETS.items()}
_FACE = re.compile(r"[:;]-?\)\Z")
_OPERATOR = re.compile(r"(?:\A|\s)[-+=/<>|&@]\Z")
"""What stands alone before a sign, as in `Ctrl + ?`, makes the sign a word of its own."""
_COMMAND = re.compile(r"(?:\A|\s)(?:\$\s|--?[A-Za-z])")
"""What is typed in a terminal: there a dot is a folder."""
_NEAR = 400
"""How far on its line a mark may be from the one that belongs to it: a line may be a whole book."""
_REASON = "the space may be meant, as before some signs in French"


@dataclass(frozen=True)
class Options:
    """Beside which signs no space belongs."""

    before: Annotated[str, "Signs with no space before them."] = ",!?;:).’”]"
    after: Annotated[str, "Signs with no space behind them."] = "¿¡‘“(["
    fullwidth: Annotated[bool, "Whether no space belongs beside signs and letters of double width (`，`, `（`)."] = True
    cjk_punctuation: Annotated[bool, "Whether no space belongs beside Chinese and Japanese marks (`。`, `「`)."] = True
    dashes: Annotated[bool, "Whether no space belongs beside the dashes `–` and `—`."] = False
    around: Annotated[str, "Further signs with no space on either side."] = ""


class SpaceAroundCharacters(NoteRule):
    """A space stands before or behind a sign that wants none."""

    name = "space-around-characters"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such run of spaces inside a line of prose."""
        options = self.options
        around = re.escape(_signs(options.around))
        around += _FULLWIDTH if options.fullwidth else ""
        around += _CJK_SIGNS if options.cjk_punctuation else ""
        around += _DASHES if options.dashes else ""
        pattern = _pattern(options.before, options.after, around)
        if pattern is None:
            return
        text = note.text
        borders: frozenset[int] | None = None
        for found in in_prose(note, pattern):
            span = span_of(found)
            behind = found.lastgroup == "after"
            if not note.is_prose(span.start - behind, span.end + (not behind)):
                continue
            if {text[span.start - 1], text[span.end]} & _BEGINS_A_MARK:
                continue
            borders = borders if borders is not None else mark_borders(note)
            other = span.end if behind else span.start
            if not (note.is_prose(other - (not behind), other + behind) or other in borders):
                continue  # the sign would become part of a tag or an address
            if self._is_meant(note, span, behind=behind):
                continue
            where, mark = ("behind", text[span.start - 1]) if behind else ("before", text[span.end])
            fix = rewritten(note, ((span, ""),), "take out the space", _REASON, tentative=True)
            yield self.find(span, f"a space {where} '{mark}'", fix=fix)

    def _is_meant(self, note: Note, span: Span, *, behind: bool) -> bool:
        """Whether the sign is not what it looks like: a word of its own, or a mark that belongs to the other side."""
        line = note.source.line_span(note.source.line_of(span.start))
        before = note.text[max(line.start, span.start - _NEAR) : span.start]
        rest = note.text[span.end : min(line.end, span.end + _NEAR)]
        if behind:
            return _ends_quote(before) or _is_open(before[-1:], rest, _BRACKETS)
        mark, after = rest[0], rest[1:]
        if mark in _OPENED:
            return after[:1].isalnum() or not any(sign in before for sign in _OPENED[mark])
        if mark in _CLOSING and (_is_open(mark, before, _CLOSING) or _FACE.search(before)):
            return True
        if mark == "." and _COMMAND.search(before):
            return True
        if mark not in ",.!?:;":
            return False
        # `the ? is a sign`: behind the end of a sentence no small letter follows.
        is_word = mark in ".!?" and after[:1].isspace() and _goes_on(after.lstrip())
        return is_word or _OPERATOR.search(before) is not None


def _ends_quote(text: str) -> bool:
    """Whether the mark at the end of `text` closes a quotation and opens none."""
    mark, before = text[-1:], text[:-1]
    return mark in _CLOSES and (before[-1:].isalnum() or before.count(_CLOSES[mark]) > before.count(mark))


def _is_open(bracket: str, text: str, others: dict[str, str]) -> bool:
    """Whether what belongs to a bracket is missing on its side of the line, so that it is none: `--[ 1.2 Soup`."""
    other = others.get(bracket)
    return other is not None and text.count(other) <= text.count(bracket)


def _goes_on(rest: str) -> bool:
    """Whether no sentence can begin there."""
    return rest[:1].islower() or rest[:1].isdigit() or rest[:1] == "."


def _signs(signs: str) -> str:
    """Without letters, digits and spaces: they are none."""
    return "".join(sign for sign in signs if not sign.isalnum() and not sign.isspace())


@lru_cache(maxsize=8)
def _pattern(before: str, after: str, around: str) -> re.Pattern[str] | None:
    """Spaces between a sign and what else is on the line; those at the ends of a line are no concern of it."""
    before, after = (_signs(signs) for signs in (before, after))
    parts = []
    # A sign of the keyboard ends a word: `.md`, `:smile:`, `!important` and `:)` begin one.
    ends = "".join(sign for sign in before if sign in ",.!?:;")
    closes = re.escape("".join(sign for sign in before if sign not in ends)) + around
    if ends:
        # `:)` is a face
        parts.append(rf"(?<=[^\s.,!?:;][ \t])(?P<ends>[ \t]*+)(?=[{re.escape(ends)}](?:[\s*_\]”’\"]|(?<![:;])\)|\Z))")
    if closes:
        parts.append(rf"(?<=\S[ \t])(?P<before>[ \t]*+)(?=[{closes}])")
    opens = re.escape(after) + around
    if opens:
        parts.append(rf"(?<=[{opens}][ \t])(?P<after>[ \t]*+)(?=\S)")
    # The first space comes first: it is what the engine of regular expressions can look for at once.
    return re.compile(rf"[ \t](?:{'|'.join(parts)})") if parts else None
