"""The words behind `ci`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vaultlint.cli.asked import GithubArguments
from vaultlint.cli.words.parser import add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 nothing new at or above --fail-on, 1 something, 2 the call, the config or the checkout is wrong,
3 vaultlint itself failed, 130 stopped
"""


def parse_ci(words: Sequence[str]) -> GithubArguments:
    """The words behind `ci`; as `parse_check`."""
    if not words or words[0] in ("-h", "--help"):
        words = ("github", "--help")
    elif words[0] != "github":
        parser_of("ci", "").error(f"there is no service '{words[0]}': say `vaultlint ci github`")
    parser = parser_of(
        "ci github",
        "The whole job in a workflow of GitHub: tells what is new, beside its lines. What the service says of the job\n"
        "is read from the environment; the Action hands its inputs on as these options.",
        _STATUSES,
    )
    parser.add_argument("--path", default=".", metavar="FOLDER", help="the vault, or a folder or note in it")
    parser.add_argument("--config", metavar="FILE", help="the config to use instead of the vault's own")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="warning",
        help="the least severity of a new finding that makes the exit status 1; by default warning",
    )
    parser.add_argument(
        "--suggestions",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="offer safe fixes in a review of the pull request, to be taken with a click; by default they are",
    )
    parser.add_argument("--sarif", metavar="FILE", help="write what is told to this file too, as SARIF")
    parser.add_argument(
        "--autofix",
        choices=("off", "patch", "commit"),
        default="off",
        help="make a patch, or a commit on the branch, of the safe fixes of what is new; by default off",
    )
    parser.add_argument(
        "--args",
        default="",
        metavar="WORDS",
        help="further options of `vaultlint check`, behind = and in quotes: --args='--ignore aliases'",
    )
    add_debug(parser)
    return parser.parse_args(words[1:], GithubArguments())
