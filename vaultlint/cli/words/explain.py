"""The words behind `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import ExplainArguments
from vaultlint.cli.words.parser import add_color, add_config, add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 done, 2 there is no such rule or pack, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_explain(words: Sequence[str]) -> ExplainArguments:
    """The words behind `explain`; as `parse_check`."""
    parser = parser_of(
        "explain",
        "What a rule finds, why, how far its fix may be trusted, and how it is set in the vault of this folder.",
        _STATUSES,
    )
    parser.add_argument("rule", nargs="?", metavar="RULE", help="without: the list of rules")
    parser.add_argument(
        "--pack", nargs="?", const="", metavar="NAME", help="how a pack sets its rules; without NAME: the list of packs"
    )
    add_config(parser)
    add_color(parser)
    add_debug(parser)
    arguments = parser.parse_args(words, ExplainArguments())
    if arguments.pack is not None and arguments.rule is not None:
        parser.error("--pack NAME tells of a pack: leave the rule out")
    return arguments
