"""Numbers of footnotes that came along with a pasted quote: their notes did not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules._spans import Taken

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_BRACKETS = re.compile(r"(\[(?<=[^\s\\\[\](){}<>=+*/_|`$^-]\[)[1-9]\d{0,2}\](?:\[[1-9]\d{0,2}\])*)(?![\w(\[:=}])")
_NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(r"^[ \t>*+-]*\\?\[(\d{1,3})\\?\][.:]?[ \t]*\S", re.MULTILINE)
_ADDRESS = re.compile(r"(?<!\S)\\?\[(\d{1,3})\\?\][.:]?[ \t]+<?https?://")
"""What a number leads to where the list of sources came along: a line that begins with it, or an address behind it."""
_DIGITS = re.compile(r"(?<=[^\W\d_])[.,](\d{1,3})(?=\s|\Z)")


@dataclass(frozen=True)
class Options:
    """What is taken for a leftover."""

    digits: Annotated[bool, "Also bare numbers behind the full stop or comma that ends a word: `plans.50`."] = False


class FootnoteLeftover(NoteRule):
    """The number of a footnote was left from a pasted quote."""

    name = "footnote-leftover"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `[1]` right behind a word, where it is no link, and `.50` behind one if asked for."""
        patterns = [_BRACKETS] if "]" in note.text else []
        if self.options.digits:
            patterns.append(_DIGITS)
        if not any(pattern.search(note.text, note.body_start) for pattern in patterns):
            return
        links = (note.links, note.wikilinks, note.definitions)
        taken = Taken(*links, note.html, note.inline_fields, note.templater)
        sources = {found[1] for pattern in (_ENTRY, _ADDRESS) for found in pattern.finditer(note.text, note.body_start)}
        for pattern in patterns:
            for found in pattern.finditer(note.text, note.body_start):
                span = Span(*found.span(1))
                if sources.issuperset(_NUMBER.findall(found[1])):
                    continue
                if not note.hidden(span) and not taken.touches(span):
                    yield self.find(
                        span,
                        f"'{found[1]}' looks like the number of a footnote in the text that this was taken from",
                        fix=Fix(
                            "remove the number",
                            (Edit(note.path, span, ""),),
                            Applicability.SUGGESTION,
                            may_change=frozenset({Aspect.WORDS}),
                        ),
                    )
