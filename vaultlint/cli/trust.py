"""`vaultlint trust`: the vaults that may run their own Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.places import vaults_of
from vaultlint.config import trust as trusted
from vaultlint.report.escape import visible
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from vaultlint.cli.asked import TrustArguments
    from vaultlint.cli.output import Output


def trust(arguments: TrustArguments, output: Output) -> int:
    """Effect: changes or prints the user's list of trusted vaults. The exit status."""
    if arguments.list:
        output.write("".join(f"{visible(root)}\n" for root in sorted(trusted.read_trusted())))
        return status.CLEAN
    if arguments.revoke and not Path(arguments.folder).exists():
        root = Path(arguments.folder)  # a vault that is gone: its entry must not outlive it for ever
    else:
        root = vaults_of([arguments.folder], None)[0].root
    if arguments.revoke:
        if not trusted.revoke(root):
            raise UserError(f"'{root}' is not trusted; `vaultlint trust --list` names the vaults that are")
        output.write(f"'{visible(str(root))}' is trusted no longer\n")
        return status.CLEAN
    code = trusted.code_of(root)
    if not code:
        raise UserError(f"there is no Python in the vault '{root}'")
    trusted.trust(root, code)
    output.write("".join(f"{visible(path)}\n" for path in code))
    output.write(f"'{visible(str(root))}' may run these from now on, until one of them changes or another is added\n")
    return status.CLEAN
