"""Code blocks that do not say which language they are in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_FENCE = re.compile(r"`{3,}+|~{3,}+")
_LANGUAGE = re.compile(r"[^\s`~{}<>%]+")


@dataclass(frozen=True)
class Options:
    """What to write."""

    default: Annotated[str, "The language that the fix writes, a word such as `text`; without one there is no fix."] = (
        ""
    )


class CodeFenceLanguage(NoteRule):
    """A code block names no language, so the app shows it without colours."""

    name = "code-fence-language"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"code"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each fence with nothing behind it."""
        others = [*(each.span for each in note.comments), *(each.span for each in note.templater)]
        for code in note.code:
            if code.kind != "fenced" or code.info_span is not None or any(each.overlaps(code.span) for each in others):
                continue
            fence = _FENCE.match(note.text, code.span.start)
            if fence is not None:
                yield self.find(
                    Span(*fence.span()), "the code block names no language", fix=self._fix(note, fence.end())
                )

    def _fix(self, note: Note, place: int) -> Fix | None:
        language = self.options.default
        if not _LANGUAGE.fullmatch(language):
            return None
        return Fix(
            f"write '{language}'",
            (Edit(note.path, Span(place, place), language),),
            Applicability.UNSAFE,
            may_change=frozenset({Aspect.LANGUAGES}),
            reason="the code may be in another language",
        )
