"""Brackets of wikilinks that make no link, and what a prompt of the app left behind (semantics 1.8, 1.10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.links._missing import is_template
from vaultlint_rules.links._plain import Hidden, link_spans

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.vault.headings import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Wikilink
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PROMPTS = {"##": "headings", "^^": "blocks"}
_SHOWN = 40
_FAULTY = re.compile(r"\[\[(?:[ \t|]*+\]\]|[^\[\]\r\n]*+(?:(?:\[(?!\[)|\](?!\]))[^\[\]\r\n]*+)*+(?![^\r\n]))")
"""Brackets with nothing in them, or without an end on their line: without any, they need not be looked at in turn."""


class LinkSyntax(NoteRule):
    """Double brackets are not closed, hold nothing, or are left over from a search for headings or blocks."""

    name = "link-syntax"
    group = Group.LINKS
    severity = Severity.INFO

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `[[` without its end, `[[]]`, `[[##text]]` and `[[^^text]]`; templates may hold them."""
        if "[[" not in note.text or is_template(note.path, self.context):
            return
        for link in note.wikilinks:
            searched = _PROMPTS.get(link.target[:2])
            if searched is not None and not _is_heading_here(note, link):
                written = link.span.of(note.text)
                yield self.find(link.span, f"'{written}' is left over from a search for {searched}")
        if _FAULTY.search(note.text, note.body_start):
            yield from self._brackets(note)

    def _brackets(self, note: Note) -> Iterator[Finding]:
        """Yield those that are no part of a link; of a line without any end, once."""
        text = note.text
        hidden: Hidden | None = None
        line_end = -1
        at = text.find("[[", note.body_start)
        while at >= 0:
            if line_end < at:
                line_end = _line_end(text, at)
            close = text.find("]]", at, line_end)
            if close >= 0:
                at = text.rfind("[[", at, close)
            said = _said(text, at, close, line_end)
            if said:
                hidden = hidden or Hidden(note, link_spans(note))
                if not hidden.touches(at, at + 3) and text[at - 1 : at] not in ("\\", "["):
                    yield self.find(Span(at, close + 2 if close >= 0 else at + 2), said)
            at = text.find("[[", close + 2 if close >= 0 else line_end)


def _is_heading_here(note: Note, link: Wikilink) -> bool:
    """Whether the link names a heading of this very note: the app takes two `#` for one."""
    wanted = heading_key(link.target)
    return link.target[0] == "#" and any(heading_key(heading.text) == wanted for heading in note.headings)


def _said(text: str, at: int, close: int, line_end: int) -> str | None:
    """What is wrong with brackets that make no link; `None` where something else is meant by them."""
    if close >= 0:
        return f"'{text[at : close + 2]}' names no note" if not text[at + 2 : close].strip(" \t|") else None
    begun = text[at : min(line_end, at + _SHOWN)].rstrip()
    named = text[at + 2 : at + 3].strip()
    # A single closing bracket may be the end of something else, as in `[[1](address)]`.
    if not named or named in "\"'`)]},.;:|" or "](" in text[at:line_end]:
        return None
    return f"'{begun}' has no closing brackets on its line, so it is no link"


def _line_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))
