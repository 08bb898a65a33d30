"""What a run would change, on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.report.escape import visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.engine.values import ChangedNote


def write_patch(changed: Iterable[ChangedNote], vault: Vault, output: Output) -> None:
    """Effect: prints the changes of these notes of one vault as a patch."""
    from vaultlint.report.diff import unified_diff

    # Where the vault lies below the current folder, the patch applies there; elsewhere in the vault itself.
    prefix = vault.prefix()
    below = "" if prefix.startswith("../") or Path(prefix).is_absolute() else prefix
    patch = "".join([unified_diff(below + note.path, note.before, note.after) for note in changed])
    if output.is_terminal:
        output.write(visible_lines(patch))
    else:
        output.write_bytes(patch.encode("utf-8", "surrogateescape"))
