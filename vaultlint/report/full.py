"""`--output-format full`: each finding with the line that it stands in, the next step, and a closing line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from vaultlint.report.concise import headline
from vaultlint.report.escape import shown_path, visible
from vaultlint.report.frame import frame
from vaultlint.report.style import PLAIN, Style
from vaultlint.rule.fix import Applicability, Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.report.views import ReadNote, ReportView
    from vaultlint.rule.finding import Diagnostic, Related

FOLD = 20
"""How many findings of one rule in one note are shown; the rest are counted."""
WIDTH = 100
"""Columns, where no terminal says otherwise."""


def full(
    report: ReportView, read: ReadNote, *, prefix: str = "", style: Style = PLAIN, width: int = WIDTH
) -> str:
    """Every finding with its frame; paths with `prefix` before them. Frames come from what `read` gives."""
    parts: list[str] = []
    for path, diagnostics in groupby(report.diagnostics, key=attrgetter("path")):
        parts.extend(_note(path, diagnostics, read, prefix, style, width))
    return "".join(parts)


def _note(
    path: str, diagnostics: Iterable[Diagnostic], read: ReadNote, prefix: str, style: Style, width: int
) -> Iterator[str]:
    text, shown = read(path), shown_path(prefix + path)
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        seen[diagnostic.rule] += 1
        if seen[diagnostic.rule] <= FOLD:
            yield _finding(diagnostic, shown, text, prefix, style, width)
    for rule, count in seen.items():
        if count > FOLD:
            yield (
                f"{style.path}{shown}{style.reset} ... and {count - FOLD:,} more of {rule} in this note\n\n"
            )


def _finding(
    diagnostic: Diagnostic, path: str, text: str | None, prefix: str, style: Style, width: int
) -> str:
    lines = [headline(diagnostic, path, style)]
    number = str(diagnostic.position.line)
    blank = " " * len(number)
    bar = f"{style.dim}|{style.reset}"
    shown = None if text is None else frame(text, diagnostic, max(width - len(number) - 4, 20))
    if shown:
        colour = style.of(diagnostic.severity)
        indent = len(shown[1]) - len(shown[1].lstrip())
        lines.append(f" {style.dim}{number} |{style.reset} {shown[0]}")
        lines.append(f" {blank} {bar} {shown[1][:indent]}{colour}{shown[1][indent:]}{style.reset}")
    tail = [("also", _place(related, prefix)) for related in diagnostic.related]
    if diagnostic.hint:
        tail.append(("help", diagnostic.hint))
    if diagnostic.fix:
        tail.append(("fix", fix_line(diagnostic.fix)))
    lines.extend(f" {blank} {style.help}{word}:{style.reset} {visible(line)}" for word, line in tail)
    return "\n".join(lines) + "\n\n"


def _place(related: Related, prefix: str) -> str:
    place = prefix + related.path
    if related.position:
        place += f":{related.position.line}:{related.position.column}"
    return f"{place} {related.message}"


def fix_line(fix: Fix) -> str:
    """What a fix does and what it takes to have it done: `link to 'Recipes' (--fix)`."""
    if fix.applicability is Applicability.SAFE:
        means = "--fix"
    elif fix.applicability is Applicability.UNSAFE:
        means = "--fix --unsafe-fixes"
    else:
        means = "by hand"
    return f"{fix.title} ({means}: {fix.reason})" if fix.reason else f"{fix.title} ({means})"
