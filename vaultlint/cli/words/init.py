"""The words behind `init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import InitArguments
from vaultlint.cli.words.parser import add_debug, count, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 it is written, or there already in the same words, 1 it was only shown, 2 the call is wrong, there is
another config or the file can't be written, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_init(words: Sequence[str]) -> InitArguments:
    """The words behind `init`; as `parse_check`."""
    parser = parser_of(
        "init",
        "Write a first vaultlint.toml for a vault, from the app's settings and from what its notes are like today:\n"
        "schemas that they keep already, and rules that would find hundreds of things set to be quieter. It is shown\n"
        "as a patch first; on a terminal you are asked whether to write it.",
        _STATUSES,
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="the vault; by default that of this folder"
    )
    parser.add_argument(
        "--from",
        dest="program",
        choices=("obsidian-linter", "rumdl", "markdownlint"),
        help="take the settings of that linter instead: its rules, and what it ignores, as ours",
    )
    parser.add_argument(
        "--settings",
        metavar="FILE",
        help="with --from: the file of these settings, where the vault has it in another place",
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true", help="write it, and ask nothing")
    either.add_argument("--diff", action="store_true", help="show it as a patch; write and ask nothing")
    parser.add_argument("--force", action="store_true", help="write also in the place of the config that is there")
    parser.add_argument("--jobs", type=count, metavar="N", help="how many processes; by default what pays")
    add_debug(parser)
    arguments = parser.parse_args(words, InitArguments())
    if arguments.settings is not None and arguments.program is None:
        parser.error("--settings is for --from")
    return arguments
