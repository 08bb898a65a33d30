"""What a job prints: workflow commands that put findings beside their lines, and a log that nothing steers.

The service shows 10 errors, 10 warnings and 10 notices of a step and 50 annotations of a job, and drops the rest
without a word (GitHub's documentation, "Limits for annotations"): they go to what matters most.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.report.concise import concise
from vaultlint.report.escape import visible_lines
from vaultlint.report.github import annotation, command
from vaultlint.report.places import Places
from vaultlint.report.summary import counted
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.ci.worth import Group, Worth
    from vaultlint.report.views import ReportView

A_STEP = 10
"""Annotations of one severity that the service shows of a step."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Remark(Struct, frozen=True):
    """What the job itself has to say, beside no line."""

    level: str
    """`error`, `warning` or `notice`."""
    message: str


def commands(report: ReportView, worth: Worth, *, prefix: str, totals: str, remarks: Sequence[Remark] = ()) -> str:
    """The workflow commands of a job: its own remarks, the findings there is room for, and the true totals.

    `prefix` leads from the git work tree to the vault.
    """
    groups = worth.groups(report.diagnostics)
    shown = _affordable(groups, Counter(remark.level for remark in remarks))
    if len(report.diagnostics) > len(shown):
        totals += f"; {counted(len(shown), 'annotation')} here, more in the job's summary, all in its log"
    lines = [command(remark.level, remark.message) for remark in remarks]
    places = Places(worth.text)
    lines += [annotation(group.first, prefix, _addition(group), places=places) for group in shown]
    return "".join([*lines, command("notice", totals)])


def log(report: ReportView, notices: Sequence[str] = (), *, prefix: str, token: str) -> str:
    """Every notice and finding on a line, findings folded, between marks that keep a line from being a command.

    `token` ends that: nobody who wrote a note may know it. (The service also obeys `##[...]` within a line.)
    """
    said = "".join([f"vaultlint: {visible_lines(notice)}\n" for notice in notices])
    if said:
        said = _stopped(said, token)
    if not report.diagnostics:
        return said
    title = command("group", counted(len(report.diagnostics), "finding"))
    return f"{said}{title}{_stopped(concise(report, prefix=prefix), token)}::endgroup::\n"


def _stopped(lines: str, token: str) -> str:
    """Lines of a log in which the service looks for no command; they end in a line break."""
    return f"::stop-commands::{token}\n{lines}::{token}::\n"


def _affordable(groups: Sequence[Group], taken: Counter[str]) -> list[Group]:
    """As many of each severity as the service shows, the first ones; one notice is kept for the totals."""
    room = {level: A_STEP - taken[level] for level in _LEVELS.values()}
    room["notice"] -= 1
    shown = []
    for group in groups:
        level = _LEVELS[group.first.severity]
        if room[level] > 0:
            room[level] -= 1
            shown.append(group)
    return shown


def _addition(group: Group) -> str:
    return f"and {group.more:,} more of {group.first.rule} in this note" if group.more else ""
