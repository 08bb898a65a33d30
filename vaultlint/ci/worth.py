"""Which findings matter most to who reads a pull request, where there is no room for all."""

from __future__ import annotations

from collections import defaultdict
from enum import IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.engine.distance import Caused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vaultlint.rule.finding import Diagnostic


class Nearness(IntEnum):
    """How near a finding is to what was changed."""

    LINE = 0
    """On a line that the note did not have before."""
    NOTE = 1
    """In a note that changed."""
    DISTANCE = 2
    """Caused in one note, with its harm in others."""
    ELSEWHERE = 3


class Group(Struct, frozen=True):
    """The findings of one rule in one note, told once."""

    first: Diagnostic
    """The one that matters most."""
    more: int
    """How many there are besides."""


class Worth:
    """Compares findings, given what the notes were before: path -> text, `None` or missing for a new note."""

    def __init__(
        self, before: Mapping[str, str | None] | None = None, text: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """`before` as a whole is `None` where nothing is compared; `text` is a note's text now."""
        self._before = before
        self.text = text
        self._new_lines: dict[str, frozenset[int] | None] = {}

    def nearness(self, diagnostic: Diagnostic) -> Nearness:
        """How near a finding is to what was changed."""
        if self._before is None:
            return Nearness.ELSEWHERE
        if isinstance(diagnostic, Caused):
            return Nearness.DISTANCE
        if diagnostic.path not in self._new_lines:
            self._new_lines[diagnostic.path] = self._lines_of(diagnostic.path)
        lines = self._new_lines[diagnostic.path]
        if lines is None:
            return Nearness.ELSEWHERE
        touched = range(diagnostic.position.line, diagnostic.end.line + 1)
        return Nearness.LINE if not lines.isdisjoint(touched) else Nearness.NOTE

    def key(self, diagnostic: Diagnostic) -> tuple[int, int, str, int, int]:
        """For sorting: what matters most first."""
        position = diagnostic.position
        return (
            -diagnostic.severity,
            self.nearness(diagnostic),
            diagnostic.path,
            position.line,
            position.column,
        )

    def groups(self, diagnostics: Sequence[Diagnostic]) -> list[Group]:
        """One a note and rule, what matters most first."""
        by_note: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
        for diagnostic in diagnostics:
            by_note[diagnostic.path, diagnostic.rule].append(diagnostic)
        groups = [Group(min(found, key=self.key), len(found) - 1) for found in by_note.values()]
        return sorted(groups, key=lambda group: self.key(group.first))

    def _lines_of(self, path: str) -> frozenset[int] | None:
        """The numbers of lines that the note did not have before, moved ones not among them; `None`: unchanged."""
        assert self._before is not None  # noqa: S101  else nobody asks
        before, now = self._before.get(path), self.text(path)
        if now is None or now == before:
            return None
        known = frozenset(_lines(before or ""))
        return frozenset(number for number, line in enumerate(_lines(now), 1) if line not in known)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
