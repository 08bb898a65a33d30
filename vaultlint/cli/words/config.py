"""The words behind `config`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import ConfigArguments
from vaultlint.cli.words.parser import add_debug, add_rules, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 done, 2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_config(words: Sequence[str]) -> ConfigArguments:
    """The words behind `config`; as `parse_check`."""
    parser = parser_of("config", "The settings in force for a note or a vault, and where each comes from.", _STATUSES)
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a note or folder; by default this folder")
    parser.add_argument(
        "--json-schema", action="store_true", help="print the JSON Schema of vaultlint.toml, for editors"
    )
    parser.add_argument(
        "--output-format", choices=("full", "json"), default="full", metavar="FORMAT", help="full (by default) or json"
    )
    add_rules(parser.add_argument_group("rules and config"))
    add_debug(parser)
    return parser.parse_args(words, ConfigArguments())
