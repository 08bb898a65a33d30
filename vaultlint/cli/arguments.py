"""The words of the command line, as typed values. Imports nothing but argparse: `--help` must be quick."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("check", "explain")

_OVERVIEW = """\
usage: vaultlint [check] [PATHS] [OPTIONS]
       vaultlint explain [RULE]

Checks an Obsidian vault the way Obsidian reads it, and repairs what is safe to repair.

commands:
  check      say what is wrong; with --fix, repair it (also where the first word is no command)
  explain    what a rule finds, why, and how far its fix may be trusted; without a rule: the list

`vaultlint check --help` and `vaultlint explain --help` tell the options; `vaultlint --version` the version.
"""

_STATUSES = """\
exit status: 0 nothing at or above --fail-on, 1 something (with --diff: something would change),
2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


class CheckArguments(argparse.Namespace):
    """What `vaultlint check` was asked to do."""

    paths: list[str]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    select: list[str]
    extend_select: list[str]
    ignore: list[str]
    config: str | None
    vault: str | None
    allow_local_rules: bool
    fail_on: str | None
    output_format: str
    statistics: bool
    show_files: bool
    stdin_filename: str | None
    quiet: bool
    color: str
    jobs: int | None
    no_cache: bool
    debug: bool


class ExplainArguments(argparse.Namespace):
    """What `vaultlint explain` was asked to do."""

    rule: str | None
    color: str
    debug: bool


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with the nearest right option."""

    def error(self, message: str) -> NoReturn:
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


def overview() -> str:
    """What `vaultlint --help` says."""
    return f"{_OVERVIEW}\n{_STATUSES}"


def parse_check(words: Sequence[str]) -> CheckArguments:
    """The words behind `check`; prints and raises `SystemExit` for `--help`, `--version` and a wrong word."""
    parser = _parser("check", "Say what is wrong in the notes at PATHS, each judged against its whole vault.")
    parser.add_argument("paths", nargs="*", metavar="PATHS", help="notes and folders; by default this folder")
    _add_fixing(parser.add_argument_group("repair"))
    _add_rules(parser.add_argument_group("rules and config"))
    _add_output(parser.add_argument_group("output"))
    _add_running(parser.add_argument_group("running"))
    # Intermixed: paths may stand before, between and behind the options.
    arguments = parser.parse_intermixed_args(words, CheckArguments())
    _refuse_what_contradicts(parser, arguments)
    return arguments


def parse_explain(words: Sequence[str]) -> ExplainArguments:
    """The words behind `explain`; as `parse_check`."""
    parser = _parser("explain", "What a rule finds, why, and how far its fix may be trusted.")
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a rule or pack; without: the list of rules")
    _add_color(parser)
    _add_debug(parser)
    return parser.parse_args(words, ExplainArguments())


def _parser(command: str, description: str) -> _Parser:
    return _Parser(
        prog=f"vaultlint {command}",
        description=description,
        epilog=_STATUSES,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_fixing(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--fix", action="store_true", help="apply the fixes that are safe")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: also those that may need a look"
    )
    group.add_argument("--diff", action="store_true", help="show what --fix would change; write nothing")


def _add_rules(group: argparse._ArgumentGroup) -> None:
    for option, meaning in (
        ("--select", "run only these"),
        ("--extend-select", "run these too"),
        ("--ignore", "leave these out"),
    ):
        group.add_argument(
            option,
            action="extend",
            type=_names,
            default=[],
            metavar="NAMES",
            help=f"{meaning}: rules, groups or packs, with commas between; may be repeated",
        )
    group.add_argument("--config", metavar="FILE", help="the config to use instead of the vault's own")
    group.add_argument("--vault", metavar="FOLDER", help="the vault's root, instead of looking for it")
    group.add_argument(
        "--allow-local-rules",
        action="store_true",
        help="run the Python rules that the vault brings",
    )


def _add_output(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--output-format",
        choices=("full", "concise", "json", "jsonl", "github"),
        default="full",
        help="by default full: with the lines that findings stand in",
    )
    group.add_argument("--statistics", action="store_true", help="only how often each rule found something")
    group.add_argument("--show-files", action="store_true", help="only the notes that would be checked")
    group.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help="the least severity that makes the exit status 1; by default error",
    )
    group.add_argument("--quiet", action="store_true", help="findings alone: no summary, notices or progress")
    _add_color(group)


def _add_running(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--stdin-filename",
        metavar="NOTE",
        help="read standard input and check it as this note of the vault; with --fix, print it repaired",
    )
    group.add_argument("--jobs", type=_count, metavar="N", help="how many processes; by default what pays")
    group.add_argument("--no-cache", action="store_true", help="read every note anew")
    _add_debug(group)


def _add_color(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="by default auto: on a terminal, and as NO_COLOR and FORCE_COLOR say",
    )


def _add_debug(group: argparse._ActionsContainer) -> None:
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


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes from 1")
    return int(text)


def _refuse_what_contradicts(parser: _Parser, arguments: CheckArguments) -> None:
    if arguments.statistics and arguments.output_format not in ("full", "concise"):
        parser.error(f"--statistics is text for people, --output-format {arguments.output_format} is not")
    if arguments.stdin_filename is not None and arguments.paths:
        parser.error("--stdin-filename names the one note that is checked: leave the paths out")
