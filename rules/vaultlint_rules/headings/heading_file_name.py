"""Headings of the first level and names of files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import normalize

from msgspec import Struct
from vaultlint_rules.frontmatter._titles import opens_note
from vaultlint_rules.headings._retitle import Title, in_templater, may_change, retitled, words_key
from vaultlint_rules.links._missing import is_template

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.headings import heading_key
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index
    from vaultlint.vault.linear import LinearPattern

_UNWRITABLE = re.compile(r"[*`<>\[\]$~=%&\\#^|\x00-\x1f]|(?<!\w)_|_(?!\w)|::|://|\d:\d|\A[\s>+-]|\A\s*\Z")
"""What a heading's text would be read otherwise with: as markup, or as the end of the heading."""


class Found(Struct, frozen=True, array_like=True):
    """What is wrong with the first heading of a note."""

    name: str
    """What it should say."""
    title: Title | None = None
    """The heading, where there is one."""
    is_title: bool = False
    """Whether the whole note stands below it: nothing above it, and no other one of its level."""
    place: int = 0
    """Where one would go in."""
    before: str = ""
    behind: str = ""
    """The line breaks around it."""
    first: str = ""
    """The first sign of the text behind it."""


@dataclass(frozen=True)
class Options:
    """What is judged."""

    missing: Annotated[bool, "Report notes without a heading of the first level."] = True
    other: Annotated[bool, "Report headings that say something else than the file's name."] = True
    exact: Annotated[
        bool, "Case, spaces and signs count, too; what differs in them alone is reported, and not mended."
    ] = False
    prefix: Annotated[str, "A pattern for what the file's name begins with and the heading leaves out: `\\d{12} `."] = (
        ""
    )
    suffix: Annotated[str, "A pattern for what it ends with and the heading leaves out."] = ""

    def __post_init__(self) -> None:
        """Effect: none. Raises `ValueError` where a pattern is wrong."""
        for pattern in filter(None, (self.prefix, self.suffix)):
            _compiled(pattern)


class HeadingFileName(VaultRule):
    """The heading of the first level is missing, or says something else than the file's name."""

    name = "heading-file-name"
    group = Group.HEADINGS
    severity = Severity.WARNING
    Options = Options
    Gathered = Found

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._prefix = _compiled(self.options.prefix) if self.options.prefix else None
        self._suffix = _compiled(self.options.suffix) if self.options.suffix else None

    def gather(self, note: Note) -> Found | None:
        """What is wrong with the first heading of the first level; nothing in templates."""
        if is_template(note.path, self.context) or note.frontmatter.error is not None or in_templater(note):
            return None
        name = self._bare(normalize("NFC", without_extension(base_name(note.path))))
        for place, heading in enumerate(note.headings):
            if heading.level == 1:
                if not self.options.other or self._same(heading.text, name):
                    return None
                alone = place == 0 and all(other.level > 1 for other in note.headings[1:])
                titles = alone and opens_note(note, heading)
                return Found(name, Title(place, heading.text_span, heading.text, name), titles)
        return Found(name, None, False, *_insertion(note)) if self.options.missing else None

    def _bare(self, name: str) -> str:
        """The file's name without what the heading leaves out."""
        if self._prefix is not None:
            ends = range(len(name), 0, -1)
            name = name[next((end for end in ends if self._prefix.found_in(name[:end])), 0) :]
        if self._suffix is not None:
            starts = range(len(name))
            name = name[: next((start for start in starts if self._suffix.found_in(name[start:])), len(name))]
        return name.strip()

    def _same(self, text: str, name: str) -> bool:
        text = normalize("NFC", text)
        return text == name if self.options.exact else words_key(text) == words_key(name)

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield the heading, or the place where it is missing."""
        found = self.told(path, index)
        if found is None:
            return
        if found.title is not None:
            message = f"the heading says '{found.title.old}', the file's name '{found.name}'"
            fix = partial(_rewrite, path, found.title, index) if found.is_title else None
            yield self.find(found.title.span, message, fix=fix)
        else:
            message = f"there is no heading of the first level with the file's name, '{found.name}'"
            span, fix = Span(found.place, found.place), partial(_insert, path, found, index)
            yield self.find(span, message, fix=fix, at_most=Applicability.SAFE)


def _compiled(pattern: str) -> LinearPattern:
    from vaultlint.schema.patterns import bounded_pattern

    return bounded_pattern(rf"\A(?:{pattern})\z")


def _insertion(note: Note) -> tuple[int, str, str, str]:
    """Where a first heading goes in, the line breaks around it, and what follows: right behind the frontmatter."""
    text, place, newline = note.text, note.body_start, note.source.newline
    before = "" if place == 0 or text[place - 1] in "\r\n\ufeff" else newline
    rest = text[place:]
    return place, before, newline if not rest.strip() or rest[0] in "\r\n" else newline * 2, _first(rest)


def _first(rest: str) -> str:
    """The first sign of a text; a tab where it begins with indented code."""
    line = next((line for line in rest.splitlines() if line.strip()), "")
    return "\t" if line.startswith("    ") or "\t" in line[: len(line) - len(line.lstrip())] else line.lstrip()[:1]


def _insert(path: str, found: Found, index: Index) -> Fix | None:
    keys = {heading_key(heading.text) for heading in index.facts[path].headings}
    if found.first in ("^", ">", "\t"):  # an id, which would name the heading; what two readers read in two ways
        return None
    if _UNWRITABLE.search(found.name) or heading_key(found.name) in keys:  # links to that one would lead to this
        return None
    changed = {Aspect.HEADINGS, Aspect.NEW_HEADINGS}
    return Fix(
        "put the file's name above the note",
        (Edit(path, Span(found.place, found.place), f"{found.before}# {found.name}{found.behind}"),),
        Applicability.SAFE,
        may_change=frozenset(changed | {Aspect.BLOCK_IDS} if index.facts[path].blocks else changed),
        tentative=True,
    )


def _rewrite(path: str, title: Title, index: Index) -> Fix | None:
    edits = retitled(path, (title,), index).get(title.place)
    if (
        edits is None
        or words_key(title.old) == words_key(title.new)
        or _UNWRITABLE.search(title.new)
        or _UNWRITABLE.search(title.old)
    ):
        return None
    return Fix(
        f"write '{title.new}'",
        edits,
        Applicability.UNSAFE,
        may_change=may_change(edits, path, title.span, index),
        reason="it may be the file that has the wrong name",
    )
