"""Markdown links with their brackets the wrong way round: plain text to the app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.links._plain import Hidden, field_spans, link_spans

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_REVERSED = re.compile(r"(?<![\\\]])\(([^()\[\]\n\\]++)\)\[([^()\[\]\n\\]++)\](?![(\[])")
"""`(text)[destination]`. With a bracket before or behind, it is a part of something else."""

_DESTINATION = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*+://\S+|mailto:\S+|www\.\S+"
    r"|[^\s#^][^#^]*\.(?:md|canvas|base|pdf|png|jpe?g|gif|svg|webp|mp4|mp3|html?)(?:#\S*)?",
    re.IGNORECASE,
)
"""An address, or the name of a file. `(a)[b]` is arithmetic, and `(status:: active)[x]` Dataview's."""

_NEEDS_ANGLES = re.compile(r"[\s<>]")


class ReversedLink(NoteRule):
    """A Markdown link has its text in parentheses and its destination in brackets."""

    name = "reversed-link"
    group = Group.LINKS
    severity = Severity.ERROR

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `(text)[https://...]` in plain text."""
        if ")[" not in note.text:
            return
        found = [each for each in _REVERSED.finditer(note.text, note.body_start) if _DESTINATION.fullmatch(each[2])]
        hidden = Hidden(note, link_spans(note), field_spans(note)) if found else None
        for each in found:
            if hidden is None or hidden.touches(*each.span()):
                continue
            right = f"[{each[1]}]({each[2]})"
            yield self.find(
                Span(*each.span()),
                f"the brackets of '{each[0]}' are the wrong way round",
                hint=f"a link is written {right}",
                fix=None if _NEEDS_ANGLES.search(each[2]) else _turn(note, Span(*each.span()), right),
            )


def _turn(note: Note, span: Span, right: str) -> Fix:
    return Fix(
        "turn the brackets round",
        (Edit(note.path, span, right),),
        Applicability.UNSAFE,
        may_change=frozenset({Aspect.LINKS, Aspect.WORDS}),
        reason="the text may not be meant as a link",
    )
