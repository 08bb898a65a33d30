"""What is said of a run that a crash ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.engine.journal import Journal

if TYPE_CHECKING:
    from vaultlint.cli.places import Vault
    from vaultlint.cli.printer import Printer


def tell_of_a_cut(vault: Vault, printer: Printer) -> None:
    """Effect: looks into the journal. Say how to go on behind a run that a crash ended."""
    run = Journal.of(vault.root).cut_off()
    if run is not None:
        printer.notice(
            f"the run of {run.when} was cut off while it changed notes: `vaultlint undo {run.plan.id}` "
            "takes back what it wrote, another --fix goes on from there"
        )
