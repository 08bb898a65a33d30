"""The words behind `check`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vaultlint.cli.asked import CheckArguments
from vaultlint.cli.words.parser import Parser, add_color, add_debug, add_rules, count, parse_with_paths, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence


FORMATS = ("full", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "rdjson", "azure")


def parse_check(
    words: Sequence[str],
    command: str = "check",
    meaning: str = "Say what is wrong in the notes at PATHS, each judged against its whole vault.",
) -> CheckArguments:
    """The words behind `check`; prints and raises `SystemExit` for `--help`, `--version` and a wrong word."""
    parser = parser_of(command, meaning)
    parser.add_argument("paths", nargs="*", metavar="PATHS", help="notes and folders; by default this folder")
    _add_fixing(parser.add_argument_group("repair"))
    _add_new_only(parser.add_argument_group("only what is new"))
    add_rules(parser.add_argument_group("rules and config"))
    _add_output(parser.add_argument_group("output"))
    _add_running(parser.add_argument_group("running"))
    arguments = CheckArguments()
    parse_with_paths(parser, words, arguments)
    _refuse_what_contradicts(parser, arguments)
    return arguments


def _add_fixing(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--fix", action="store_true", help="apply the fixes that are safe")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: also those that may need a look"
    )
    group.add_argument("--diff", action="store_true", help="show what --fix would change; write nothing")
    group.add_argument(
        "--add-suppressions",
        action="store_true",
        help="silence what is found by comments in the notes, where these change nothing else",
    )


def _add_new_only(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--since", metavar="REF", help="tell only what was not wrong where this branch left that commit, tag or branch"
    )
    group.add_argument(
        "--baseline", metavar="FILE", help="tell only what is not in this file, which `vaultlint baseline` writes"
    )
    group.add_argument(
        "--baseline-update", action="store_true", help="with --baseline: take out of the file what is wrong no longer"
    )


def _add_output(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--output-format",
        choices=FORMATS,
        default="full",
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)}; by default full: with the lines that findings stand in",
    )
    group.add_argument(
        "--output",
        action="append",
        dest="outputs",
        type=_output,
        default=[],
        metavar="FORMAT=FILE",
        help="write the report to a file too; may be repeated",
    )
    group.add_argument("--statistics", action="store_true", help="only how often each rule found something")
    group.add_argument("--show-files", action="store_true", help="only the notes that would be checked")
    group.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help="the least severity that makes the exit status 1; by default error",
    )
    group.add_argument("--quiet", action="store_true", help="findings alone: no summary, notices or progress")
    add_color(group)


def _add_running(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--stdin-filename",
        metavar="NOTE",
        help="read standard input and check it as this note of the vault; with --fix, print it repaired",
    )
    group.add_argument("--watch", action="store_true", help="tell it again whenever something changes, until Ctrl-C")
    group.add_argument("--jobs", type=count, metavar="N", help="how many processes; by default what pays")
    group.add_argument(
        "--executor",
        choices=("local", "dask"),
        default="local",
        help="what reads the notes: processes of this machine (local, the default), or a cluster",
    )
    group.add_argument("--scheduler", metavar="ADDRESS", help="with --executor dask: where it is, as tcp://host:8786")
    group.add_argument("--no-cache", action="store_true", help="read every note anew, and keep nothing of it")
    group.add_argument(
        "--cache-key",
        choices=("stat", "content"),
        default="stat",
        help="how a note is known to be the same as in an earlier run: by what the system says of its file "
        "(the default), or by its content, where times mean nothing, as in a fresh checkout",
    )
    add_debug(group)


def _output(text: str) -> tuple[str, str]:
    form, _, file = text.partition("=")
    if form not in FORMATS or not file:
        raise argparse.ArgumentTypeError(f"'{text}' is no FORMAT=FILE; formats: {', '.join(FORMATS)}")
    return form, file


def _refuse_what_contradicts(parser: Parser, arguments: CheckArguments) -> None:
    if arguments.watch:
        _refuse_beside_watch(parser, arguments)
    if arguments.statistics and arguments.output_format not in ("full", "concise"):
        parser.error(f"--statistics is text for people, --output-format {arguments.output_format} is not")
    if arguments.stdin_filename is not None and arguments.paths:
        parser.error("--stdin-filename names the one note that is checked: leave the paths out")
    if arguments.outputs and (arguments.diff or arguments.show_files):
        parser.error("--output writes a report, and --diff and --show-files make none")
    if arguments.baseline_update and arguments.baseline is None:
        parser.error("--baseline-update needs --baseline FILE")
    if arguments.stdin_filename is not None and (arguments.baseline_update or arguments.add_suppressions):
        parser.error("--baseline-update and --add-suppressions are for notes on disk: leave out --stdin-filename")
    if (arguments.executor == "dask") != (arguments.scheduler is not None):
        parser.error("--executor dask and --scheduler ADDRESS go together")
    if arguments.scheduler is not None and (arguments.jobs is not None or arguments.add_suppressions):
        parser.error("--executor dask leaves no work for processes here: leave out --jobs and --add-suppressions")
    if arguments.add_suppressions and (arguments.fix or arguments.diff):
        parser.error("--add-suppressions is a run of its own: leave out --fix and --diff")


def _refuse_beside_watch(parser: Parser, arguments: CheckArguments) -> None:
    """Watching tells people what is wrong, and nothing else."""
    flags = {
        "--fix": arguments.fix,
        "--diff": arguments.diff,
        "--add-suppressions": arguments.add_suppressions,
        "--since": arguments.since,
        "--baseline-update": arguments.baseline_update,
        "--output": arguments.outputs,
        "--show-files": arguments.show_files,
        "--stdin-filename": arguments.stdin_filename,
        "--scheduler": arguments.scheduler,
    }
    for flag, given in flags.items():
        if given:
            parser.error(f"--watch tells again and again what is wrong: it can't be had with {flag}")
    if arguments.output_format not in ("full", "concise"):
        parser.error(f"--watch is for people, --output-format {arguments.output_format} is not")
