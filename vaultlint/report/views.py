"""What a report needs to know of a run: the engine's results, seen from below."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Applicability
    from vaultlint.rule.registry import RuleSet


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

    @property
    def notices(self) -> Sequence[str]:
        """What a person should know that is no fault of a note, a line each."""

    def count_fixable(self, at_least: Applicability) -> int:
        """How many findings have a fix that may be trusted this far."""


ReadNote: TypeAlias = Callable[[str], str | None]
"""Vault-relative path -> the note's text as it was checked; `None` where it can't be had any more."""


def _unheard(text: str) -> None:
    """Nobody listens."""


class ReportContext(Struct, frozen=True):
    """What a format may ask for beside the findings of one vault."""

    read: ReadNote
    ruleset: RuleSet
    """Where the notes of rules are."""
    ran: Collection[str] = ()
    """The rules that ran, by name."""
    prefix: str = ""
    """What leads from the top of the git work tree to the vault: empty, or POSIX with a slash at its end."""
    tell: Callable[[str], None] = _unheard
    """Called with a line for people where a format had to leave something out."""
