"""The space between a Chinese, Japanese or Korean word and one in Latin letters or digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._cjk import CJK
from vaultlint_rules.style._prose import mark_borders, rewritten

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_LETTER = re.compile(f"[{CJK}]")
_LATIN = "A-Za-z0-9"
_REASON = "it is a matter of taste, and a search for the words as they were finds them no more"


@dataclass(frozen=True)
class Options:
    """Where a space belongs."""

    style: Annotated[Literal["spaced", "none"], "One space between the two scripts, or none."] = "spaced"
    around_marks: Annotated[
        bool, "Whether the space belongs, too, between a word and inline code, math or a link beside it."
    ] = True
    symbols_before: Annotated[
        str, "Signs that count as Latin before a CJK letter, where they stand behind a Latin letter or digit."
    ] = "+;:'\"°%$)]"
    symbols_after: Annotated[
        str, "Signs that count as Latin behind a CJK letter, where a Latin letter or digit stands behind them."
    ] = "-'\"([¥$"


class CjkSpacing(NoteRule):
    """Between a CJK word and a Latin one or a number there is no space, or there is one."""

    name = "cjk-spacing"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each place where the two meet otherwise than the vault wants; never in links, tags and the like."""
        text = note.text
        if text.isascii() or not _LETTER.search(text):
            return
        if self.options.style == "none":
            yield from self._spaced(note)
            return
        marks = mark_borders(note) if self.options.around_marks else frozenset()
        pattern = _meeting(self.options.symbols_before, self.options.symbols_after)
        for prose in note.prose:
            met = (found.start() for found in pattern.finditer(text, prose.start, prose.end))
            places = [place for place in met if not _joined(text, place)]
            if prose.start in marks and _LETTER.match(text, prose.start):
                places.append(prose.start)
            if prose.end in marks and _LETTER.match(text, prose.end - 1):
                places.append(prose.end)
            for place in sorted(set(places)):
                span = Span(max(place - 1, 0), min(place + 1, len(text)))
                fix = rewritten(note, ((Span(place, place), " "),), "put a space between", _REASON)
                yield self.find(span, f"no space between '{text[place - 1]}' and '{text[place]}'", fix=fix)

    def _spaced(self, note: Note) -> Iterator[Finding]:
        for prose in note.prose:
            for found in _APART.finditer(note.text, prose.start + 1, prose.end - 1):
                span = Span(*found.span())
                fix = rewritten(note, ((span, ""),), "take out the space", _REASON, tentative=True)
                before, after = note.text[span.start - 1], note.text[span.end]
                yield self.find(span, f"a space between '{before}' and '{after}'", fix=fix)


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});\Z")
_RANGE = re.compile(f"[0-9] ?[{CJK}]{{1,2}}-[0-9]")


def _joined(text: str, place: int) -> bool:
    """Whether the sign at a place is another one in other words, as in `&quot;`, or joins two numbers: `9点-10点`."""
    if text[place - 1] == ";":
        return _ENTITY.search(text, max(place - 34, 0), place) is not None
    if text[place] != "-":
        return False
    return any(_RANGE.match(text, start) for start in range(max(place - 4, 0), place - 1))


_APART = re.compile(f"(?<=[{CJK}]) (?=[{_LATIN}])|(?<=[{_LATIN}]) (?=[{CJK}])")


@lru_cache(maxsize=8)
def _meeting(before: str, after: str) -> re.Pattern[str]:
    """Where the two scripts touch, as places of no length."""
    parts = [f"(?<=[{CJK}])(?=[{_LATIN}])", f"(?<=[{_LATIN}])(?=[{CJK}])"]
    # A space or letter is no sign: with one, a space would be put in for ever.
    before, after = (re.escape("".join(sign for sign in signs if _is_sign(sign))) for signs in (before, after))
    if before:
        parts.append(f"(?<=[{_LATIN}][{before}])(?=[{CJK}])")
    if after:
        parts.append(f"(?<=[{CJK}])(?=[{after}][{_LATIN}])")
    return re.compile("|".join(parts))


def _is_sign(sign: str) -> bool:
    return not sign.isalnum() and not sign.isspace()
