"""`--output-format junit`: test results in XML, for the test pages of GitLab, Jenkins and others.

A note with findings is a suite, a finding a test that failed, or was skipped where it is an info. GitLab tells tests
apart by class and name alone, so that these have no line number and are never alike.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vaultlint.report.escape import escape, shown_path, unobeyed, visible
from vaultlint.report.places import Places
from vaultlint.report.summary import counted
from vaultlint.report.words import words
from vaultlint.rule.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.report.views import ReportContext, ReportView
    from vaultlint.rule.finding import Diagnostic

_NO_XML = re.compile("[\ufffe\uffff]")
"""What XML 1.0 can't hold (section 2.2), beyond what is never shown as it is."""


def junit(report: ReportView, context: ReportContext) -> bytes:
    """The findings as suites in UTF-8; a vault without any has one test, which passed."""
    root = Element("testsuites", name="vaultlint")
    counts: Counter[str] = Counter()
    places = Places(context.read)
    for path, diagnostics in groupby(report.diagnostics, key=attrgetter("path")):
        said = [(found, words(found, context.prefix, places)) for found in diagnostics]
        counts += _suite(root, context.prefix + path, said)
    if not report.diagnostics:
        counts += _clean(root, report.summary.notes)
    root.set("tests", str(counts["tests"]))
    root.set("failures", str(counts["failures"]))
    root.set("errors", "0")
    indent(root)
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return unobeyed(data.decode(), "&#35;").encode() + b"\n"


def _suite(root: Element, path: str, said: list[tuple[Diagnostic, list[str]]]) -> Counter[str]:
    """Add a note with what is `said` of its findings, the lines of each."""
    diagnostics = [diagnostic for diagnostic, _ in said]
    infos = sum(1 for found in diagnostics if found.severity is Severity.INFO)
    counts = Counter(tests=len(diagnostics), failures=len(diagnostics) - infos, errors=0, skipped=infos)
    suite = SubElement(root, "testsuite", _attributes(name=path))
    for key, count in counts.items():
        suite.set(key, str(count))
    for name, (diagnostic, lines) in zip(_names(diagnostics), said, strict=True):
        case = SubElement(suite, "testcase", _attributes(classname=path.removesuffix(".md"), name=name), time="0")
        outcome = "skipped" if diagnostic.severity is Severity.INFO else "failure"
        # The type is the severity: GitLab would read the text of a `date` or `integer` as one.
        shown = _attributes(type=str(diagnostic.severity), message=diagnostic.message)
        SubElement(case, outcome, shown).text = _text(path, diagnostic, lines)
    return counts


def _clean(root: Element, notes: int) -> Counter[str]:
    suite = SubElement(root, "testsuite", name="vaultlint", tests="1", failures="0", errors="0", skipped="0")
    SubElement(suite, "testcase", classname="vaultlint", name=f"nothing found in {counted(notes, 'note')}", time="0")
    return Counter(tests=1)


def _names(diagnostics: Iterable[Diagnostic]) -> Iterable[str]:
    """Rule and message of each, with a number where that was there before."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        name = f"{diagnostic.rule}: {diagnostic.message}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _text(path: str, diagnostic: Diagnostic, lines: list[str]) -> str:
    place = f"{shown_path(path)}:{diagnostic.position.line}:{diagnostic.position.column}"
    return _xml("\n".join([f"{place} {diagnostic.severity} {diagnostic.rule}", *lines]))


def _attributes(**values: str) -> dict[str, str]:
    return {name: _xml(visible(value)) for name, value in values.items()}


def _xml(text: str) -> str:
    return _NO_XML.sub(lambda found: escape(found[0]), text)
