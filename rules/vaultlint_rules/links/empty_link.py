"""Markdown links that lead nowhere, or that nobody can see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.links._missing import is_template
from vaultlint_rules.links._plain import Hidden, link_spans

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_NO_DESTINATION = re.compile(r"(?<![\\\]])!?\[([^\[\]\n\\^][^\[\]\n\\]*+)?\]\([ \t]*+(?:<[ \t]*+>)?+[ \t]*+\)")
"""`[text]()` and `[]()`: no links to the app (observed 15)."""

_NOTHING = re.compile(r"\]\([ \t]*+(?:<[ \t]*+>)?+[ \t]*+\)")
"""The end of such a link: it leads, as it is found far sooner than the whole."""

_UNSEEN = " \t\n\u00a0\u200b\u200c\u200d\ufeff"
_NO_TEXT = re.compile(rf"\[[\r{_UNSEEN}>]*+\]\(")
"""Without it, links need not be taken apart; a text over lines of a quote has its signs."""


class EmptyLink(NoteRule):
    """A Markdown link has no destination, or no text to click on."""

    name = "empty-link"
    group = Group.LINKS
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `[text]()` and `[](destination)`; not in templates, where somebody fills them in."""
        if "](" not in note.text or is_template(note.path, self.context):
            return
        yield from self._without_destination(note)
        for link in note.links if _NO_TEXT.search(note.text) else ():
            if not link.image and link.form in ("inline", "angle") and not link.text.strip(_UNSEEN):
                written = _short(link.span.of(note.text))
                if "<%" not in written and "{{" not in written:
                    yield self.find(link.span, f"'{written}' has no text to click on")

    def _without_destination(self, note: Note) -> Iterator[Finding]:
        found = list(_NO_DESTINATION.finditer(note.text, note.body_start)) if _NOTHING.search(note.text) else []
        hidden = Hidden(note, link_spans(note)) if found else None
        for each in found:
            if hidden is not None and not hidden.touches(*each.span()):
                yield self.find(Span(*each.span()), f"'{_short(each[0])}' leads nowhere: it has no destination")


def _short(written: str) -> str:
    written = " ".join(written.split())
    return written if len(written) <= 60 else f"{written[:57]}..."
