"""Capital letters in headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.headings._retitle import Title, Titles, is_large, may_change, retitled

from vaultlint.note.lazy import lazy
from vaultlint.note.obsidian import Cover
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_WORD = re.compile(r"(?<!\w)[^\W\d_](?:[\w'\u2019.&/-]*[^\W_])?")
_NO_WORD = re.compile(r"\w\.\w|[_/&@\d]")
"""What makes a name of a word: `index.html`, `v2`, `read_text`."""
_OPENING = frozenset("([\"'*_=~")
_CLOSING = frozenset(".,:;!?)]\"'*_=~")
"""The ASCII signs that may stand right before and behind a plain word; others make a name of it: `.env`, `run()`."""
_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{0,30}://\S+|&#?\w{1,32};|\[\^[^\[\]\n]*+\]|\\\w|(?<=\s)\^[A-Za-z0-9-]+\Z"
)

_NAMES = ("macOS", "iOS", "iPhone", "iPad", "JavaScript", "TypeScript", "AppleScript", "I")
_SMALL = (
    "a an the and but for nor or so yet as at by from in into near of off on onto out over past per than to up upon "
    "via vs with within without is it if"
)


@dataclass(frozen=True)
class Options:
    """How headings are capitalized."""

    style: Annotated[
        Literal["title", "sentence", "all-caps"],
        "Every word but small ones, the first word alone, or every letter.",
    ] = "title"
    ignore_cased_words: Annotated[bool, "Leave words alone that have a capital letter, but for `all-caps`."] = True
    ignore_words: Annotated[tuple[str, ...], "Words that are always written like this."] = _NAMES
    lowercase_words: Annotated[tuple[str, ...], "Words that are small in a title, unless they are its first."] = tuple(
        _SMALL.split()
    )


class HeadingCapitalization(VaultRule):
    """A heading is not capitalized as the vault wants it."""

    name = "heading-capitalization"
    group = Group.HEADINGS
    severity = Severity.INFO
    Options = Options
    Gathered = Titles

    def gather(self, note: Note) -> Titles | None:
        """The headings with another capitalization, each with the right one."""
        if not note.headings:
            return None
        cover: Cover | None = None
        titles = []
        for place, heading in enumerate(note.headings):
            if self._written(heading.text, 0, None) == heading.text:
                continue
            cover = cover or _names(note)
            new = self._written(heading.text, heading.text_span.start, cover)
            if new != heading.text:
                titles.append(Title(place, heading.text_span, heading.text, new))
        return Titles(tuple(titles)) if titles else None

    def _written(self, text: str, start: int, names: Cover | None) -> str:
        """The text as it should be; words in what `names` covers stay."""
        parts: list[str] = []
        at, first = 0, True
        for found in _WORD.finditer(text):
            named = names is not None and names.touched(start + found.start(), start + found.end()) >= 0
            named = named or not _stands_alone(text, found.start(), found.end(), start, names)
            word = found[0] if named else self._word(found[0], first=first)
            parts += (text[at : found.start()], word)
            at, first = found.end(), False
        return "".join((*parts, text[at:]))

    def _word(self, word: str, *, first: bool) -> str:
        options = self.options
        lowered = word.lower()
        known = self._known.get(lowered)
        if known is not None:
            return known
        if _NO_WORD.search(word) or len(word.upper()) != len(word) or word.upper().lower() != lowered:
            return word
        if options.style == "all-caps":
            return word.upper()
        if options.ignore_cased_words and word != lowered:
            return word
        small = options.style == "sentence" or lowered in self._small
        return lowered if small and not first else lowered[:1].upper() + lowered[1:]

    @lazy
    def _known(self) -> dict[str, str]:
        return {word.lower(): word for word in self.options.ignore_words}

    @lazy
    def _small(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.options.lowercase_words)

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield each heading. Links are read without regard to case, so they lead to it as before."""
        found = self.told(path, index)
        edits = retitled(path, found.titles, index) if found is not None else {}
        for title in found.titles if found is not None else ():
            message = f"the heading would be '{title.new}'"
            yield self.find(title.span, message, fix=_fix(path, title, edits.get(title.place), index))


def _stands_alone(text: str, first: int, last: int, start: int, names: Cover | None) -> bool:
    """Whether a word is no part of something longer: of a file's name, an option, a call, `word(s)`."""
    while first and not text[first - 1].isspace() and text[first - 1].isascii():
        first -= 1
        if text[first] not in _OPENING:
            return False
    while last < len(text) and not text[last].isspace() and text[last].isascii():
        if text[last] == "[" and (names is None or names.touched(start + last, start + last + 1) >= 0):
            return True  # a link or the mark of a footnote follows
        if text[last] not in _CLOSING or (text[last] == "_" and text.find("_", 0, last) < 0):
            return False
        last += 1
    return True


def _names(note: Note) -> Cover:
    """What is no plain words: code, math, HTML, links, tags, addresses, templates."""
    spans = chain(
        (each.span for each in note.code),
        (each.span for each in note.math),
        (each.span for each in note.html),
        (each.span for each in note.wikilinks),
        (each.span for each in note.links),
        (each.span for each in note.tags),
        (each.span for each in note.comments),
        (each.span for each in note.templater),
        (each.span for each in note.inline_fields),
        (each.span for each in note.footnotes),
    )
    pairs = [(span.start, span.end) for span in spans]
    for heading in note.headings:
        pairs += [
            found.span() for found in _ADDRESS.finditer(note.text, heading.text_span.start, heading.text_span.end)
        ]
    return Cover(pairs)


def _fix(path: str, title: Title, edits: tuple[Edit, ...] | None, index: Index) -> Fix | None:
    if edits is None:
        return None
    return Fix(
        f"write '{title.new}'",
        edits,
        Applicability.UNSAFE,
        may_change=may_change(edits, path, title.span, index),
        reason="a word may be a name",
        tentative=is_large(path, index),
    )
