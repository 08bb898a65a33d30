"""The words behind `format`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import FormatArguments
from vaultlint.cli.words.parser import add_debug, add_rules, count, parse_with_paths, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 done, or nothing to do; 1 with --check or --diff: something would change;
2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_format(words: Sequence[str]) -> FormatArguments:
    """The words behind `format`; as `parse_check`."""
    parser = parser_of(
        "format",
        "Tidy the notes at PATHS: the rules of the pack 'format', as the vault's config sets them, with the fixes\n"
        "that are safe. No note's meaning changes.",
        _STATUSES,
    )
    parser.add_argument("paths", nargs="*", metavar="PATHS", help="notes and folders; by default this folder")
    parser.add_argument("--check", action="store_true", help="only list the notes that would change; write nothing")
    parser.add_argument("--diff", action="store_true", help="show what would change; write nothing")
    add_rules(parser.add_argument_group("rules and config"))
    running = parser.add_argument_group("running")
    running.add_argument(
        "--stdin-filename",
        metavar="NOTE",
        help="read standard input as this note of the vault, and print it formatted",
    )
    running.add_argument("--jobs", type=count, metavar="N", help="how many processes; by default what pays")
    running.add_argument("--quiet", action="store_true", help="no summary, notices or progress")
    add_debug(running)
    arguments = FormatArguments()
    parse_with_paths(parser, words, arguments)
    if arguments.stdin_filename is not None and arguments.paths:
        parser.error("--stdin-filename names the one note that is formatted: leave the paths out")
    return arguments
