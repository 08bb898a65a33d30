"""What was wrong before, and is not told again: the findings of a base, or of a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.engine.check import VaultRun
    from vaultlint.rule.finding import Diagnostic


class Known(Protocol):
    """Tells new findings from known ones. Asked in every round of fixes, for only what is new is mended."""

    def new(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """Those that are new, in their order."""

    def told(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """New findings as a report shows them: those with one cause may become one, where the cause stands."""

    @property
    def digest(self) -> str:
        """The digest of notes that the comparison needs, as in `Plan`; empty: none."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know about the comparison, a line each; complete once `told` was called."""
