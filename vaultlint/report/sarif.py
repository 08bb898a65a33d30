"""`--output-format sarif`: SARIF 2.1.0 (OASIS), for GitHub's code scanning and whatever else reads it.

GitHub knows an alert again by `partialFingerprints.primaryLocationLineHash` alone, and its upload action works that
out from the notes; it complains of each one that it finds there with another value. So it is left to the action, and
what vaultlint itself knows a finding by stands beside it (docs.github.com, "SARIF support for code scanning").
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct, field

from vaultlint._version import __version__
from vaultlint.report.encoding import to_json
from vaultlint.report.escape import visible
from vaultlint.report.identity import identities
from vaultlint.report.places import Places
from vaultlint.report.words import MOST, place_of, unnamed
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Position
    from vaultlint.report.views import ReportContext, ReportView
    from vaultlint.rule.finding import Diagnostic, Related

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "vaultlintFingerprint/v1"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more; of these it shows the 5,000 that weigh most."""
MOST_BYTES = 10_000_000
"""GitHub refuses a larger file; compressed."""
_BASE = "%SRCROOT%"
_BRACKET = re.compile(r"[\\\[\]]")
"""What needs a backslash in the words of a link."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class _Object(Struct, rename="camel", omit_defaults=True):
    pass


class _Message(_Object):
    text: str
    markdown: str | None = None


class _Region(_Object):
    start_line: int
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class _Artifact(_Object):
    uri: str
    uri_base_id: str | None = None


class _Physical(_Object):
    artifact_location: _Artifact
    region: _Region | None = None


class _Location(_Object):
    physical_location: _Physical
    id: int | None = None
    message: _Message | None = None


class _Replacement(_Object):
    deleted_region: _Region
    inserted_content: _Message | None = None


class _Change(_Object):
    artifact_location: _Artifact
    replacements: list[_Replacement]


class _Fix(_Object):
    description: _Message
    artifact_changes: list[_Change]
    properties: dict[str, str]


class _Result(_Object):
    rule_id: str
    rule_index: int
    level: str
    message: _Message
    locations: list[_Location]
    partial_fingerprints: dict[str, str]
    related_locations: list[_Location] | None = None
    fixes: list[_Fix] | None = None


class _Level(_Object):
    level: str


class _Rule(_Object):
    id: str  # people can read it, and then there is to be no `name` (section 3.49.7)
    short_description: _Message
    full_description: _Message
    help: _Message
    default_configuration: _Level
    properties: dict[str, list[str]]


class _Driver(_Object):
    name: str
    version: str
    semantic_version: str
    rules: list[_Rule]


class _Tool(_Object):
    driver: _Driver


class _Notification(_Object):
    message: _Message
    level: str


class _Invocation(_Object):
    execution_successful: bool
    tool_execution_notifications: list[_Notification]


class _Root(_Object):
    description: _Message


class _Run(_Object):
    tool: _Tool
    invocations: list[_Invocation]
    original_uri_base_ids: dict[str, _Root]
    newline_sequences: list[str]
    column_kind: str
    results: list[_Result]


class _Log(_Object):
    schema: str = field(name="$schema")
    version: str
    runs: list[_Run]


def sarif(report: ReportView, context: ReportContext) -> bytes:
    """One run as a log in UTF-8. Findings and fixes beyond what GitHub takes are left out, and that is said."""
    return _Writer(report, context).log()


class _Writer:
    def __init__(self, report: ReportView, context: ReportContext) -> None:
        self._report = report
        self._context = context
        self._places = Places(context.read)
        names = sorted({*context.ran, *(found.rule for found in report.diagnostics)})
        self._rules = [_rule(name, context) for name in names]
        self._index = {name: index for index, name in enumerate(names)}

    def log(self) -> bytes:
        """The log, cut where it must be: fixes first, then the findings that weigh least."""
        diagnostics = self._report.diagnostics
        by_worth = sorted(range(len(diagnostics)), key=lambda place: -diagnostics[place].severity)
        kept, fixes = set(by_worth[:MOST_RESULTS]), True
        results = self._results()
        while True:
            chosen = [result for place, result in enumerate(results) if place in kept]
            said = self._said(len(chosen), fixes=fixes)
            data = self._encoded(chosen, said)
            if len(data) <= MOST_BYTES or len(zlib.compress(data)) <= MOST_BYTES or not kept:
                break
            if fixes:
                fixes = False
                for result in results:
                    result.fixes = None
            else:
                kept = set(by_worth[: len(kept) // 2])
        for line in said:
            self._context.tell(line)
        return data

    def _said(self, count: int, *, fixes: bool) -> list[str]:
        """What is said of that which was left out."""
        said = []
        if count < len(self._report.diagnostics):
            said.append(
                f"the SARIF report has the {count:,} findings that weigh most, of "
                f"{len(self._report.diagnostics):,}: GitHub takes no more"
            )
        if not fixes:
            said.append("the SARIF report has no fixes: with them it would be too large for GitHub")
        return said

    def _encoded(self, results: list[_Result], said: list[str]) -> bytes:
        notifications = [_Notification(_Message(visible(line)), "warning") for line in said]
        notifications += [_Notification(_Message(visible(line)), "note") for line in self._report.notices]
        run = _Run(
            tool=_Tool(_Driver("vaultlint", __version__, __version__, self._rules)),
            invocations=[_Invocation(execution_successful=True, tool_execution_notifications=notifications)],
            original_uri_base_ids={_BASE: _Root(_Message("The top of the repository that the vault lies in"))},
            newline_sequences=["\r\n", "\n", "\r"],
            column_kind="unicodeCodePoints",
            results=results,
        )
        return to_json(_Log(SCHEMA, "2.1.0", [run])) + b"\n"

    def _results(self) -> list[_Result]:
        diagnostics = self._report.diagnostics
        known_by = identities(diagnostics, self._context.read)
        return [self._result(found, identity) for found, identity in zip(diagnostics, known_by, strict=True)]

    def _result(self, diagnostic: Diagnostic, identity: str) -> _Result:
        region = _region(diagnostic.position, diagnostic.end)
        fix = self._fix(diagnostic.fix, diagnostic) if diagnostic.fix else None
        related = [self._related(one, number) for number, one in enumerate(diagnostic.related, 1)]
        return _Result(
            rule_id=diagnostic.rule,
            rule_index=self._index[diagnostic.rule],
            level=_LEVELS[diagnostic.severity],
            message=_Message("\n".join(self._said_of(diagnostic))),
            locations=[_Location(_Physical(self._artifact(diagnostic.path), region))],
            partial_fingerprints={FINGERPRINT: identity},
            related_locations=related or None,
            fixes=[fix] if fix else None,
        )

    def _said_of(self, diagnostic: Diagnostic) -> Iterator[str]:
        """Lines: the message, places that lead to those that are related, and the hint.

        GitHub shows a related place only where the message leads to it, by its number (section 3.11.6).
        """
        yield _plain(diagnostic.message)
        for number, one in enumerate(diagnostic.related[:MOST], 1):
            place = _BRACKET.sub(r"\\\g<0>", place_of(one, self._context.prefix, self._places))
            yield f"also: [{place}]({number}) {_plain(one.message)}"
        yield from unnamed(diagnostic, MOST)
        if diagnostic.hint:
            yield _plain(f"help: {diagnostic.hint}")

    def _related(self, related: Related, number: int) -> _Location:
        found = self._places.of(related.path, related.span) if related.span else None
        if found is None and related.position is not None:
            found = related.position, related.position
        region = _region(*found) if found else None
        return _Location(_Physical(self._artifact(related.path), region), number, _Message(_plain(related.message)))

    def _fix(self, fix: Fix, diagnostic: Diagnostic) -> _Fix | None:
        """`None` for what SARIF has no words for, a rename, and where a note changed since it was checked."""
        changes: dict[str, list[_Replacement]] = {}
        for change in fix.changes:
            place = self._places.of_edit(change, diagnostic) if isinstance(change, Edit) else None
            if place is None or not isinstance(change, Edit):
                return None
            inserted = _Message(change.text) if change.text else None
            changes.setdefault(change.path, []).append(_Replacement(_region(*place), inserted))
        return _Fix(
            description=_Message(_plain(fix.title)),
            artifact_changes=[_Change(self._artifact(path), parts) for path, parts in changes.items()],
            properties={"applicability": fix.applicability.name.lower()},
        )

    def _artifact(self, path: str) -> _Artifact:
        return _Artifact(_uri(self._context.prefix + path), _BASE)


def _rule(name: str, context: ReportContext) -> _Rule:
    from vaultlint.rule.page import page_of

    page = page_of(context.ruleset, name)
    summary = page.summary or page.title
    return _Rule(
        id=name,
        short_description=_Message(page.title),
        full_description=_Message(summary),
        help=_Message(f"{summary}\n`vaultlint explain {name}` tells more.", markdown=page.text()),
        default_configuration=_Level(_LEVELS[page.severity]),
        properties={"tags": [page.group]},
    )


def _region(start: Position, end: Position) -> _Region:
    return _Region(start.line, start.column, end.line, end.column)


def _plain(text: str) -> str:
    """A line that is shown as it is: `[words](place)` would be a link in a message of SARIF (section 3.11.6)."""
    return visible(text).replace("](", "]\\(")


def _uri(path: str) -> str:
    """A relative reference (RFC 3986) to a file; names that are no UTF-8 by their bytes."""
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair of UTF-16, which Windows allows
        name = path.encode("utf-8", "surrogatepass")
    return quote(name, safe="/")
