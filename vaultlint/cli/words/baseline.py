"""The words behind `baseline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import BaselineArguments
from vaultlint.cli.words.parser import add_debug, add_rules, count, parse_with_paths, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 it is written, 2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_baseline(words: Sequence[str]) -> BaselineArguments:
    """The words behind `baseline`; as `parse_check`."""
    parser = parser_of(
        "baseline",
        "Note down what is wrong now, so that `vaultlint check --baseline FILE` tells only what is new.",
        _STATUSES,
    )
    parser.add_argument("paths", nargs="*", metavar="PATHS", help="notes and folders; by default this folder")
    parser.add_argument(
        "--baseline", metavar="FILE", help="where to write; by default vaultlint-baseline.json at the vault's root"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing where all went well")
    add_rules(parser.add_argument_group("rules and config"))
    running = parser.add_argument_group("running")
    running.add_argument("--jobs", type=count, metavar="N", help="how many processes; by default what pays")
    add_debug(running)
    arguments = BaselineArguments()
    parse_with_paths(parser, words, arguments)
    return arguments
