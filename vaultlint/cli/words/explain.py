"""The words behind `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import ExplainArguments
from vaultlint.cli.words.parser import add_color, add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse_explain(words: Sequence[str]) -> ExplainArguments:
    """The words behind `explain`; as `parse_check`."""
    parser = parser_of("explain", "What a rule finds, why, and how far its fix may be trusted.")
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a rule or pack; without: the list of rules")
    add_color(parser)
    add_debug(parser)
    return parser.parse_args(words, ExplainArguments())
