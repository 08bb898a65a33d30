"""More than one heading of the first level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What counts as a title."""

    title: Annotated[bool, "Count the property `title` as a heading of the first level."] = False


class HeadingSingleH1(NoteRule):
    """A note has more than one heading of the first level."""

    name = "heading-single-h1"
    group = Group.HEADINGS
    severity = Severity.WARNING
    Options = Options
    needs = frozenset({"headings"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each of them but the first."""
        tops = [heading for heading in note.headings if heading.level == 1]
        title = note.property("title") if tops and self.options.title else None
        if title is not None and title.value:
            first, told = title.span, f"the property 'title' says '{title.value}'"
        elif len(tops) > 1:
            first, told = tops[0].span, f"'{tops[0].text}' is the first"
            tops = tops[1:]
        else:
            return
        related = (Related(note.path, told, first, note.source.position(first.start)),)
        for heading in tops:
            message = f"'{heading.text}' is one more heading of the first level: {told}"
            yield self.find(heading.span, message, related=related)
