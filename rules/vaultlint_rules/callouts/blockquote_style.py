"""The space behind the `>` of a quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import BLANK, blocks_left_alone, first_line, layout

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.note.obsidian import Cover
    from vaultlint.rule.finding import Finding

_SIGNS = re.compile(r"[ ]{0,3}+>[> \t]*+")
_WITHOUT = re.compile(r">(?=[^ \t\r\n])")
_WITH = re.compile(r"> (?=[^ \t\r\n])")


@dataclass(frozen=True)
class Options:
    """How a quote is written."""

    style: Annotated[
        Literal["space", "no-space", "any"], "Whether a space stands between a `>` and what follows it."
    ] = "space"
    split: Annotated[
        bool, "Whether to report a quote that a blank line divides from the quote before it: it may be meant as one."
    ] = False


class BlockquoteStyle(NoteRule):
    """The lines of a quote do not begin as the vault wants them."""

    name = "blockquote-style"
    group = Group.CALLOUTS
    severity = Severity.INFO
    in_templates = False
    Options = Options
    needs = frozenset({"quotes"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each quote with such lines, and each that may be the rest of another."""
        if self.options.style != "any":
            yield from self._spacing(note)
        if self.options.split:
            for above, below in pairwise(note.sections):
                if above.type == below.type == "blockquote" and not note.text[above.span.end : below.span.start].strip(
                    BLANK
                ):
                    yield self.find(first_line(note, below.span), "a blank line divides this from the quote above")

    def _spacing(self, note: Note) -> Iterator[Finding]:
        spaced = self.options.style == "space"
        alone = blocks_left_alone(note)
        wrong = _WITHOUT if spaced else _WITH
        for quote in note.quotes:
            if quote.depth > 1:
                continue  # its lines were those of the quote around it
            edits: list[Edit] = []
            lines = 0
            for signs in _lines(note, quote.span, alone):
                places = [found.start() + 1 for found in wrong.finditer(note.text, signs.start, signs.end + 1)]
                lines += bool(places)
                edits += [Edit(note.path, Span(at, at + (not spaced)), " " if spaced else "") for at in places]
            if edits:
                what = "no space" if spaced else "space"
                message = f"{what} behind '>' in {'one line' if lines == 1 else f'{lines} lines'} of the quote"
                fix = layout("put a space there" if spaced else "take the space away", *edits)
                yield self.find(first_line(note, Span(edits[0].span.start - 1, quote.span.end)), message, fix=fix)


def _lines(note: Note, quote: Span, alone: Cover) -> Iterator[Span]:
    """What stands before the text of each line of a quote, but where it is a part of code, math, HTML or a comment.

    A line with a tab is left alone: how wide that is, and so what it nests, depends on what is before it.
    """
    source = note.source
    for line in range(source.line_of(quote.start), source.line_of(quote.end) + 1):
        place = source.line_span(line)
        begin = max(place.start, quote.start)
        signs = _SIGNS.match(note.text, begin, place.end)
        if signs and "\t" not in place.of(note.text) and alone.touched(begin, signs.end() + 1) < 0:
            yield Span(begin, signs.end())
