"""Names in a spelling that is not theirs, words that the vault does without, and what its own patterns find."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from vaultlint_rules.style._prose import in_prose, rewritten, span_of

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.matches import LinearFinder

Trust = Literal["suggestion", "unsafe", "safe"]
_TRUST = {one.name.lower(): one for one in Applicability}
_AS_CONFIGURED = "it is what the config of the vault asks for"
_CHANGES = Literal["words", "line breaks", "tags", "links", "aliases", "block ids", "headings", "comments", "lists"]


@dataclass(frozen=True)
class Pattern:
    """A regular expression and what is said of its matches; shaped as the Obsidian Linter's custom rules are."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    find: str
    replace: str | None = None
    flags: str = ""
    message: str = ""
    where: Literal["prose", "text"] = "prose"
    changes: tuple[_CHANGES, ...] = ("words",)
    fix: Trust = "unsafe"

    def __post_init__(self) -> None:
        """Raises `ValueError` where the pattern, or what it is replaced by, can't be."""
        _finder(self.find, self.flags, self.replace)


@dataclass(frozen=True)
class Options:
    """What is not to be in the notes."""

    names: Annotated[tuple[str, ...], "Proper names, as they are written: `GitHub` finds `Github`."] = ()
    words: Annotated[
        dict[str, str], "Words and phrases to do without, each with what to write instead, or nothing."
    ] = field(default_factory=dict)
    patterns: Annotated[
        tuple[Pattern, ...],
        "Tables with a regular expression `find` and, if wanted, "
        "`replace`, `flags`, `message`, `where`, `changes` and `fix`.",
    ] = ()
    fix: Annotated[Trust, "How far replacing names and words may be trusted."] = "unsafe"


class ForbiddenTerms(NoteRule):
    """A note holds a word, or a spelling of a name, that the vault does without."""

    name = "forbidden-terms"
    group = Group.STYLE
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every term of each of the three lists."""
        if self.options.names:
            yield from self._names(note)
        if self.options.words:
            yield from self._words(note)
        for pattern in self.options.patterns:
            yield from self._matches(note, pattern)

    def _names(self, note: Note) -> Iterator[Finding]:
        names = {name.lower(): name for name in self.options.names if name}
        for found in in_prose(note, _any_of(tuple(names))):
            right = names[found[0].lower()]
            if found[0] != right:
                fix = self._rewritten(note, span_of(found), right)
                yield self.find(span_of(found), f"'{found[0]}' is written '{right}'", fix=fix)

    def _words(self, note: Note) -> Iterator[Finding]:
        words = {word.lower(): instead for word, instead in self.options.words.items() if word}
        for found in in_prose(note, _any_of(tuple(words))):
            instead = _in_case_of(found[0], words[found[0].lower()])
            message = f"'{found[0]}' is a word to do without"
            if instead == found[0]:
                continue
            fix = self._rewritten(note, span_of(found), instead) if instead else None
            yield self.find(span_of(found), f"{message}: write '{instead}'" if instead else message, fix=fix)

    def _rewritten(self, note: Note, span: Span, text: str) -> Fix:
        return rewritten(note, ((span, text),), f"write '{text}'", _AS_CONFIGURED, _TRUST[self.options.fix])

    def _matches(self, note: Note, pattern: Pattern) -> Iterator[Finding]:
        finder = _finder(pattern.find, pattern.flags, pattern.replace)
        places: Sequence[Span] = note.prose
        if pattern.where == "text":
            places = (Span(note.body_start, len(note.text)),)
        for place in places:
            for found in finder.finditer(note.text, place.start, place.end):
                span = Span(found.start, found.end)
                if pattern.where == "text" and note.hidden(span):
                    continue
                text = finder.replaced(note.text, found)
                written = span.of(note.text)
                if text == written or (text is None and not written):
                    continue
                message = pattern.message or f"'{_short(written)}' is not to be in a note"
                yield self.find(span, message, fix=_as_asked(note, pattern, span, text))


def _as_asked(note: Note, pattern: Pattern, span: Span, text: str | None) -> Fix | None:
    if text is None:
        return None
    title = f"write '{_short(text)}'" if text else "take it out"
    trust = _TRUST[pattern.fix]
    if set(pattern.changes) <= {"words"}:
        return rewritten(note, ((span, text),), title, _AS_CONFIGURED, trust)
    reason = "" if trust is Applicability.SAFE else _AS_CONFIGURED
    changes = frozenset(map(Aspect, pattern.changes))
    return Fix(title, (Edit(note.path, span, text),), trust, may_change=changes, reason=reason)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:37]}..."


def _in_case_of(found: str, instead: str) -> str:
    """What to write instead, with a capital where the word has one."""
    return instead[:1].upper() + instead[1:] if found[:1].isupper() and found[:1] != found[:1].lower() else instead


@lru_cache(maxsize=64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """These words as a whole, in any case; not as parts of a path, an address or a name with dots."""
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(re.escape(word) for word in longest_first)
    return (
        re.compile(rf"(?<![\w./\\@-])(?:{either})(?![\w/\\@]|-\w|\.\w)", re.IGNORECASE)
        if words
        else re.compile(r"(?!)")
    )


@lru_cache(maxsize=256)
def _finder(find: str, flags: str, replace: str | None) -> LinearFinder:
    from vaultlint.schema.matches import LinearFinder

    return LinearFinder(find, flags, replace)
