"""Quotation marks and apostrophes, straight or curly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._cjk import CJK
from vaultlint_rules.style._prose import in_prose, rewritten, span_of

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_CURLY = {'"': "“”„‟", "'": "‘’‚‛"}
_ANGLED = {'"': "«»", "'": "‹›"}
_PAIRS = {'"': ("“", "”"), "'": ("‘", "’")}
_NAMES = {'"': "quotation mark", "'": "single quotation mark"}
_BEFORE_OPENING = frozenset(" \t\r\n([{<>*_~=-–—/“‘\"'\u00a0\u3000：，、；（「『《")
_ABBREVIATED = re.compile(r"'(?:\d\ds?\b|(?:tis|twas|til|em|cause|bout|round|n)\b)", re.IGNORECASE)
"""Words that begin with an apostrophe: what looks like an opening mark is none."""
_QUOTED_NUMBER = re.compile(r"'\d[^'\r\n]{0,80}(?<=[^\s(])'(?!\w)")
"""`'10 + 5'` begins as `'90s` does, but is closed."""
_MEASURE = re.compile(r"\d[\"']")
_BEFORE_ADDRESS = re.compile(r"www\.|[A-Za-z][A-Za-z0-9+.-]{1,30}+://")
_STRAIGHT = "a straight mark may be one of inches or feet, or of a language with other marks"
_ROUND = "curly marks may be meant, in a quotation from elsewhere or a language with marks of its own"


_CJK = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]")
_PAIR = re.compile(r"\u201c[^\u201c\u201d\r\n]{0,300}+\u201d|\u2018[^\u2018\u2019\r\n]{0,300}+\u2019")
_BEHIND_CJK = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef][^\\w\\s]{{1,4}}\\Z")
_BEFORE_CJK = re.compile(f"[^\\w\\s]{{1,4}}[{CJK}\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True)
class Options:
    """How each kind of mark is written."""

    double: Annotated[Literal["straight", "curly", "any"], 'Quotation marks: `"`, `“” `, or either.'] = "straight"
    single: Annotated[Literal["straight", "curly", "any"], "Single marks and apostrophes: `'`, `‘’`, or either."] = (
        "straight"
    )
    cjk: Annotated[
        bool, "Whether curly marks beside Chinese, Japanese or Korean letters, where they are at home, are judged too."
    ] = False
    angled: Annotated[bool, "Whether `«»` and `‹›`, too, become straight marks."] = False


class QuoteStyle(NoteRule):
    """A quotation mark or apostrophe is not written as the vault writes them."""

    name = "quote-style"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each mark that is written otherwise."""
        for straight, style in (('"', self.options.double), ("'", self.options.single)):
            if style == "straight":
                yield from self._straightened(note, straight)
            elif style == "curly" and straight in note.text:
                yield from self._curled(note, straight)

    def _straightened(self, note: Note, straight: str) -> Iterator[Finding]:
        signs = _CURLY[straight] + (_ANGLED[straight] if self.options.angled else "")
        if note.text.isascii() or not any(sign in note.text for sign in signs):
            return
        partners = frozenset() if self.options.cjk else _partners(note.text)
        for found in in_prose(note, re.compile(f"[{signs}]")):
            span = span_of(found)
            if _BEFORE_ADDRESS.match(note.text, span.end):
                continue  # the mark that closes it can't be told from the address
            if not self.options.cjk and (_at_home(note.text, span.start) or span.start in partners):
                continue
            fix = rewritten(note, ((span, straight),), f"write {straight}", _ROUND)
            yield self.find(span, f"a curly {_NAMES[straight]}, not {straight}", fix=fix)

    def _curled(self, note: Note, straight: str) -> Iterator[Finding]:
        text = note.text
        left, right = _PAIRS[straight]
        inside = False
        line = -1
        for found in in_prose(note, re.compile(re.escape(straight))):
            span = span_of(found)
            if (here := note.source.line_of(span.start)) != line:
                line, inside = here, False
            before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
            opens = (not before or before in _BEFORE_OPENING) and bool(after.strip())
            number = _QUOTED_NUMBER.match(text, span.start) is not None
            abbreviated = not number and _ABBREVIATED.match(text, span.start) is not None
            apostrophe = straight == "'" and (before.isalnum() or abbreviated)
            doubtful = number or (span.start > 0 and not inside and _MEASURE.match(text, span.start - 1) is not None)
            if apostrophe and not (inside and not after.isalnum()):
                new = right
            else:
                new = left if opens and not inside else right
                doubtful = doubtful or (new == left) == inside
                inside = new == left
            trust = Applicability.SUGGESTION if doubtful else Applicability.UNSAFE
            fix = rewritten(note, ((span, new),), f"write {new}", _STRAIGHT, trust)
            yield self.find(span, f"a straight {_NAMES[straight]}, not {new}", fix=fix)


def _at_home(text: str, place: int) -> bool:
    """Whether the sign there has a CJK letter or mark beside it, or with no more than other signs between."""
    if _CJK.search(text, max(place - 2, 0), place + 3) or _BEFORE_CJK.match(text, place + 1):
        return True
    return _BEHIND_CJK.search(text, max(place - 5, 0), place) is not None


def _partners(text: str) -> frozenset[int]:
    """Where marks stand whose other half is at home: nobody wants the half of a pair changed."""
    if not _CJK.search(text):
        return frozenset()
    pairs = ((found.start(), found.end() - 1) for found in _PAIR.finditer(text))
    return frozenset(place for pair in pairs if any(_at_home(text, each) for each in pair) for place in pair)
