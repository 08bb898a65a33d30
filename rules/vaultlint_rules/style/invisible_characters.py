"""Signs that nobody sees, and what is left of a text that was read in the wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vaultlint_rules.style._prose import IN_HEADING, begins_block

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_ZERO_WIDTH = {
    "\u200b": "zero-width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\u00ad": "soft hyphen",
    "\u180e": "Mongolian vowel separator",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
}
_UNSEEN = " \t" + "".join(_ZERO_WIDTH)
_OVERRIDES = "\u202a-\u202e\u2066-\u2069"
_ODD = re.compile(
    rf"(?P<zero>[{''.join(_ZERO_WIDTH)}]+)"
    rf"|(?P<bidi>[{_OVERRIDES}]+)"
    r"|(?P<mark>[\u200e\u200f\u200c\u200d]+)"
    r"|(?P<lost>\ufffd+)"
    r"|(?P<control>[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]+)"
    # `Ã©` for é, `Â°` for °, `â€™` for ’, `ðŸ˜€` for a face; without guillemets, which may follow such a letter
    "|(?P<mojibake>[ÃÂ][\u00a1-\u00aa\u00ac\u00ae-\u00ba\u00bc-\u00bf]|â€[\u0080-\u00bf\u0152-\u2122]|ðŸ[\u0080-\u2122]{1,2})"
)
_FIRST = re.compile(
    rf"[{''.join(_ZERO_WIDTH)}{_OVERRIDES}\u200e\u200f\u200c\u200d\ufffd"
    r"\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9fÃÂâð]"
)
"""What any of them begins with: one look at each sign tells most notes that they have none."""
_MARKUP = "*_~#`[]$="
"""Beside one of these a sign of no width keeps it from being a mark, or lets it be one beside a word."""
_NO_BREAK = re.compile(r"(?:#{1,6}|[-*+]|\d{1,9}[.)])(?=[ \t]{0,4}\u00a0)")
_AT_LINE_START = re.compile(rf"[\r\n\ufeff][ \t>]*+{_NO_BREAK.pattern}")
"""Without one, prose need not be told from the rest."""
_SPACE = re.compile(r"[ \t\u00a0]+")
_JOINED = re.compile(r"[A-Za-z0-9]")
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff]")
"""Thai, Lao, Tibetan, Burmese and Khmer set a zero-width space where a line may break."""
_REASON = "the sign may be meant, and what is searched or linked by the word with it is found no more"


class InvisibleCharacters(NoteRule):
    """A sign that nobody sees is in the text, or what is left of one that was misread."""

    name = "invisible-characters"
    group = Group.STYLE
    in_templates = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each run of such signs, in properties too; not in code, math, comments, HTML and commands."""
        text = note.text
        if text.isascii() and not text.encode().translate(None, _PLAIN):
            return
        for found in (
            _ODD.finditer(text, 1 if text.startswith("\ufeff") else 0)
            if _FIRST.search(text, 1 if text.startswith("\ufeff") else 0)
            else ()
        ):
            span = Span(*found.span())
            kind = found.lastgroup or ""
            if span.start >= note.body_start and note.guarded(span):
                continue
            if kind in ("zero", "mark") and _is_meant(text, span, kind):
                continue
            fix = _without(note, span, found[0]) if kind in ("zero", "bidi", "mark") else None
            yield self.find(span, _message(kind, found[0]), fix=fix)
        if "\u00a0" in text and _AT_LINE_START.search("\n" + text):
            yield from self._no_breaks(note)

    def _no_breaks(self, note: Note) -> Iterator[Finding]:
        """Where a no-break space keeps a heading or item from being one."""
        text = note.text
        for prose in note.prose:
            sign = _NO_BREAK.match(text, prose.start)
            line = note.source.line_span(note.source.line_of(prose.start))
            if sign is None or text[line.start : prose.start].strip(" \t>"):
                continue
            space = _SPACE.match(text, sign.end())
            span = Span(sign.end(), space.end() if space else sign.end())
            what = "a heading" if sign[0].startswith("#") else "an item of a list"
            yield self.find(
                span, f"a no-break space behind '{sign[0]}': the line is not {what}", hint="write a plain space there"
            )


_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n\r"
"""All of ASCII but the control characters."""


def _message(kind: str, signs: str) -> str:
    number = f"{len(signs)} times " if len(signs) > 1 else ""
    code = f"U+{ord(signs[0]):04X}"
    if kind == "lost":
        return "a sign was lost here: the text was read in the wrong encoding"
    if kind == "mojibake":
        return f"'{signs}' is what is left of another sign: the text was read in the wrong encoding"
    if kind == "control":
        return f"{number}the control character {code}, which no program shows"
    if kind == "bidi":
        return f"{number}the sign {code}, which turns the order of the text around it"
    name = _ZERO_WIDTH.get(signs[0]) or unicodedata.name(signs[0]).lower()
    return f"{number}a sign that nobody sees: {name} ({code})"


def _is_meant(text: str, span: Span, kind: str) -> bool:
    """Whether the script around the sign, or the picture that it makes, has a use for it."""
    before, behind = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    if kind == "zero":
        return any(sign and sign in _MARKUP for sign in (before, behind)) or any(
            _WITHOUT_SPACES.match(sign) for sign in (before, behind)
        )
    sign = text[span.start]
    if sign in "\u200c\u200d":
        return not (_JOINED.match(before) and _JOINED.match(behind))
    near = text[max(span.start - 80, 0) : span.end + 80]
    return any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in near if each not in "\u200e\u200f")


def _without(note: Note, span: Span, signs: str) -> Fix | None:
    """The text without the signs; in properties, links and tags that is for a person to do."""
    if not note.is_prose(span.start, span.end):
        return None
    breaks = not set(signs).isdisjoint("\u2028\u2029")
    line = note.source.line_span(note.source.line_of(span.start))
    before, behind = note.text[line.start : span.start].rstrip(_UNSEEN), note.text[span.end : line.end].lstrip(_UNSEEN)
    beside = before[-1:] + behind[:1]
    if not beside.strip("|") or begins_block(note.text, line.start, span.start):
        return None  # at the beginning of a line it may be what keeps the line from being an item, a heading or a quote
    edit = Edit(note.path, span, " " if breaks else "")
    title = "write a space" if breaks else "take it out" if len(signs) == 1 else "take them out"
    if note.in_heading(span.start):
        changed = frozenset({Aspect.HEADINGS, Aspect.WORDS})
        return Fix(title, (edit,), Applicability.SUGGESTION, may_change=changed, reason=IN_HEADING)
    trust = Applicability.SAFE if set(signs) == {"\ufeff"} else Applicability.UNSAFE
    reason = "" if trust is Applicability.SAFE else _REASON
    return Fix(title, (edit,), trust, may_change=frozenset({Aspect.WORDS}), reason=reason)
