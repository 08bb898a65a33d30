"""How a heading is written: where it begins, and with which signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import first_line, layout

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Heading
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.rule.fix import Fix


@dataclass(frozen=True)
class Options:
    """How headings are written."""

    indented: Annotated[bool, "Whether to report spaces before a heading."] = True
    spaces: Annotated[bool, "Whether to report more than one space, or a tab, between the signs and the text."] = True
    style: Annotated[
        Literal["atx", "closed", "consistent", "any"],
        "`atx`: `## Title`; `closed`: `## Title ##`; `consistent`: the one of these that the first heading has.",
    ] = "atx"
    underlined: Annotated[
        bool, "Whether to report headings that a line of `=` or `-` below makes one; some of them are accidents."
    ] = False


class HeadingStart(NoteRule):
    """A heading is indented, or written with other signs or spaces than the vault wants."""

    name = "heading-start"
    group = Group.HEADINGS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"headings"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such heading; those in quotes and lists are none of the note."""
        if note.frontmatter.error is not None:
            return  # the line that closes properties may be what underlines a heading
        closed = _wanted(self.options.style, note)
        for heading in note.headings:
            if heading.setext and self.options.underlined:
                message = "the line below makes this a heading, not '#'"
                mended = _to_atx(note, heading, closed=closed is True)
                yield self.find(first_line(note, heading.span), message, fix=mended)
                continue
            indent = _indent(note, heading)
            if self.options.indented and len(indent):
                fix = layout("take the spaces away", Edit(note.path, indent, ""))
                yield self.find(first_line(note, heading.span), "spaces before the heading", fix=fix)
            gap = _gap(note, heading)
            if self.options.spaces and len(gap) and note.text[gap.start : gap.end] != " ":
                fix = layout("leave one", Edit(note.path, gap, " "))
                yield self.find(heading.span, "more than one space before the heading's text", fix=fix)
            if (
                not heading.setext
                and closed is not None
                and _is_closed(heading) != closed
                and _may_be(heading, closed=closed)
            ):
                what = "is not closed by" if closed else "is closed by"
                message = f"the heading {what} '{'#' * heading.level}'"
                yield self.find(heading.span, message, fix=_other_end(note, heading, closed=closed))


def _wanted(style: str, note: Note) -> bool | None:
    """Whether a heading is to be closed; `None`: that is all the same."""
    if style != "consistent":
        return {"atx": False, "closed": True}.get(style)
    return next((_is_closed(each) for each in note.headings if each.text and not each.setext), False)


def _indent(note: Note, heading: Heading) -> Span:
    """What stands before the heading on its line."""
    start = heading.span.start
    return Span(note.source.line_span(note.source.line_of(start)).start, start)


def _gap(note: Note, heading: Heading) -> Span:
    """The spaces between the signs and the text; nothing where there are none."""
    start, end = heading.span.start + heading.level, heading.text_span.start
    is_space = not heading.setext and bool(heading.text) and not note.text[start:end].strip(" \t")
    return Span(start, end) if is_space and start < end else Span(start, start)


def _is_closed(heading: Heading) -> bool:
    return not heading.setext and heading.span.end > heading.text_span.end


_OWN_SIGNS = re.compile(r"(?:\A|[ \t])#+\Z")
"""What would be read as closing signs."""
_BLOCK_ID = re.compile(r"(?:\A|[ \t])\^[A-Za-z0-9-]+\Z")


def _may_be(heading: Heading, *, closed: bool) -> bool:
    """Whether the heading says the same then: signs of its own would close it, and an id must be the last."""
    return not (_BLOCK_ID if closed else _OWN_SIGNS).search(heading.text) and bool(heading.text)


def _other_end(note: Note, heading: Heading, *, closed: bool) -> Fix:
    if not closed:
        return layout("take them away", Edit(note.path, Span(heading.text_span.end, heading.span.end), ""))
    end = heading.text_span.end
    return layout("close it", Edit(note.path, Span(end, end), f" {'#' * heading.level}"))


def _to_atx(note: Note, heading: Heading, *, closed: bool) -> Fix | None:
    if _OWN_SIGNS.search(heading.text) or _BLOCK_ID.search(heading.text):
        return None  # it would be none of its text any more
    signs = "#" * heading.level
    end = note.source.line_span(note.source.line_of(heading.span.end)).end
    edits = (
        Edit(note.path, _indent(note, heading), f"{signs} "),
        Edit(note.path, Span(heading.text_span.end, end), f" {signs}" if closed else ""),
    )
    return layout(f"write '{signs} {heading.text}'", *edits)
