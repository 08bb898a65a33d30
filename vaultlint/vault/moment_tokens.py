"""The tokens of Moment.js formats (2.29.4, which Obsidian brings, in English), and what each reads."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
"""In Moment's order: its day 0 is Sunday."""

_TOKENS = (
    r"(?:\[[^\[]*\])|\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?|N{1,5}"
    r"|YYYYYY|YYYYY|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?"
    r"|[^\n\r\u2028\u2029])"
)
_LONG = r"(?:\[[^\[]*\])|\\?(?:LTS|LT|LL?L?L?|l{1,4})"
_LONG_FORMS = {
    "LTS": "h:mm:ss A",
    "LT": "h:mm A",
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "l": "M/D/YYYY",
    "ll": "MMM D, YYYY",
    "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
}
_ESCAPE = re.compile(r"\\(\[)|\\(\])|\[([^\]\[]*)\]|\\(.)")

_ONE_OR_TWO, _TWO = r"\d\d?", r"\d\d"
_WORD = (
    r"[0-9]{0,256}['a-z\u00A0-\u05FF\u0700-\uD7FF\uF900-\uFDCF\uFDF0-\uFF07\uFF10-\uFFEF]{1,256}"
    r"|[\u0600-\u06FF/]{1,256}(?:\s*?[\u0600-\u06FF]{1,256}){1,2}"
)
"""A name may have any letters in it: what is none is found out later, and nothing is taken back."""

_PATTERNS = {
    **dict.fromkeys(("M", "D", "d", "e", "E", "w", "W", "H", "h", "k", "m", "s"), _ONE_OR_TWO),
    **dict.fromkeys(("MM", "DD", "ww", "WW", "HH", "hh", "kk", "mm", "ss", "YY", "gg", "GG", "SS"), _TWO),
    **dict.fromkeys(("MMM", "MMMM", "dd", "ddd", "dddd"), _WORD),
    **dict.fromkeys(("YYYY", "gggg", "GGGG"), r"\d{4}"),
    **dict.fromkeys(("YYYYY", "YYYYYY", "ggggg", "GGGGG"), r"[+-]?\d{6}"),
    **dict.fromkeys((f"{'S' * count}" for count in range(4, 10)), r"\d+"),
    **dict.fromkeys(("a", "A"), r"[ap]\.?m?\.?"),
    **dict.fromkeys(("Z", "ZZ"), r"Z|[+-]\d\d(?::?\d\d)?"),
    "Y": r"[+-]?\d+",
    **dict.fromkeys(("y", "yy", "yyy", "yyyy"), r"\d+"),
    "Do": r"\d{1,2}(?:th|st|nd|rd)",
    "DDD": r"\d{1,3}",
    "DDDD": r"\d{3}",
    "Q": r"\d",
    "S": r"\d",
    "SSS": r"\d{3}",
    "hmm": r"\d{3,4}",
    "Hmm": r"\d{3,4}",
    "hmmss": r"\d{5,6}",
    "Hmmss": r"\d{5,6}",
    "X": r"[+-]?\d+(?:\.\d{1,3})?",
    "x": r"[+-]?\d+",
}
_ANY_CASE = frozenset({"MMM", "MMMM", "dd", "ddd", "dddd", "a", "A", "Z", "ZZ"})


@cache
def _reader(token: str) -> re.Pattern[str] | None:
    """What reads a token, compiled where one needs it; `None` for text."""
    pattern = _PATTERNS.get(token)
    if pattern is None:
        return None
    case = re.IGNORECASE if token in _ANY_CASE else re.NOFLAG
    return re.compile(pattern, case if pattern is _WORD else case | re.ASCII)


_WRITTEN_ONLY = frozenset({"Mo", "Qo", "DDDo", "do", "wo", "Wo", "z", "zz"})
"""Moment writes these, and reads them as the letters they are."""

_UNKNOWN = re.compile(r"N{1,5}|yo|[wW]\||[gG]")
"""Eras, and what Moment reads otherwise than it writes."""


class Piece(Struct, frozen=True):
    """A token, or text that stands for itself."""

    token: str
    """Empty for text."""
    text: str = ""
    """What is written for it."""
    read: str = ""
    """What is read for it: brackets that are not closed well are read otherwise than they are written."""

    def match(self, given: str, start: int) -> int:
        """Where what this piece reads in `given` ends, or -1."""
        if not self.token:
            return start + len(self.read) if self.read and given.startswith(self.read, start) else -1
        pattern = _reader(self.token)
        found = pattern.match(given, start) if pattern is not None else None
        return found.end() if found is not None else -1


def pieces_of(form: str) -> tuple[Piece, ...]:
    """What a format is made of. Raises `ValueError`, in a person's words, for tokens of eras."""
    return tuple(map(_piece, re.findall(_TOKENS, _expanded(form))))


def _expanded(form: str) -> str:
    """The format with the long forms, `LL` and the like, written out."""
    return re.sub(_LONG, lambda found: _LONG_FORMS.get(found[0], found[0]), form)


def _piece(token: str) -> Piece:
    if _UNKNOWN.fullmatch(token):
        raise ValueError(f"the token '{token}' is not supported")
    if token in _PATTERNS or token in _WRITTEN_ONLY:
        return Piece(token)
    written = token[1:].removesuffix("]") if token.startswith("[") and len(token) > 1 else token.replace("\\", "")
    return Piece("", written, _ESCAPE.sub(_unescaped, token.replace("\\", "", 1)))


def _unescaped(found: re.Match[str]) -> str:
    # Moment reads empty brackets as this word, which nobody writes
    return next((group for group in found.groups() if group), "undefined")
