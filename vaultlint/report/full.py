"""`--output-format full`: each finding with the line that it stands in, the next step, and a closing line."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from vaultlint.report.concise import headline
from vaultlint.report.escape import shown_path, unobeyed, visible
from vaultlint.report.frame import frame
from vaultlint.report.places import Places
from vaultlint.report.style import PLAIN, Style
from vaultlint.report.summary import counted
from vaultlint.report.words import place_of
from vaultlint.rule.fix import Applicability, Fix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.report.views import ReadNote, ReportView
    from vaultlint.rule.finding import Diagnostic

FOLD = 20
"""How many findings of one rule in one note, and how many related places of one, are shown; the rest are counted."""
WIDTH = 100
"""Columns, where no terminal says otherwise."""


def full(report: ReportView, read: ReadNote, *, prefix: str = "", style: Style = PLAIN, width: int = WIDTH) -> str:
    """Every finding with its frame; paths with `prefix` before them. Frames come from what `read` gives."""
    writer = _Writer(read, prefix, style, width)
    parts: list[str] = []
    for path, diagnostics in groupby(report.diagnostics, key=attrgetter("path")):
        parts.extend(writer.note(path, diagnostics))
    return unobeyed("".join(parts))


class _Writer:
    def __init__(self, read: ReadNote, prefix: str, style: Style, width: int) -> None:
        self._read = read
        self._places = Places(read)
        self._prefix = prefix
        self._style = style
        self._width = width

    def note(self, path: str, diagnostics: Iterable[Diagnostic]) -> list[str]:
        """The findings of one note."""
        shown = shown_path(self._prefix + path)
        seen: dict[str, int] = {}
        parts: list[str] = []
        for diagnostic in diagnostics:
            rule = diagnostic.rule
            seen[rule] = count = seen.get(rule, 0) + 1
            if count <= FOLD:
                parts.append(self._finding(diagnostic, shown))
        for rule, count in seen.items():
            if count > FOLD:
                name = f"{self._style.path}{shown}{self._style.reset}"
                parts.append(f"{name} ... and {count - FOLD:,} more of {rule} in this note\n\n")
        return parts

    def _finding(self, diagnostic: Diagnostic, path: str) -> str:
        style = self._style
        number = str(diagnostic.position.line)
        blank = " " * len(number)
        said = headline(diagnostic, path, style)
        # What is said of a whole note points at no line: for that it need not be read.
        text = self._read(diagnostic.path) if diagnostic.span.end else None
        shown = None if text is None else frame(text, diagnostic, max(self._width - len(number) - 4, 20))
        if shown is not None:
            line, under = shown
            carets = under.lstrip()
            indent = under[: len(under) - len(carets)]
            dim, reset, colour = style.dim, style.reset, style.of(diagnostic.severity)
            said = f"{said}\n {dim}{number} |{reset} {line}\n {blank} {dim}|{reset} {indent}{colour}{carets}{reset}"
        for word, more in self._tail(diagnostic):
            said = f"{said}\n {blank} {style.help}{word}:{style.reset} {visible(more)}"
        return f"{said}\n\n"

    def _tail(self, diagnostic: Diagnostic) -> list[tuple[str, str]]:
        tail: list[tuple[str, str]] = []
        if diagnostic.related:
            places = diagnostic.related[:FOLD]
            tail += [("also", f"{place_of(each, self._prefix, self._places)} {each.message}") for each in places]
            if len(diagnostic.related) > FOLD:
                tail.append(("also", counted(len(diagnostic.related) - FOLD, "more place")))
        if hint := diagnostic.hint:
            tail.append(("help", hint))
        if fix := diagnostic.fix:
            tail.append(("fix", fix_line(fix)))
        return tail


def fix_line(fix: Fix) -> str:
    """What a fix does and what it takes to have it done: `link to 'Recipes' (--fix)`."""
    if fix.applicability is Applicability.SAFE:
        means = "--fix"
    elif fix.applicability is Applicability.UNSAFE:
        means = "--fix --unsafe-fixes"
    else:
        means = "by hand"
    return f"{fix.title} ({means}: {fix.reason})" if fix.reason else f"{fix.title} ({means})"
