"""Headings with nothing below them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.links._missing import is_template

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Heading
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_EMPTY = "there is nothing below the heading, which has no text"


@dataclass(frozen=True)
class Options:
    """What fills a section."""

    subheadings: Annotated[bool, "A heading of a lower level fills the section above it."] = True
    comments: Annotated[bool, "Comments fill a section, too."] = True


class HeadingEmptySection(NoteRule):
    """A heading has nothing below it."""

    name = "heading-empty-section"
    group = Group.HEADINGS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"headings"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each heading that is followed by one of no lower level, or by the end of the note."""
        if is_template(note.path, self.context):
            return
        levels = {heading.span.start: heading for heading in note.headings}
        skipped = () if self.options.comments else ("comment",)
        blocks = [section for section in note.sections if section.type not in skipped]
        for section, following in pairwise((*blocks, None)):
            heading = levels.get(section.span.start) if section is not None else None
            if heading is None:
                continue
            below = levels.get(following.span.start) if following is not None else None
            if following is not None and below is None:
                continue
            if below is not None and below.level > heading.level and self.options.subheadings:
                continue
            if not _is_link(note, heading):
                said = f"there is nothing below the heading '{heading.text}'" if heading.text else _EMPTY
                yield self.find(heading.span, said)


def _is_link(note: Note, heading: Heading) -> bool:
    """Whether all of its text is one link, to where the text is."""
    text = heading.text_span
    return any(link.span == text for link in note.wikilinks) or any(link.span == text for link in note.links)
