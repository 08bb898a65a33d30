"""The few colours of the text reports, as the sequences that a terminal takes."""

from __future__ import annotations

from msgspec import Struct

from vaultlint.rule.finding import Severity


class Style(Struct, frozen=True):
    """What to write before a part of a line; `reset` comes behind each. All empty: no colours."""

    path: str = ""
    rule: str = ""
    error: str = ""
    warning: str = ""
    info: str = ""
    help: str = ""
    dim: str = ""
    good: str = ""
    reset: str = ""

    def of(self, severity: Severity) -> str:
        """The colour of a severity."""
        if severity is Severity.ERROR:
            return self.error
        return self.warning if severity is Severity.WARNING else self.info


PLAIN = Style()
COLOURED = Style(
    path="\x1b[1m",
    rule="\x1b[1m",
    error="\x1b[1;31m",
    warning="\x1b[1;33m",
    info="\x1b[1;34m",
    help="\x1b[36m",
    dim="\x1b[2m",
    good="\x1b[32m",
    reset="\x1b[0m",
)
