"""What `--since` and `--baseline` leave out."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from vaultlint.engine.known import Together, together

if TYPE_CHECKING:
    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.printer import Printer
    from vaultlint.config.settings import Settings
    from vaultlint.engine.baseline import Baseline
    from vaultlint.engine.baseline_file import BaselineFile
    from vaultlint.engine.known import Known


def known_of(settings: Settings, arguments: CheckArguments) -> Known | None:
    """Effect: asks git, reads the baseline. What is known of one vault; `None`: nothing. Raises `UserError`."""
    known: list[Known] = []
    if arguments.since is not None:
        from vaultlint.engine.since import Since

        known.append(Since.of(settings, arguments.since))
    if arguments.baseline is not None:
        known.append(_baseline(arguments.baseline, settings, arguments))
    return together(known)


def baseline_file(name: str, settings: Settings) -> BaselineFile:
    """The file of a baseline that a flag names, from the current folder; raises `UserError`."""
    from vaultlint.engine.baseline_file import BaselineFile

    return BaselineFile(name, str(settings.root))


def baseline_of(known: Known | None) -> Baseline | None:
    """The baseline among what is known."""
    from vaultlint.engine.baseline import Baseline

    parts = known.parts if isinstance(known, Together) else (known,)
    return next((part for part in parts if isinstance(part, Baseline)), None)


def update_baseline(known: Known | None, settings: Settings, arguments: CheckArguments, printer: Printer) -> None:
    """Effect: with `--baseline-update`, takes out of the baseline what the run found gone. Raises `UserError`."""
    if not arguments.baseline_update or arguments.diff:
        return
    from vaultlint.report.summary import counted

    baseline = baseline_of(known)
    if baseline is not None and arguments.baseline is not None:
        file = baseline_file(arguments.baseline, settings)
        if file.write(baseline.left):
            taken = sum(baseline.stale.values())
            did = f"took {counted(taken, 'finding')} out of" if taken else "wrote names and lines of today into"
            printer.notice(f"{did} '{file.shown}'")


def _baseline(name: str, settings: Settings, arguments: CheckArguments) -> Baseline:
    from vaultlint.engine.baseline import Baseline

    file = baseline_file(name, settings)
    # A run that writes into the baseline may begin with none.
    counts = file.read() if file.exists or not arguments.add_suppressions else {}
    words = ["vaultlint", "check", "--baseline", name, "--baseline-update"]
    for flag, value in (
        ("--vault", arguments.vault),
        ("--config", arguments.config),
        ("--extend-select", ",".join(arguments.extend_select)),
    ):
        words += (flag, value) if value else ()
    updates = arguments.baseline_update and not arguments.diff
    return Baseline(counts, settings.ruleset.current, "" if updates else shlex.join(words))
