"""What a rule finds (`Finding`) and what a person is told (`Diagnostic`)."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeAlias

from msgspec import Struct

from vaultlint.note.model import Position, Span  # noqa: TC001  msgspec reads the annotations
from vaultlint.rule.fix import Applicability, Fix


class Severity(IntEnum):
    """How much a finding matters."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return _WORDS[self]  # for every line of a report: `name` is slow to look up


_WORDS = ("", "info", "warning", "error")
"""By severity."""


class Related(Struct, frozen=True):
    """Another place that belongs to a finding."""

    path: str
    message: str
    span: Span | None = None
    position: Position | None = None


Hint: TypeAlias = str | None
LazyHint: TypeAlias = Hint | Callable[[], Hint]
LazyFix: TypeAlias = Fix | Callable[[], Fix | None] | None


class Finding(Struct, frozen=True):
    """One fault, as a rule reports it. `hint` and `fix` may be functions: called only if somebody asks."""

    span: Span
    message: str
    """Names what is wrong in a vault owner's words, with their own words in quotes; no full stop."""
    path: str | None = None
    """The note that it stands in; `None`: the one under check (vault and run rules must say)."""
    hint: LazyHint = None
    fix: LazyFix = None
    at_most: Applicability = Applicability.UNSAFE
    """The most that a lazy `fix` can be trusted, so that counting need not call it."""
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """Where this finding matters less or more than the rule's severity."""


class Diagnostic:
    """One finding with its place, rule and severity: what every report shows.

    `hint` and `fix` are worked out at first use.
    """

    __slots__ = (
        "_finding",
        "_fix",
        "_hint",
        "end",
        "message",
        "path",
        "position",
        "related",
        "rule",
        "severity",
        "span",
    )

    def __init__(
        self,
        rule: str,
        severity: Severity,
        path: str,
        finding: Finding,
        position: Position,
        end: Position,
    ) -> None:
        self.rule = rule
        self.severity = severity
        self.path = path
        self.message = finding.message
        self.span = finding.span
        self.position = position
        self.end = end
        self.related = finding.related
        self._finding = finding
        self._hint: Any = finding.hint
        self._fix: Any = finding.fix

    @property
    def hint(self) -> str | None:
        """The next step, or `None`."""
        if callable(self._hint):
            self._hint = self._hint()
        hint: str | None = self._hint
        return hint

    @property
    def fix(self) -> Fix | None:
        """How to mend it, or `None`."""
        if callable(self._fix):
            self._fix = self._fix()
        fix: Fix | None = self._fix
        return fix

    @property
    def at_most(self) -> Applicability:
        """The most that its fix can be trusted, if there is one; a lazy fix is not worked out for that."""
        if callable(self._fix) or self._fix is None:
            return self._finding.at_most
        fix: Fix = self._fix
        return fix.applicability

    def fixable(self, at_least: Applicability) -> bool:
        """Whether a fix that may be trusted this far is there; calls a lazy fix only if it could be."""
        if callable(self._fix) and self._finding.at_most < at_least:
            return False
        fix = self.fix
        return fix is not None and fix.applicability >= at_least

    def worked_out(self) -> Finding:
        """The finding as far as it was asked for: a hint or a fix that nobody worked out is left out."""
        hint = None if callable(self._hint) else self._hint
        fix = None if callable(self._fix) else self._fix
        return Finding(self.span, self.message, self.path, hint, fix, related=self.related)

    def __repr__(self) -> str:
        return f"<{self.path}:{self.position.line}:{self.position.column} {self.rule} {self.message}>"
