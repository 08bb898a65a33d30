"""The page that a job leaves behind (`GITHUB_STEP_SUMMARY`): what is new, in Markdown, with links to the lines.

All that a note, a path or a branch says goes through `markdown.text` and `markdown.code`.
"""

from __future__ import annotations

import shlex
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from vaultlint.ci.markdown import code, link, text
from vaultlint.report.escape import encodable
from vaultlint.report.summary import counted
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.ci.annotations import Remark
    from vaultlint.ci.worth import Worth
    from vaultlint.report.views import ReportView
    from vaultlint.rule.finding import Diagnostic, Related

LIMIT = 1024 * 1024
"""Bytes of a step's summary; the service shows nothing of a longer one."""

_LONGEST = 300
"""Characters shown of a message: a link may name a target of any length."""
_NOTES_HIT = 10
"""Places shown of those that one finding harms."""
_FIXES = 20
"""Fixes shown."""
_MARKS = {"error": "🔴", "warning": "🟡", "info": "🔵"}


class Page(Struct, frozen=True):
    """Where a job ran, as its summary tells it."""

    lines: str
    """What leads to the files of the commit: `https://github.com/owner/name/blob/SHA/`; empty: no links."""
    prefix: str
    """What leads from there to the vault."""
    compared: str
    """What is old: `compared with branch 'main'`, or why nothing is."""
    fixing: Sequence[str]
    """The words of the call that mends what is new, at a desk."""
    known: int
    """Findings that were there before."""


def job_summary(
    report: ReportView, page: Page, worth: Worth, remarks: Sequence[Remark] = (), limit: int = LIMIT
) -> str:
    """The summary, at most `limit` bytes in UTF-8: findings that find no room are counted."""
    parts, end = [*_head(report, page, remarks)], "".join(_fixes(report, page))
    findings = list(_findings(report, page, worth))
    more = "\n… {} left out here: the job's log and its report have them.\n"
    room = limit - _size("".join(parts) + end + more.format(counted(len(findings), "finding"))) - 1
    for shown, (heading, finding) in enumerate(findings):
        room -= _size(heading + finding)
        if room < 0:
            parts.append(more.format(counted(len(findings) - shown, "finding")))
            break
        parts += [heading, finding]
    return "".join([*parts, end])


def blob_url(server: str, repository: str, sha: str) -> str:
    """What leads to the files of a commit; empty where one of the three is not known."""
    return f"{server.rstrip('/')}/{repository}/blob/{sha}/" if server and repository and sha else ""


def totals(report: ReportView, compared: str, known: int) -> str:
    """A run in one line of plain text: what is new, and what was there before."""
    summary = report.summary
    new = "new " if compared.startswith("compared") else ""
    notes = len({found.path for found in report.diagnostics})
    if not summary.diagnostics:
        found = f"No {new}findings in {counted(summary.notes, 'note')}"
    else:
        numbers = ((summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info"))
        kinds = ", ".join([counted(count, noun) for count, noun in numbers if count])
        of = counted(summary.notes, "note")
        found = f"{counted(summary.diagnostics, f'{new}finding')} ({kinds}) in {notes:,} of {of}"
    left = f", {known:,} known before" if known else ""
    return f"{found}{left} ({compared})"


def _head(report: ReportView, page: Page, remarks: Sequence[Remark]) -> Iterator[str]:
    yield f"## vaultlint\n\n{text(totals(report, page.compared, page.known))}\n"
    for remark in remarks:
        yield f"\n> {_MARKS['info' if remark.level == 'notice' else remark.level]} {text(remark.message)}\n"
    if not report.diagnostics:
        return
    counts = Counter((found.rule, str(found.severity)) for found in report.diagnostics)
    fixable = Counter(
        (found.rule, str(found.severity)) for found in report.diagnostics if found.fixable(Applicability.SAFE)
    )
    yield "\n| rule | severity | findings | `--fix` mends |\n| :--- | :--- | ---: | ---: |\n"
    for (rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        mended = fixable[rule, severity]
        yield f"| {code(rule)} | {_MARKS[severity]} {severity} | {count:,} | {mended:,} |\n"


def _fixes(report: ReportView, page: Page) -> Iterator[str]:
    """What `--fix` would do, and how to call it."""
    safe = [found for found in report.diagnostics if found.fixable(Applicability.SAFE)]
    more = report.summary.fixable - len(safe)
    if not safe and not more:
        return
    yield "\n### What `--fix` would do\n\n"
    for found in safe[:_FIXES]:
        yield f"- {_place(found, page)}: {_cut(found.fix.title if found.fix else '')}\n"
    if len(safe) > _FIXES:
        yield f"- and {len(safe) - _FIXES:,} more\n"
    if more:
        needs = "needs" if more == 1 else "need"
        also = "more " if safe else ""
        yield f"- `--unsafe-fixes` would mend {more:,} {also}that {needs} a look\n"
    words = [*page.fixing, *([] if safe else ["--unsafe-fixes"])]
    yield f"\n<pre>{code(shlex.join(words))}</pre>\n"


def _findings(report: ReportView, page: Page, worth: Worth) -> Iterator[tuple[str, str]]:
    """Each finding with the heading that it needs, if it is the first of its note: what matters most first."""
    order = {path: place for place, path in enumerate(_notes_by_worth(report, worth))}
    in_order = sorted(report.diagnostics, key=lambda found: order[found.path])
    for path, diagnostics in groupby(in_order, key=attrgetter("path")):
        heading = f"\n**{_linked(code(page.prefix + path), page, path, None)}**\n\n"
        for found in diagnostics:
            yield heading, "".join(_finding(found, page))
            heading = ""


def _notes_by_worth(report: ReportView, worth: Worth) -> dict[str, None]:
    return dict.fromkeys(found.path for found in sorted(report.diagnostics, key=worth.key))


def _finding(found: Diagnostic, page: Page) -> Iterator[str]:
    line = f"line {found.position.line}"
    place = _linked(line, page, found.path, found.position.line)
    yield f"- {_MARKS[str(found.severity)]} {place} {code(found.rule)} {_cut(found.message)}"
    yield f" ({_cut(found.hint)})\n" if found.hint else "\n"
    yield from (_hit(related, page) for related in found.related[:_NOTES_HIT])
    if len(found.related) > _NOTES_HIT:
        yield f"  - and {counted(len(found.related) - _NOTES_HIT, 'more place')}\n"


def _hit(related: Related, page: Page) -> str:
    line = related.position.line if related.position else None
    where = code(page.prefix + related.path + (f":{line}" if line else ""))
    return f"  - {_linked(where, page, related.path, line)} {_cut(related.message)}\n"


def _place(found: Diagnostic, page: Page) -> str:
    line = found.position.line
    return _linked(code(f"{page.prefix}{found.path}:{line}"), page, found.path, line)


def _linked(label: str, page: Page, path: str, line: int | None) -> str:
    """Markdown that leads to a line. Notes are shown rendered unless `plain=1` asks for their lines."""
    if not page.lines:
        return label
    file = quote(encodable(page.prefix + path), safe="/")
    return link(label, f"{page.lines}{file}{'' if line is None else f'?plain=1#L{line}'}")


def _cut(said: str) -> str:
    return text(said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…")


def _size(written: str) -> int:
    return len(written.encode("utf-8", "backslashreplace"))
