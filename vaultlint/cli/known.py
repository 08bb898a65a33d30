"""What `--since` and `--baseline` leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.cli.arguments import CheckArguments
    from vaultlint.config.settings import Settings
    from vaultlint.engine.known import Known


def known_of(settings: Settings, arguments: CheckArguments) -> Known | None:
    """Effect: asks git, reads the baseline. What is known of one vault; `None`: nothing. Raises `UserError`."""
    return None
