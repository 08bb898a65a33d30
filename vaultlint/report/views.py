"""What a report needs to know of a run: the engine's results, seen from below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Applicability


class SummaryView(Protocol):
    """The counts of one run over one vault."""

    @property
    def notes(self) -> int:
        """How many notes were judged."""

    @property
    def diagnostics(self) -> int:
        """How many findings there are, all severities together."""

    @property
    def errors(self) -> int:
        """How many of them are errors."""

    @property
    def warnings(self) -> int:
        """How many of them are warnings."""

    @property
    def infos(self) -> int:
        """How many of them are infos."""

    @property
    def fixable(self) -> int:
        """How many of them `--fix --unsafe-fixes` would mend."""

    @property
    def fixed(self) -> int:
        """How many findings this run mended."""


class ReportView(Protocol):
    """The outcome of one run over one vault."""

    @property
    def root(self) -> str:
        """The vault's folder, absolute."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """Every finding, by path, then position."""

    @property
    def summary(self) -> SummaryView:
        """The counts."""

    def count_fixable(self, at_least: Applicability) -> int:
        """How many findings have a fix that may be trusted this far."""


ReadNote: TypeAlias = Callable[[str], str | None]
"""Vault-relative path -> the note's text as it was checked; `None` where it can't be had any more."""
