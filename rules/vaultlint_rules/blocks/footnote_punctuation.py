"""The mark of a footnote and the punctuation beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules._spans import Taken
from vaultlint_rules.blocks._footnotes import Footnotes

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_WIDE = "。，、；：！？"
"""Signs behind which no space stands."""
_MARKUP = "*_~=`)]}>\"'”’»"


@dataclass(frozen=True)
class Options:
    """Where the mark stands."""

    place: Annotated[
        Literal["after", "before"], "Behind the punctuation, as in English, or before it, as in French."
    ] = "after"
    characters: Annotated[str, "The signs of punctuation that count."] = ".,;:!?" + _WIDE


class FootnotePunctuation(NoteRule):
    """The mark of a footnote stands on the wrong side of the punctuation."""

    name = "footnote-punctuation"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"footnotes"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every mark, or several in a row, on the other side of punctuation."""
        characters = "".join([sign for sign in self.options.characters if not sign.isalnum() and not sign.isspace()])
        if not characters:
            return
        taken = Taken(note.headings, note.inline_fields)  # their words are names
        for marks in _runs(note):
            after = self.options.place == "after"
            swap = _behind(note.text, marks, characters) if after else _before(note.text, marks, characters)
            if swap is None or note.hidden(swap[0]) or taken.touches(swap[0]):
                continue
            span, text = swap
            side = "before" if after else "behind"
            sign = span.of(note.text).replace(marks.of(note.text), "")
            fix = Fix(
                f"move the mark to the other side of '{sign}'",
                (Edit(note.path, span, text),),
                Applicability.SAFE,
                may_change=frozenset({Aspect.WORDS}),
                tentative=True,
            )
            yield self.find(marks, f"'{marks.of(note.text)}' stands {side} '{sign}'", fix=fix)


def _behind(text: str, marks: Span, characters: str) -> tuple[Span, str] | None:
    """What to swap where punctuation stands behind the marks, and what it becomes."""
    found = re.compile(rf"[{re.escape(characters)}]{{1,3}}").match(text, marks.end)
    if found is None or not _is_word(text, marks.start, characters):
        return None
    behind = text[found.end() : found.end() + 1]
    if behind and not behind.isspace() and behind not in _MARKUP and found[0][-1] not in _WIDE:
        return None  # `[^1].md`, say
    if found[0][-1] == "!":
        return None  # `![^1]` begins an image
    return Span(marks.start, found.end()), found[0] + marks.of(text)


def _before(text: str, marks: Span, characters: str) -> tuple[Span, str] | None:
    """The same where it stands before them."""
    start = marks.start
    while start > 0 and marks.start - start < 3 and text[start - 1] in characters:
        start -= 1
    if start == marks.start or not _is_word(text, start, characters) or text[marks.end : marks.end + 1] == ":":
        return None
    return Span(start, marks.end), marks.of(text) + text[start : marks.start]


def _runs(note: Note) -> Iterator[Span]:
    """The marks of footnotes; those without anything between them as one."""
    start = end = -1
    for each in Footnotes(note).references:
        if each.span.start != end:
            if start >= 0:
                yield Span(start, end)
            start = each.span.start
        end = each.span.end
    if start >= 0:
        yield Span(start, end)


_ADDRESS = re.compile(r"(?:https?|obsidian|file|mailto):\S*\Z")


def _is_word(text: str, end: int, characters: str) -> bool:
    """Whether something stands right before that a sentence may end with: no space, punctuation, or address."""
    before = text[max(end - 200, 0) : end]
    if not before or before[-1].isspace() or before[-1] in characters or before[-1] in "\\>|":
        return False
    return _ADDRESS.search(before) is None
