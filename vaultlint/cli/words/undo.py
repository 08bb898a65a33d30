"""The words behind `undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import UndoArguments
from vaultlint.cli.words.parser import add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 all is back, 1 some notes were left as they are (with --diff: something would change),
2 the call is wrong or another vaultlint is changing the vault, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_undo(words: Sequence[str]) -> UndoArguments:
    """The words behind `undo`; as `parse_check`."""
    parser = parser_of(
        "undo",
        "Bring back notes as they were before a run changed them: the newest run that was not taken back yet,\n"
        "or RUN. A note that changed since then is left as it is. An undo can be undone by its own id.",
        _STATUSES,
    )
    parser.usage = "vaultlint undo [RUN] [PATHS ...] [OPTIONS]"
    parser.add_argument("words", nargs="*", metavar="RUN PATHS", help="a run's id; notes and folders, where not all")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="tell which runs are kept of this vault")
    what.add_argument("--diff", action="store_true", help="show what would change; write nothing")
    what.add_argument("--forget", action="store_true", help="remove what is kept of RUN, or of all runs of this vault")
    parser.add_argument("--force", action="store_true", help="bring back also notes that changed since")
    parser.add_argument("--vault", metavar="FOLDER", help="the vault's root, instead of looking for it")
    add_debug(parser)
    arguments = parser.parse_intermixed_args(words, UndoArguments())
    if (arguments.list or arguments.forget) and arguments.force:
        parser.error("--force is for bringing notes back")
    if arguments.forget and len(arguments.words) > 1:
        parser.error("--forget RUN forgets the whole run: leave the paths out")
    return arguments
