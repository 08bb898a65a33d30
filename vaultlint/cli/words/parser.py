"""What the words of all commands share: the parser, and groups of options."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.cli.asked import BaselineArguments, CheckArguments, FormatArguments

STATUSES = """\
exit status: 0 nothing at or above --fail-on, 1 something (with --diff: something would change),
2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with the nearest right option."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and leave."""
        from vaultlint.report.escape import visible

        print(f"vaultlint: {visible(message)}{self._nearest(message)}", file=sys.stderr)  # noqa: T201
        print(f"help: `{self.prog} --help` tells the options", file=sys.stderr)  # noqa: T201
        raise SystemExit(2)

    def _nearest(self, message: str) -> str:
        from difflib import get_close_matches

        known = [option for action in self._actions for option in action.option_strings]
        unknown = [word for word in message.split() if word.startswith("--")]
        if not message.startswith("unrecognized") or not unknown:
            return ""
        near = get_close_matches(unknown[0].partition("=")[0], known, n=1)
        return f"; did you mean {near[0]}?" if near else ""


def parser_of(command: str, description: str, epilog: str = STATUSES) -> Parser:
    """The parser of one command's words."""
    return Parser(
        prog=f"vaultlint {command}",
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def parse_with_paths(
    parser: Parser, words: Sequence[str], arguments: CheckArguments | BaselineArguments | FormatArguments
) -> None:
    """Fill in the options, and the paths before, between and behind them; behind `--` all is paths, also `-x.md`."""
    at = words.index("--") if "--" in words else len(words)  # argparse forgets it where both are intermixed
    parser.parse_intermixed_args(words[:at], arguments)
    arguments.paths = [*arguments.paths, *words[at + 1 :]]


def add_rules(group: argparse._ArgumentGroup) -> None:
    """Which rules to run, and by which config."""
    for option, meaning in (
        ("--select", "run only these"),
        ("--extend-select", "run these too"),
        ("--ignore", "leave these out"),
    ):
        group.add_argument(
            option,
            action="extend",
            type=_some_names if option == "--select" else _names,
            default=[],
            metavar="NAMES",
            help=f"{meaning}: rules, groups, packs or all, with commas between; may be repeated",
        )
    add_config(group)


def add_config(group: argparse._ActionsContainer) -> None:
    """Which config governs."""
    group.add_argument("--config", metavar="FILE", help="the config to use instead of the vault's own")
    group.add_argument("--vault", metavar="FOLDER", help="the vault's root, instead of looking for it")
    group.add_argument(
        "--allow-local-rules",
        action="store_true",
        help="run the Python rules that the vault brings: for vaults whose code you trust",
    )


def add_color(group: argparse._ActionsContainer) -> None:
    """When to use colours."""
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="by default auto: on a terminal, and as NO_COLOR and FORCE_COLOR say",
    )


def add_debug(group: argparse._ActionsContainer) -> None:
    """What every command has."""
    group.add_argument("--debug", action="store_true", help="show tracebacks and timings")
    group.add_argument("--version", action=_Version, help="print the version")


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from vaultlint._version import __version__

        print(f"vaultlint {__version__}")  # noqa: T201
        parser.exit()


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _some_names(text: str) -> list[str]:
    """As `_names`; none at all would run everything, which nobody means who selects."""
    names = _names(text)
    if not names:
        raise argparse.ArgumentTypeError(f"'{text}' names no rule, group or pack")
    return names


def count(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes from 1")
    return int(text)
