"""What a run has to say that is no fault of a note, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.escape import shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.engine.values import Report


def tell_notices(
    report: Report, proofs: Mapping[str, float], vault: Vault, output: Output, *, quiet: bool, debug: bool
) -> None:
    """Effect: prints the notices of a run, and with `debug` what took time; `proofs` are the seconds of each note's."""
    if not quiet:
        for notice in report.notices:
            output.tell(f"vaultlint: {notice}", lines=debug)
    if debug:
        times = ", ".join(f"{phase} {seconds:.3f} s" for phase, seconds in report.timings.items())
        output.tell(f"vaultlint: {times}")
        for path, seconds in proofs.items():
            output.tell(f"vaultlint: proved in {seconds * 1000:.1f} ms: {shown_path(vault.prefix() + path)}")
