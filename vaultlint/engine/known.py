"""What was wrong before, and is not told again: the findings of a base, or of a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.engine.check import VaultRun
    from vaultlint.rule.finding import Diagnostic


class Known(Protocol):
    """Tells new findings from known ones. Asked in every round of fixes, for only what is new is mended."""

    def begin(self, run: VaultRun) -> None:
        """Called before each judgement, when all notes are examined."""

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


def together(parts: Sequence[Known]) -> Known | None:
    """Several that know something, as one; `None` where there is none."""
    return Together(parts) if len(parts) > 1 else next(iter(parts), None)


class Together:
    """Several that know something, as one: what each of them calls new is new."""

    def __init__(self, parts: Sequence[Known]) -> None:
        self.parts = tuple(parts)

    def begin(self, run: VaultRun) -> None:
        """All parts are told."""
        for part in self.parts:
            part.begin(run)

    def new(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """Those that nobody knows. Each part is asked of all: it pairs findings with what it knows, by number."""
        new = [{id(one) for one in part.new(diagnostics, run)} for part in self.parts]
        return tuple(one for one in diagnostics if all(id(one) in of_part for of_part in new))

    def told(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """As all parts together would show them."""
        told = tuple(diagnostics)
        for part in self.parts:
            told = part.told(told, run)
        return told

    @property
    def digest(self) -> str:
        """The digest that a part needs."""
        return next((part.digest for part in self.parts if part.digest), "")

    @property
    def notices(self) -> tuple[str, ...]:
        """What each part has to say."""
        return tuple(notice for part in self.parts for notice in part.notices)
