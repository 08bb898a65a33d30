"""The signs of emphasis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._emphasis import Text, signs_of
from vaultlint_rules.style._gaps import layout

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

Style = Literal["asterisk", "underscore", "consistent", "any"]
_MOST = 40
_SIGNS = {"asterisk": "*", "underscore": "_"}


@dataclass(frozen=True)
class Options:
    """The signs to write."""

    emphasis: Annotated[Style, "For emphasis: `*so*` or `_so_`; `consistent`: as the first of the note."] = "asterisk"
    strong: Annotated[Style, "For strong emphasis: `**so**` or `__so__`; `consistent` likewise."] = "asterisk"
    spaces: Annotated[bool, "Whether to report `** so **`, which emphasizes nothing."] = True


class EmphasisStyle(NoteRule):
    """Emphasis is written with other signs than the vault wants, or with spaces that undo it."""

    name = "emphasis-style"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield emphasis with other signs where they may change, and signs with spaces inside."""
        if "*" not in note.text and "_" not in note.text:
            return
        text = Text(note)
        yield from self._other_signs(note, text)
        if self.options.spaces and ("**" in note.text or "__" in note.text):
            yield from self._with_spaces(note, text)

    def _other_signs(self, note: Note, text: Text) -> Iterator[Finding]:
        wanted: dict[bool, str | None] = {}
        for found in note.emphasis:
            style = self.options.strong if found.strong else self.options.emphasis
            sign = note.text[found.span.start]
            right = wanted.setdefault(found.strong, sign if style == "consistent" else _SIGNS.get(style))
            if right in (None, sign) or not text.may_change(found):
                continue
            signs = signs_of(found)
            new = str(right) * len(signs[0])
            message = f"'{_short(found.span.of(note.text))}' is emphasized by '{signs[0].of(note.text)}'"
            fix = layout(f"write '{new}'", *(Edit(note.path, each, new) for each in signs), tentative=True)
            yield self.find(signs[0], message, fix=fix)

    def _with_spaces(self, note: Note, text: Text) -> Iterator[Finding]:
        """Two signs on a line that mark nothing, with a space behind the first or before the second."""
        lines: dict[int, list[int]] = {}
        for sign in text.unused:
            if len(sign) == 2 and text.left_alone.touched(sign.start, sign.end) < 0:
                lines.setdefault(note.source.line_of(sign.start), []).append(sign.start)
        for places in lines.values():
            if len(places) != 2 or all(text.between_spaces(Span(place, place + 2)) for place in places):
                continue  # a power in mathematics, say
            start, end = places
            inner = note.text[start + 2 : end]
            if note.text[start] == "_" and (note.text[start - 1 : start].isalnum() or _names(note.text, end)):
                continue
            if note.text[start] == note.text[end] and inner.strip() and inner != inner.strip(" \t"):
                signs = note.text[start : start + 2]
                hint = f"write '{_short(signs + inner.strip() + signs)}'"
                message = f"'{_short(signs + inner + signs)}' emphasizes nothing"
                yield self.find(Span(start, end + 2), message, hint=hint)


def _names(text: str, place: int) -> bool:
    """Whether the two signs there begin a name, as in `__doc`, rather than end what is emphasized."""
    return text[place + 2 : place + 3].isalnum()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST else f"{words[: _MOST // 2]} ... {words[-_MOST // 2 :]}"
