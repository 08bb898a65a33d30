"""Values that are read as something else, or not at all, because they have no quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.frontmatter._lists import short
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.frontmatter._refused import in_quotes, refused_values

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Item, Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What can be set for `property-needs-quotes`."""

    quotes: Annotated[
        Literal["double", "single"], "Which quotes are written, unless the value holds such quotes itself."
    ] = "double"


_SUSPECT = re.compile(r"[ \t][#&!]|\d{16}|-[ \t][^\r\n]*:[ \t]")
"""What stands in a block of which any value could be misread."""
_HASH = re.compile(r"[ \t]+(#(?:\d+|[^\s#]+))[ \t]*\Z")
"""All of a comment is one word right behind its sign."""
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_ANCHOR = re.compile(r":[ \t]+([&!](?![!\s])\S+)")
_SURE_DIGITS = 16
_MOST_DIGITS = 300
_REFERENCE = re.compile(r"\*([^\s,\[\]{}]+)")
_TAGS = ("tags", "tag")


class PropertyNeedsQuotes(NoteRule):
    """A property's value has no quotes and is read as something else than is written, or not at all."""

    name = "property-needs-quotes"
    group = Group.FRONTMATTER
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the values for which YAML refuses the block, or else those that it misreads."""
        if not note.text.startswith(("---", "\ufeff---")):
            return
        error = note.frontmatter.error
        if error is not None:
            if error.kind == "syntax":
                yield from self._refused(note)
            return
        block = note.frontmatter.span
        if block is None or _SUSPECT.search(note.text, block.start, block.end) is None:
            return
        referred = set(_REFERENCE.findall(note.text, block.start, block.end))
        for owner in note.properties:
            if not is_placeholder(owner.span.of(note.text)):
                yield from self._misread(note, owner, referred)

    def _refused(self, note: Note) -> Iterator[Finding]:
        content = note.frontmatter.content_span
        comments = (Aspect.COMMENTS,) if content is not None and "#" in content.of(note.text) else ()
        for value in refused_values(note, self.options.quotes == "single"):
            written = value.span.of(note.text)
            yield self.find(
                value.span,
                f"'{short(written)}' can't be read without quotes: {value.why}",
                fix=_fix(note, value.span, value.text, value.doubt, *comments),
            )

    def _misread(self, note: Note, owner: Property, referred: set[str]) -> Iterator[Finding]:
        """Numbers, comments and marks of YAML, and items with a colon."""
        for value in owner.items or (owner,):
            if value.style in ("plain", "null"):
                yield from self._judge(note, owner, value, referred)
        for item in owner.items:
            if item.style == "block" and isinstance(item.value, dict) and len(item.value) == 1:
                yield from self._split(note, owner, item)

    def _judge(self, note: Note, owner: Property, value: Item | Property, referred: set[str]) -> Iterator[Finding]:
        span = value.value_span if value is owner else value.span
        if isinstance(value.value, int | float) and not isinstance(value.value, bool):
            if _loses_digits(span.of(note.text)) and self._may_be_text(owner):
                yield self._found(note, owner, span, "the app keeps no number of so many digits")
            return
        if value is not owner or owner.key.lower() in _TAGS:
            return
        line = note.text[span.end : owner.span.end]
        if value.value is None:
            line = note.text[owner.key_span.end + 1 : owner.span.end]
        if "#" in line and (comment := _HASH.match(line)):
            yield self._comment(note, owner, span, line, comment[1])
        elif (mark := _ANCHOR.match(note.text, owner.key_span.end, owner.span.end)) and mark[1][1:] not in referred:
            start = mark.start(1)
            whole = Span(start, max(span.end, mark.end(1)))
            yield self._found(note, owner, whole, f"'{mark[1][0]}' begins it", "it may be meant for YAML")

    def _may_be_text(self, owner: Property) -> bool:
        return self.context.property_types.get(owner.key.lower()) != "number"

    def _comment(self, note: Note, owner: Property, span: Span, line: str, word: str) -> Finding:
        if owner.value is None:
            start = owner.key_span.end + 1 + line.index("#")
            whole = Span(start, start + len(word))
            doubt = "" if _COLOUR.fullmatch(word) else "it may be meant as a comment"
            return self._found(note, owner, whole, "'#' begins a comment", doubt, Aspect.COMMENTS)
        whole = Span(span.start, span.end + line.index("#") + len(word))
        doubt = "the last word may be meant as a comment"
        return self._found(note, owner, whole, "' #' begins a comment", doubt, Aspect.COMMENTS)

    def _split(self, note: Note, owner: Property, item: Item) -> Iterator[Finding]:
        """A text with a colon among other texts, which YAML takes for a map."""
        written = item.span.of(note.text)
        if owner.key.lower() == "aliases" or "\n" in written or "\r" in written:
            return
        if any(isinstance(other.value, str) for other in owner.items):
            yield self._found(note, owner, item.span, "': ' makes a name and a value of it", "a map may be meant")

    def _found(self, note: Note, owner: Property, span: Span, why: str, doubt: str = "", *more: Aspect) -> Finding:
        written = span.of(note.text)
        text = in_quotes(written, self.options.quotes == "single")
        message = f"'{short(written)}' in '{owner.key}' is not read as it is written: {why}"
        return self.find(span, message, fix=_fix(note, span, text, doubt, *more))


def _loses_digits(written: str) -> bool:
    """Whether a whole number is too long for the app, which keeps it as JavaScript does."""
    if len(written) < _SURE_DIGITS or not (written.isascii() and written.isdecimal()) or written[0] == "0":
        return False
    return len(written) > _MOST_DIGITS or int(float(written)) != int(written)


def _fix(note: Note, span: Span, text: str, doubt: str, *more: Aspect) -> Fix:
    return Fix(
        f"write {short(text)}",
        (Edit(note.path, span, text),),
        Applicability.UNSAFE if doubt else Applicability.SAFE,
        may_change=frozenset({Aspect.PROPERTIES, *more}),
        reason=doubt,
    )
