"""`vaultlint cache`: what earlier runs found out, and how to be rid of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.engine.cache import folder
from vaultlint.engine.reader import human_size
from vaultlint.report.escape import visible
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from vaultlint.cli.asked import CacheArguments
    from vaultlint.cli.output import Output
    from vaultlint.engine.cache.folder import CacheInfo


def cache(arguments: CacheArguments, output: Output) -> int:
    """Effect: prints what the cache holds, or empties it. The exit status."""
    if arguments.action == "info":
        output.write(f"{_told(folder.info())}; at most {human_size(folder.MOST_BYTES)} are kept\n")
        return status.CLEAN
    try:
        was = folder.clean()
    except OSError as error:
        raise UserError(f"the cache folder '{folder.cache_folder()}' can't be emptied: {error}") from error
    output.write(f"{_told(was)}: removed\n")
    return status.CLEAN


def _told(info: CacheInfo) -> str:
    return (
        f"{visible(str(info.folder))}: {counted(info.vaults, 'vault')}, {counted(info.files, 'file')}, "
        f"{human_size(info.size)}"
    )
