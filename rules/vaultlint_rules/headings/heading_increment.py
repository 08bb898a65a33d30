"""Levels of headings that are skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Struct
from vaultlint_rules.headings._retitle import in_templater, keeps_places, with_levels, words_key

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Heading
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_DEEPEST = 6


class Level(Struct, frozen=True, array_like=True):
    """A heading that should be of another level."""

    place: int
    """Which heading of the note it is."""
    marks: Span
    """Its run of `#`; empty where it is underlined, and has none."""
    level: int


class Skip(Struct, frozen=True, array_like=True):
    """A heading at which a level is skipped."""

    span: Span
    message: str


class Levels(Struct, frozen=True, array_like=True):
    """What is wrong with the levels of one note."""

    skips: tuple[Skip, ...]
    levels: tuple[Level, ...]
    """All headings that change with them."""


@dataclass(frozen=True)
class Options:
    """Where levels begin."""

    start: Annotated[
        Literal[1, 2],
        "The highest level that a heading may have: 2 keeps level 1 for a heading that is the note's name.",
    ] = 1


class HeadingIncrement(VaultRule):
    """A heading is more than one level below the one before it."""

    name = "heading-increment"
    group = Group.HEADINGS
    severity = Severity.WARNING
    Options = Options
    Gathered = Levels

    def gather(self, note: Note) -> Levels | None:
        """The headings at which a level is skipped, and the levels that all should have."""
        start = self.options.start
        if note.headings and note.headings[0].level < start and _is_title(note.headings[0].text, note.path):
            start = 1
        skips = tuple(_skips(note.headings, start))
        if not skips or in_templater(note):
            return None
        return Levels(skips, tuple(_levels(note.headings, start)))

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield each skip, with a fix for all of the note: a level given to one heading is taken from those below."""
        found = self.told(path, index)
        if found is not None:
            fix = _fix(path, found.levels, index)
            for skip in found.skips:
                yield self.find(skip.span, skip.message, fix=fix)


def _is_title(text: str, path: str) -> bool:
    """Whether a heading is the name of the note, or a part of it."""
    return words_key(text) in words_key(without_extension(base_name(path)))


def _skips(headings: Sequence[Heading], start: int) -> Iterator[Skip]:
    before = None
    for heading in headings:
        if heading.level < start:
            yield Skip(heading.span, f"the heading '{heading.text}' is of level {heading.level}, above level {start}")
        elif before is not None and heading.level > before + 1:
            yield Skip(
                heading.span, f"the heading '{heading.text}' of level {heading.level} follows one of level {before}"
            )
        before = heading.level


def _levels(headings: Sequence[Heading], start: int) -> Iterator[Level]:
    """One level below the heading that holds it: so each section holds what it held."""
    holders: list[tuple[int, int]] = []
    for place, heading in enumerate(headings):
        while holders and holders[-1][0] >= heading.level:
            holders.pop()
        level = holders[-1][1] + 1 if holders else max(heading.level, start)
        holders.append((heading.level, level))
        if level != heading.level:
            first = heading.span.start
            yield Level(place, Span(first, first if heading.setext else first + heading.level), level)


def _fix(path: str, levels: Sequence[Level], index: Index) -> Fix | None:
    if any(not one.marks or one.level > _DEEPEST for one in levels):
        return None
    if not keeps_places(path, with_levels(index.facts[path], {one.place: one.level for one in levels}), index):
        return None
    return Fix(
        "give each heading the level below the one that holds it",
        tuple(Edit(path, one.marks, "#" * one.level) for one in levels),
        Applicability.UNSAFE,
        may_change=frozenset({Aspect.HEADINGS}),
        reason="the levels may be chosen for how they look",
    )
