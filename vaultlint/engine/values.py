"""What a run returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from vaultlint.rule.finding import Diagnostic


class Summary(Struct, frozen=True):
    """A run in numbers; the keys of the JSON output."""

    notes: int
    """The notes that were judged."""
    diagnostics: int
    errors: int
    warnings: int
    infos: int
    fixable: int
    """Diagnostics that `--fix` would mend."""
    fixed: int = 0
    """Diagnostics that were mended by this run."""


class Report(Struct, frozen=True):
    """What a run found."""

    root: str
    """The vault's folder, absolute."""
    diagnostics: tuple[Diagnostic, ...]
    """By path, then position, then rule."""
    summary: Summary
    notices: tuple[str, ...] = ()
    """What a person should know that is no fault of a note, a line each; tracebacks of rules with `debug`."""
    timings: dict[str, float] = field(default_factory=dict)
    """Phase -> seconds, in the order in which they ran."""

    def count_fixable(self, at_least: Applicability = Applicability.SAFE) -> int:
        """How many diagnostics have a fix that may be trusted this far.

        Works out only those lazy fixes that could be; `UNSAFE` may have to search the vault for near names.
        """
        return sum(1 for diagnostic in self.diagnostics if diagnostic.fixable(at_least))


class ChangedNote(Struct, frozen=True):
    """A note before and after its fixes."""

    path: str
    before: str
    after: str


class FixResult(Struct, frozen=True):
    """What a run with fixes did."""

    report: Report
    """What is left; `report.summary.fixed` is `fixed`."""
    changed: tuple[ChangedNote, ...]
    """By path. Written to disk unless the call said not to write."""
    fixed: int
    """How many diagnostics were mended."""
    backup: str | None = None
    """The folder that holds the old bytes of what was written."""


def summarize(notes: int, diagnostics: tuple[Diagnostic, ...], fixed: int = 0) -> Summary:
    """Count diagnostics by severity, and those that `--fix` would mend."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return Summary(
        notes=notes,
        diagnostics=len(diagnostics),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        fixable=sum(1 for diagnostic in diagnostics if diagnostic.fixable(Applicability.SAFE)),
        fixed=fixed,
    )
