"""`vaultlint baseline`: note down what is wrong now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.cli.arguments import BaselineArguments
    from vaultlint.cli.output import Output


def baseline(arguments: BaselineArguments, output: Output) -> int:
    """Effect: writes a baseline for the vault of the paths. The exit status."""
    raise NotImplementedError
