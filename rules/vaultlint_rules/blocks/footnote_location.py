"""Where footnotes are defined: at the end of the note, in the order of the text (semantics 7.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules._spans import Taken
from vaultlint_rules.blocks._footnotes import Footnotes, name_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Footnote, Section
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """How the definitions stand at the end."""

    sort: Annotated[bool, "Whether they come in the order in which the text refers to them."] = True
    blank_lines: Annotated[bool, "Whether the fix puts a blank line between them."] = False


class FootnoteLocation(NoteRule):
    """Footnotes are not defined at the end of the note, or not in the order of the text."""

    name = "footnote-location"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"footnotes"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the first definition that stands elsewhere; the fix moves them all."""
        footnotes = Footnotes(note)
        defined = {each.span.start: each for each in footnotes.definitions}
        sections = note.sections
        own = [section for section in sections if _is_definition(section) and section.span.start in defined]
        if not own or not footnotes.are_sound:
            return
        last = next((section.span.start for section in reversed(sections) if not _may_follow(section)), 0)
        misplaced = [section for section in own if section.span.start < last]
        there = [name_of(defined[section.span.start]) for section in own]
        wanted = [name for name in footnotes.order if name in there] if self.options.sort else there
        if misplaced:
            first, message = misplaced[0], "is defined here, not at the end of the note"
        elif there != wanted:
            place = next(place for place, names in enumerate(zip(there, wanted, strict=True)) if len({*names}) > 1)
            first, message = own[place], "is not defined in the order of the text"
        else:
            return
        each = defined[first.span.start]
        yield self.find(
            Span(each.span.start, each.span.start + len(each.id) + 3),
            f"the footnote '[^{each.id}]' {message}",
            fix=self._fix(note, own, [footnotes.by_name[name][0] for name in wanted]),
        )

    def _fix(self, note: Note, own: Sequence[Section], wanted: Sequence[Footnote]) -> Fix | None:
        moved = Taken(own)
        named = any(moved.touches(block.block_span) for block in note.block_ids)
        if named or _is_open(note) or any(moved.touches(command.span) for command in note.templater):
            return None
        newline = note.source.newline
        between = newline * 2 if self.options.blank_lines else newline
        text = between.join(each.span.of(note.text) for each in wanted)
        *groups, tail = _groups(note, own)
        if not all(_ends(note, group) for group in (*groups, tail)):
            return None
        end = note.sections[-1].span.end
        edits = [_removal(note, group) for group in groups]
        if all(_may_follow(section) for section in note.sections if section.span.start > tail.start):
            edits.append(Edit(note.path, tail, text))
        else:
            edits += [_removal(note, tail), Edit(note.path, Span(end, end), newline * 2 + text)]
        return Fix(
            "define the footnotes at the end",
            tuple(edits),
            Applicability.SAFE,
            may_change=frozenset({Aspect.FOOTNOTES}),
            tentative=True,
        )


def _is_definition(section: Section) -> bool:
    return section.type == "footnoteDefinition"


def _may_follow(section: Section) -> bool:
    """Whether the end of a note may come before it: comments hold settings of plug-ins there."""
    return section.type in ("footnoteDefinition", "comment")


def _is_open(note: Note) -> bool:
    """Whether what is not closed reaches to the end of the note, so that nothing can stand behind it."""
    groups = (
        [one.closed for one in note.code],
        [one.closed for one in note.math],
        [one.closed for one in note.comments],
    )
    return not all(map(all, groups))


_HEADING = re.compile(r"#{1,6} |\s*\Z")


def _ends(note: Note, group: Span) -> bool:
    """Whether it is clear where a definition ends: of what follows in the next line, readers make a part of it."""
    line = note.source.line_of(max(group.end - 1, 0)) + 1
    return line > len(note.source.line_starts) or _HEADING.match(note.source.line_span(line).of(note.text)) is not None


def _groups(note: Note, own: Sequence[Section]) -> list[Span]:
    """The definitions, those as one that nothing stands between."""
    found: list[Span] = []
    for section in own:
        if found and not note.text[found[-1].end : section.span.start].strip():
            found[-1] = Span(found[-1].start, section.span.end)
        else:
            found.append(section.span)
    return found


def _removal(note: Note, group: Span) -> Edit:
    """The edit that takes lines away; what stood before and behind stays apart as it was."""
    source, text = note.source, note.text
    first, last = source.line_of(group.start), source.line_of(max(group.end - 1, 0))
    start = source.line_span(first).start
    end = source.line_starts[last] if last < len(source.line_starts) else len(text)
    text_before = first > 1 and source.line_span(first - 1).of(text).strip() != ""
    text_behind = last < len(source.line_starts) and source.line_span(last + 1).of(text).strip() != ""
    if text_before and text_behind:
        return Edit(note.path, Span(start, end), source.newline)
    if not text_before:
        behind = text[end:]
        blank = len(behind) - len(behind.lstrip(" \t\r\n"))
        end = source.line_span(source.line_of(end + blank)).start if behind.strip() else end
    return Edit(note.path, Span(start, max(end, start)), "")
