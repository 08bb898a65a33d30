"""The words behind `trust`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import TrustArguments
from vaultlint.cli.words.parser import add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 done, 2 the call is wrong or the vault has no code, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


def parse_trust(words: Sequence[str]) -> TrustArguments:
    """The words behind `trust`; as `parse_check`."""
    parser = parser_of("trust", "Let a vault run the Python rules that it brings, until its code changes.", _STATUSES)
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="the vault; by default that of this folder"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--revoke", action="store_true", help="trust it no longer")
    either.add_argument("--list", action="store_true", help="print the vaults that are trusted")
    add_debug(parser)
    return parser.parse_args(words, TrustArguments())
