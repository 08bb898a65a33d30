"""Reference links and their definitions: each needs the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.links._missing import is_template
from vaultlint_rules.links._plain import Hidden, field_spans, link_spans

from vaultlint.note.links import fold_label
from vaultlint.note.model import Span
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Definition
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_USE = re.compile(
    r"(?:(?<=[\s(>])|^)\[([^\[\]\n\\^!][^\[\]\n\\]*+)\]\[([^\[\]\n\\^][^\[\]\n\\]*+)\](?=[\s.,;!?)]|\Z)", re.MULTILINE
)
"""`[text][label]`: a link only where the label is defined. Shortcuts (`[label]`) are too like plain text (T16)."""

_WORDS = re.compile(r"[^\W\d_]{2}")
_NO_LABEL = re.compile(r"[\d\s,.;:–-]*|0x[0-9A-Fa-f]+|.*::.*|.")
"""Quotations and indices, `[1][2]`, `[a][i]`, and Dataview's fields."""

_AT_LINE = re.compile(
    r"^[ ]{0,3}\[((?:[^\[\]\\\r\n^]|\\[^\r\n])(?:[^\[\]\\\r\n]|\\[^\r\n])*+)\]:[ \t]*+\S[^\r\n]*+", re.MULTILINE
)
_COMMENT = re.compile(r"//|#|<>|comment\w*", re.IGNORECASE)
"""Labels by which people write comments: `[//]: # (not shown)`."""


class ReferenceLink(NoteRule):
    """A reference link has no definition, or a definition has no link or a twin."""

    name = "reference-link"
    group = Group.LINKS
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield links without definitions, definitions without links, and second ones of one label."""
        if "][" in note.text and not is_template(note.path, self.context):
            yield from self._undefined(note)
        if note.definitions:
            yield from self._unused(note)
            yield from self._repeated(note)

    def _undefined(self, note: Note) -> Iterator[Finding]:
        found = [each for each in _USE.finditer(note.text, note.body_start) if _is_label(each)]
        hidden = Hidden(note, link_spans(note), field_spans(note)) if found else None
        for each in found:
            if hidden is not None and not hidden.touches(*each.span()):
                message = f"'{each[0]}' is no link: '{each[2]}' is defined nowhere in this note"
                yield self.find(Span(*each.span()), message, hint=f"a definition is a line '[{each[2]}]: address'")

    def _unused(self, note: Note) -> Iterator[Finding]:
        used = {fold_label(link.label) for link in note.links if link.form == "reference"}
        for each in note.definitions:
            if fold_label(each.label) in used or _is_comment(each):
                continue
            span = Span(each.span.start, each.destination_span.end)
            yield self.find(span, f"no link uses the definition of '{each.label}'", fix=_remove(note, each))

    def _repeated(self, note: Note) -> Iterator[Finding]:
        first = {fold_label(each.label): each for each in note.definitions}
        found = [each for each in _AT_LINE.finditer(note.text, note.body_start) if fold_label(each[1]) in first]
        hidden = Hidden(note) if found else None
        for each in found:
            one = first[fold_label(each[1])]
            # Which definitions the note has is known; what looks like one may be the middle of a paragraph.
            if each.end(1) <= one.span.end or (hidden is not None and hidden.touches(*each.span())):
                continue
            if _begins_block(note, each.start()):
                place = Related(note.path, "this one counts", one.span, note.source.position(one.span.start))
                message = f"'{each[1]}' is defined before: this definition does nothing"
                yield self.find(Span(*each.span()), message, related=(place,))


def _is_label(found: re.Match[str]) -> bool:
    """Whether both are words of somebody who means a link, and not the marks of a log (`[INFO][main]`)."""
    text, label = found[1], found[2]
    return _WORDS.search(text) is not None and not text.isupper() and not _NO_LABEL.fullmatch(label)


def _begins_block(note: Note, start: int) -> bool:
    """Whether the line before is blank or a definition too: else the text is that of a paragraph."""
    line = note.source.line_of(start)
    if line == 1 or start <= note.body_start:
        return True
    before = note.source.line_span(line - 1)
    return not before.of(note.text).strip() or _AT_LINE.match(note.text, before.start) is not None


def _is_comment(definition: Definition) -> bool:
    return _COMMENT.fullmatch(definition.label) is not None or definition.destination in ("#", "<>", "")


def _remove(note: Note, definition: Definition) -> Fix | None:
    """Take the definition's line away, if it is all that the line has."""
    text = note.text
    line = note.source.line_span(note.source.line_of(definition.span.start))
    span = definition.span
    if text[line.start : span.start].strip() or "\n" in span.of(text).rstrip("\r\n"):
        return None
    if any(each.kind == "definition" and each.span.overlaps(line) for each in note.footnotes):
        return None  # the line may belong to the footnote before it
    end = line.end
    while end < len(text) and text[end] in "\r\n" and end < line.end + 2:
        end += 1
    return Fix(
        "remove the definition",
        (Edit(note.path, Span(line.start, end), ""),),
        Applicability.UNSAFE,
        may_change=frozenset({Aspect.LINKS, Aspect.WORDS}),
        reason="it may be kept for later, or as a note to its author",
    )
