"""Headings that notes must have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Struct
from vaultlint_rules.headings._retitle import in_templater, words_key
from vaultlint_rules.links._missing import is_template

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.schema.globs import Globs
from vaultlint.vault.names import is_note_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import HeadingFact
    from vaultlint.vault.index import Index

_MARKS = re.compile(r"(#{1,6})[ \t]+")
_TAKEN = re.compile(r"[*`<>\[\]$~=%&\\#^|\x00-\x1f]|(?<!\w)_|_(?!\w)|::|://|\d:\d|\{\{|\A\s*\Z")
"""What is filled in, or is markup: no heading can be made of it."""


class Ends(Struct, frozen=True, array_like=True):
    """Where headings can go in: in front of each heading, and at the end of the note."""

    end: int
    newline: str
    closing: str
    """The line breaks that are missing at the end of the note before another heading."""
    is_open: bool
    """Whether the note ends in code or the like, of which a heading would become a part."""


class Wanted(Struct, frozen=True):
    """One heading that must be there."""

    level: int
    """0: any."""
    text: str


@dataclass(frozen=True)
class Options:
    """Which headings are required where."""

    notes: Annotated[
        dict[str, tuple[str, ...]],
        "For notes that match a glob, the headings they must have: `## Sources` of that level, `Sources` of any; "
        "the path of a note stands for all headings of that note.",
    ] = field(default_factory=dict)
    order: Annotated[bool, "They must stand in this order."] = True


class RequiredHeadings(VaultRule):
    """A note lacks a heading that notes of its kind must have."""

    name = "required-headings"
    group = Group.HEADINGS
    severity = Severity.ERROR
    Options = Options
    Gathered = Ends

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._required = [(Globs([glob]), headings) for glob, headings in self.options.notes.items()]

    @property
    def gathers(self) -> bool:
        """Whether anything is required."""
        return bool(self._required)

    def gather(self, note: Note) -> Ends | None:
        """Where a heading could go in, of notes that must have some; templates are what others are made from."""
        if (
            is_template(note.path, self.context)
            or in_templater(note)
            or not any(globs.match(note.path) for globs, _ in self._required)
        ):
            return None
        text, newline = note.text, note.source.newline
        bare = text.rstrip("\r\n \t")
        breaks = text[len(bare) :].count("\n") or text[len(bare) :].count("\r")
        if len(bare) <= note.body_start:
            closing = "" if not text or text[-1] in "\r\n" else newline
        else:
            closing = newline * max(2 - breaks, 0)
        return Ends(len(text), newline, closing, _is_open(note))

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield each heading that is missing, or stands before one that should be before it."""
        ends = self.told(path, index)
        for globs, headings in self._required if ends is not None else ():
            if globs.match(path):
                yield from self._missing(path, _wanted(headings, path, index), ends, index)

    def _missing(self, path: str, wanted: list[Wanted], ends: Ends, index: Index) -> Iterator[Finding]:
        headings = index.facts[path].headings
        last = -1
        absent: list[Wanted] = []
        for each in wanted:
            places = [place for place, heading in enumerate(headings) if _is(heading, each)]
            place = next((place for place in places if place > last), None) if self.options.order else None
            place = place if place is not None else next(iter(places), None)
            if place is None:
                absent.append(each)
            elif self.options.order and place < last:
                before = headings[last].text
                message = f"the heading '{each.text}' should stand behind '{before}'"
                yield self.find(headings[place].span, message)
            else:
                yield from self._report(path, absent, headings[place], ends, index)
                absent, last = [], place
        yield from self._report(path, absent, None, ends, index)

    def _report(
        self, path: str, absent: list[Wanted], behind: HeadingFact | None, ends: Ends, index: Index
    ) -> Iterator[Finding]:
        """Each absent heading where it belongs: all that go into one place come in one fix, in their order."""
        if not absent:
            return
        place = behind.span.start if behind is not None and self.options.order else ends.end
        fix = partial(_insert, path, tuple(absent), place, ends, index)
        for each in absent:
            message = f"there is no heading '{'#' * each.level}{' ' * bool(each.level)}{each.text}'"
            yield self.find(Span(place, place), message, fix=fix, at_most=Applicability.SAFE)


_EMPTY = re.compile(r"(?:\A|[\r\n])[ \t>]*+(?:[-*+]|\d{1,9}[.)])?(?:[ \t]+\[.\])?\Z")
"""A last line that is no more than the sign of a list or quote."""


def _is_open(note: Note) -> bool:
    end = len(note.text.rstrip())
    if _EMPTY.search(note.text, max(end - 200, 0), end):
        return end > note.body_start
    if not note.sections or note.sections[-1].type in ("html", "yaml"):
        return bool(note.sections) and note.sections[-1].type == "html"
    ends = [each.span.end for each in note.code if not each.closed]
    ends += [each.span.end for each in note.math if not each.closed]
    ends += [each.span.end for each in note.comments if not each.closed]
    return max(ends, default=-1) >= note.sections[-1].span.end


def _wanted(headings: tuple[str, ...], path: str, index: Index) -> list[Wanted]:
    """The headings as a config names them; a note stands for its own, and asks nothing of itself."""
    found = []
    for each in headings:
        marks = _MARKS.match(each)
        if marks is not None:
            found.append(Wanted(len(marks[1]), each[marks.end() :].strip()))
        elif not is_note_path(each):
            found.append(Wanted(0, each.strip()))
        elif each != path and each in index.facts:
            found += [
                Wanted(heading.level, heading.text)
                for heading in index.facts[each].headings
                if "{{" not in heading.text and "<%" not in heading.text
            ]
    return [each for each in found if words_key(each.text)]


def _is(heading: HeadingFact, wanted: Wanted) -> bool:
    return wanted.level in (0, heading.level) and words_key(heading.text) == words_key(wanted.text)


def _insert(path: str, absent: tuple[Wanted, ...], place: int, ends: Ends, index: Index) -> Fix | None:
    """The headings with nothing below them yet; none where one of the same text stands there, which links may mean."""
    keys = {words_key(heading.text) for heading in index.facts[path].headings}
    if any(_TAKEN.search(each.text) or words_key(each.text) in keys for each in absent):
        return None
    gap = ends.newline * 2
    at_end = place == ends.end
    if at_end and ends.is_open:
        return None
    lines = gap.join(f"{'#' * (each.level or 2)} {each.text}" for each in absent)
    text = f"{ends.closing}{lines}{ends.newline}" if at_end else f"{lines}{gap}"
    changed = {Aspect.HEADINGS, Aspect.NEW_HEADINGS}
    return Fix(
        "add what is missing" if len(absent) > 1 else f"add '{absent[0].text}'",
        (Edit(path, Span(place, place), text),),
        Applicability.SAFE,
        may_change=frozenset(changed | {Aspect.BLOCK_IDS} if index.facts[path].blocks else changed),
    )
