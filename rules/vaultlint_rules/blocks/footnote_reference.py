"""Footnotes that lead to nothing: no definition, two of them, or one without text (semantics 7.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules._spans import Taken
from vaultlint_rules.blocks._footnotes import Footnotes, name_of

from vaultlint.note.model import Span
from vaultlint.rule.errors import did_you_mean
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Footnote
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_NAME = re.compile(r"[\w.:+*/-]+")
"""What people call a footnote; `[^"]` and `[^,;]` are regular expressions."""


@dataclass(frozen=True)
class Options:
    """What is reported."""

    unused: Annotated[bool, "Also report, as info, definitions that no mark in the text leads to."] = True


class FootnoteReference(NoteRule):
    """A footnote has no definition, several, or one without text."""

    name = "footnote-reference"
    group = Group.BLOCKS
    severity = Severity.ERROR
    Options = Options
    needs = frozenset({"footnotes"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every mark without a definition, and every definition that is empty, a second one, or unused."""
        footnotes = Footnotes(note)
        used = {name_of(each) for each in footnotes.references}
        taken = Taken(note.templater, note.links)  # the words of a link are often copied from elsewhere
        for each in footnotes.references:
            missing = name_of(each) not in footnotes.by_name
            if missing and not taken.touches(each.span) and _is_meant(note, each):
                near = did_you_mean(each.id, [one.id for one in footnotes.definitions])
                yield self.find(
                    each.span,
                    f"the footnote '[^{each.id}]' is not defined{near}",
                    hint=f"write '[^{each.id}]: ' and its text in a paragraph of its own",
                )
        for each in footnotes.definitions:
            yield from self._definition(note, footnotes, each, used)

    def _definition(self, note: Note, footnotes: Footnotes, each: Footnote, used: set[str]) -> Iterator[Finding]:
        head = Span(each.span.start, each.span.start + len(each.id) + 4)
        first = footnotes.by_name[name_of(each)][0]
        if first is not each:
            there = (Related(note.path, "the first definition", first.span),)
            yield self.find(head, f"the footnote '[^{each.id}]' is defined twice", related=there)
        elif each.content_span is None or not each.content_span.of(note.text).strip():
            yield self.find(head, f"the footnote '[^{each.id}]' has no text")
        elif self.options.unused and name_of(each) not in used:
            yield self.find(head, f"nothing in the text leads to the footnote '[^{each.id}]'", severity=Severity.INFO)


def _is_meant(note: Note, each: Footnote) -> bool:
    """Whether a footnote is meant, and no regular expression (`[^a-z]+`) or exponent."""
    behind = note.text[each.span.end : each.span.end + 1]
    return _NAME.fullmatch(each.id) is not None and behind not in ("*", "+", "{", "?") and "a-z" not in each.id.lower()
