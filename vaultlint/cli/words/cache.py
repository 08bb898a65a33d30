"""The words behind `cache`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import CacheArguments
from vaultlint.cli.words.parser import add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = "exit status: 0 done, 2 the call is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C\n"


def parse_cache(words: Sequence[str]) -> CacheArguments:
    """The words behind `cache`; as `parse_check`."""
    parser = parser_of("cache", "What earlier runs found out, kept in your cache folder and in no vault.", _STATUSES)
    parser.add_argument(
        "action", choices=("info", "clean"), help="info: where it is and how large; clean: remove all of it"
    )
    add_debug(parser)
    return parser.parse_args(words, CacheArguments())
