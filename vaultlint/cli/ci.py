"""`vaultlint ci github`: translates the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.cli.arguments import GithubArguments
    from vaultlint.cli.output import Output


def ci(arguments: GithubArguments, output: Output) -> int:
    """Effect: runs the job. The exit status."""
    raise NotImplementedError
