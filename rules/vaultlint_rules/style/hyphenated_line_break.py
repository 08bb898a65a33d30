"""Words cut in two: what is left of the end of a line when text is copied out of a page with columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._prose import rewritten, span_of

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_CUT = re.compile(r"([-\u2010\u00ad](?<=[^\W\d_].) {1,2})([^\W\d_]{2,30})(?![\w-])")
"""The hyphen behind a letter, and what stands behind it."""
_HEAD = re.compile(r"(?<![\w-])[^\W\d_]{2,30}\Z")
_JOINING = frozenset(
    {"and", "or", "nor", "to", "but", "as", "vs", "versus", "than", "through", "plus", "of"}
    | {"und", "oder", "bis", "sowie", "bzw", "et", "ou", "en", "och", "eller", "og", "ed"}
)
"""What joins two words of which the first ends in a hyphen that stands for the rest of the second."""
_WORD = re.compile(r"[^\W\d_]+")
_REASON = "the hyphen may belong there: a word of two parts, or a dash without the space before it"


@dataclass(frozen=True)
class Options:
    """How sure a cut has to be."""

    hyphen: Annotated[
        Literal["known", "any"],
        "With the hyphen of the keyboard, only words that stand whole in the same note, too, or any; "
        "with that of typesetters (U+2010, U+00AD), always any.",
    ] = "known"


class HyphenatedLineBreak(NoteRule):
    """A word is cut in two by a hyphen and a space."""

    name = "hyphenated-line-break"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every word that is."""
        text = note.text
        if "- " not in text and "\u2010 " not in text and "\u00ad " not in text:
            return
        words: set[str] | None = None
        for found in _CUT.finditer(text, note.body_start):
            before = _HEAD.search(text, max(found.start() - 30, note.body_start), found.start())
            if before is None or not note.is_prose(before.start(), found.end()):
                continue
            head, tail = before[0], found[2]
            if not tail.islower() or tail in _JOINING or not (head.islower() or head.istitle()):
                continue
            if found[0][0] == "-" and self.options.hyphen == "known":
                words = words if words is not None else {word.lower() for word in _WORD.findall(text)}
                if (head + tail).lower() not in words:
                    continue
            gap = span_of(found, 1)
            span = Span(before.start(), found.end())
            fix = rewritten(note, ((gap, ""),), f"write '{head}{tail}'", _REASON)
            yield self.find(span, f"'{span.of(text)}' is cut in two", fix=fix)
