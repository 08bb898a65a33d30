"""Words that are spelt wrong so often that there is a list of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._prose import rewritten

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_LETTERS = bytes(sign if 97 <= sign <= 122 else 32 for sign in range(256))
"""All but `a` to `z` are spaces."""
_ALONE_BEFORE = re.compile(r"[\w./\\@'’-]\Z")
_ALONE_BEHIND = re.compile(r"[\w/\\@-]|[.'’]\w")
_REASON = "what is misspelt may be a name, or a word of another language"


@dataclass(frozen=True)
class Options:
    """Which words, and how far they may be mended."""

    words: Annotated[dict[str, str], "Further misspellings, each with the right word; both in lower case."] = field(
        default_factory=dict
    )
    ignore: Annotated[tuple[str, ...], "Words that are right here."] = ()
    capitals: Annotated[
        Literal["skip", "judge"], "What of a word with more capitals than its first, which is often a name."
    ] = "skip"
    fix: Annotated[Literal["suggestion", "unsafe"], "How far a correction may be trusted."] = "suggestion"


class Misspelling(NoteRule):
    """A word is misspelt."""

    name = "misspelling"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each word of the list that stands alone in prose."""
        from vaultlint_rules.style._misspellings import MISSPELLINGS

        own = {word.lower(): right for word, right in self.options.words.items()}
        ignored = {word.lower() for word in self.options.ignore}
        lower = note.text.lower()
        if len(lower) != len(note.text):  # a few letters of other scripts grow
            lower = "".join([sign.lower() if sign.isascii() else sign for sign in note.text])
        if own:
            wrong = (set(_OWN_WORD.findall(lower)) & (MISSPELLINGS.keys() | own.keys())) - ignored
        else:  # as bytes: far the fastest way to a text's words
            words = _known().intersection(lower.encode("utf-8", "replace").translate(_LETTERS).split())
            wrong = {word.decode() for word in words} - ignored
        if not wrong:
            return
        pattern = re.compile("|".join(map(re.escape, sorted(wrong))))
        trust = Applicability.UNSAFE if self.options.fix == "unsafe" else Applicability.SUGGESTION
        for found in pattern.finditer(lower, note.body_start):
            span = Span(*found.span())
            written = span.of(note.text)
            if not self._is_judged(note, span, written):
                continue
            right = _in_case_of(written, own.get(found[0]) or MISSPELLINGS[found[0]])
            fix = rewritten(note, ((span, right),), f"write '{right}'", _REASON, trust)
            yield self.find(span, f"'{written}' is misspelt", hint=f"write '{right}'", fix=fix)

    def _is_judged(self, note: Note, span: Span, written: str) -> bool:
        text = note.text
        if not note.is_prose(span.start, span.end):
            return False
        if _ALONE_BEFORE.search(text, max(span.start - 1, 0), span.start) or _ALONE_BEHIND.match(text, span.end):
            return False
        return self.options.capitals == "judge" or written[1:].islower()


@lru_cache(maxsize=1)
def _known() -> frozenset[bytes]:
    from vaultlint_rules.style._misspellings import MISSPELLINGS

    return frozenset(word.encode() for word in MISSPELLINGS)


_OWN_WORD = re.compile(r"[^\W\d_]{2,}+")


def _in_case_of(written: str, right: str) -> str:
    """The right word with the capitals of the one that is there."""
    if written.isupper():
        return right.upper()
    return right[:1].upper() + right[1:] if written[:1].isupper() else right
