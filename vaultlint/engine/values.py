"""What a run returns."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
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
    """Diagnostics that `--fix --unsafe-fixes` would mend."""
    fixed: int = 0
    """Diagnostics that were mended by this run."""


class Report(Struct, frozen=True, dict=True):
    """What a run found."""

    root: str
    """The vault's folder, absolute."""
    diagnostics: tuple[Diagnostic, ...]
    """By path, then position, then rule."""
    notes: int
    """How many notes were judged."""
    fixed: int = 0
    """How many findings this run mended."""
    notices: tuple[str, ...] = ()
    """What a person should know that is no fault of a note, a line each; tracebacks of rules with `debug`."""
    timings: dict[str, float] = field(default_factory=dict)
    """Phase -> seconds, in the order in which they ran."""

    @cached_property
    def summary(self) -> Summary:
        """The run in numbers; works out every fix, which may have to search the vault for near names."""
        counts = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        return Summary(
            notes=self.notes,
            diagnostics=len(self.diagnostics),
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
            fixable=self.count_fixable(Applicability.UNSAFE),
            fixed=self.fixed,
        )

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
    run: str | None = None
    """What the journal calls the run that wrote it: `vaultlint undo RUN` takes it back."""
    proofs: dict[str, float] = field(default_factory=dict)
    """Path of each changed note -> the seconds that it took to prove that nothing else of it changed."""


class Suppressed(Struct, frozen=True):
    """What a run with `--add-suppressions` did."""

    report: Report
    """What is left: no comment can stand where it would hide that."""
    changed: tuple[ChangedNote, ...]
    """By path. Written to disk."""
    comments: int
    """How many comments the notes have more, or longer."""
    noted: int = 0
    """How many findings went into the baseline instead."""
    run: str | None = None
    """What the journal calls the run that wrote it: `vaultlint undo RUN` takes it back."""
    proofs: dict[str, float] = field(default_factory=dict)
    """As in `FixResult`."""
