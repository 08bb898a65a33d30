"""Three dots and the sign for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._cjk import CJK
from vaultlint_rules.style._prose import in_prose, rewritten, span_of

from vaultlint.note.obsidian import Cover
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_DOTS = re.compile(r"(?<![./\\])\.\.\.(?![./\\}])")
_SIGN = re.compile("…")
_AT_HOME = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]…+|…+[{CJK}\u3000-\u303f\uff00-\uffef]")
"""Beside Chinese and Japanese letters the sign, often twice, is the only way to write it."""
_REASON = "three dots may be meant as dots, as in a path or a command"


@dataclass(frozen=True)
class Options:
    """Which of both."""

    style: Annotated[Literal["sign", "dots"], "The one sign `…`, or three dots."] = "sign"


class EllipsisStyle(NoteRule):
    """Three dots stand where the vault writes the one sign for them, or the other way round."""

    name = "ellipsis"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each that is written the other way; in no path, and not where there are more dots than three.

        The sign beside Chinese or Japanese letters stays.
        """
        sign = self.options.style == "sign"
        old, new, pattern = ("...", "…", _DOTS) if sign else ("…", "...", _SIGN)
        if old not in note.text:
            return
        message = "three dots, not the sign '…'" if sign else "the sign '…', not three dots"
        at_home = () if sign or note.text.isascii() else [span_of(each) for each in _AT_HOME.finditer(note.text)]
        cover = Cover((span.start, span.end) for span in at_home)
        for found in in_prose(note, pattern):
            span = span_of(found)
            if cover.touched(span.start, span.end) >= 0:
                continue
            yield self.find(span, message, fix=rewritten(note, ((span, new),), f"write '{new}'", _REASON))
