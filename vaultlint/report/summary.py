"""The lines that close a report for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.escape import shown_path
from vaultlint.report.style import PLAIN, Style
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from vaultlint.report.views import ReportView


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 note`, `6,571 notes`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def closing(report: ReportView, *, style: Style = PLAIN, left: bool = False) -> str:
    """What was checked, what was found (or `left` by fixes) and how much of it `--fix` would mend.

    Ends in a line break.
    """
    summary = report.summary
    root = shown_path(report.root)
    if not summary.notes:
        checked = f"No notes to check in {root}."
    else:
        checked = f"Checked {counted(summary.notes, 'note')} in {root}."
    if not summary.diagnostics:
        clear = f"\n{style.good}All clear.{style.reset}" if summary.notes else ""
        return f"{checked}{clear}\n"
    severities = [
        f"{colour}{counted(count, noun)}{style.reset}"
        for count, noun, colour in (
            (summary.errors, "error", style.error),
            (summary.warnings, "warning", style.warning),
            (summary.infos, "info", style.info),
        )
        if count
    ]
    found = f"{'Left' if left else 'Found'} {summary.diagnostics:,}" + (
        f" ({', '.join(severities)})" if severities else ""
    )
    return f"{checked}\n{found}{_fixable(report)}.\n"


def _fixable(report: ReportView) -> str:
    safe = report.count_fixable(Applicability.SAFE)
    more = report.summary.fixable - safe
    if safe and more:
        return f", {safe:,} fixable with --fix and {more:,} more with --unsafe-fixes"
    if more:
        return f", {more:,} fixable with --fix --unsafe-fixes"
    return f", {safe:,} fixable with --fix" if safe else ""


def fixed(findings: int, notes: int, *, written: bool) -> str:
    """What a run with `--fix` did, or with `--diff` would do; ends in a line break."""
    if not findings:
        return "Nothing to fix.\n"
    verb = "Fixed" if written else "Would fix"
    return f"{verb} {counted(findings, 'finding')} in {counted(notes, 'note')}.\n"


def suppressed(comments: int, notes: int, left: int, noted: int) -> str:
    """What a run with `--add-suppressions` did; ends in a line break.

    `left` is what no comment can hide, `noted` how much of that went into the baseline.
    """
    added = f"Added {counted(comments, 'comment')} in {counted(notes, 'note')}" if comments else "No comment to add"
    if noted:
        return f"{added}; {counted(noted, 'finding')} went into the baseline instead.\n"
    if left:
        stand, them = ("stands", "it") if left == 1 else ("stand", "them")
        return f"{added}; {counted(left, 'finding')} {stand} where no comment can be (--baseline FILE takes {them}).\n"
    return f"{added}.\n"
