"""The words of the command line, as typed values. Imports nothing but argparse: `--help` must be quick."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from vaultlint.cli.asked import (
    BaselineArguments,
    CheckArguments,
    ConfigArguments,
    ExplainArguments,
    GithubArguments,
    InferArguments,
    InitArguments,
    SchemaExportArguments,
    SchemaImportArguments,
    TrustArguments,
    UndoArguments,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("check", "init", "explain", "undo", "baseline", "trust", "schema", "config", "ci")
SCHEMA_COMMANDS = ("infer", "check", "export", "import")
FORMATS = ("full", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "rdjson", "azure")

_OVERVIEW = """\
usage: vaultlint [check] [PATHS] [OPTIONS]
       vaultlint init [FOLDER] [--yes]
       vaultlint explain [RULE]
       vaultlint undo [RUN] [PATHS] [OPTIONS]
       vaultlint baseline [PATHS] [--baseline FILE]
       vaultlint trust [FOLDER] [--revoke | --list]
       vaultlint schema infer | check | export | import [OPTIONS]
       vaultlint config [PATH] [OPTIONS]
       vaultlint ci github [OPTIONS]

Checks an Obsidian vault the way Obsidian reads it, and repairs what is safe to repair.

commands:
  check      say what is wrong; with --fix, repair it (also where the first word is no command)
  init       write a first config, under which the vault as it is today has no errors
  explain    what a rule finds, why, and how far its fix may be trusted; without a rule: the list
  undo       bring back what a run with --fix changed, whole or a note of it
  baseline   note down what is wrong now, so that `check --baseline` tells only what is new
  trust      let a vault run the Python rules that it brings, until its code changes
  schema     what properties notes must have: find that out, check it, hand schemas on, take them over
  config     the settings in force for a note or a vault, and where each comes from
  ci         the whole job in a pipeline: what is new in a pull request, beside its lines

`vaultlint COMMAND --help` tells the options; `vaultlint --version` the version.
"""

_STATUSES = """\
exit status: 0 nothing at or above --fail-on, 1 something (with --diff: something would change),
2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


_STATUSES_OF_BASELINE = """\
exit status: 0 it is written, 2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_STATUSES_OF_INIT = """\
exit status: 0 it is written, or there already in the same words, 1 it was only shown, 2 the call is wrong, there is
another config or the file can't be written, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_STATUSES_OF_INFER = """\
exit status: 0 done, also where nothing was found, 2 the call is wrong, 3 vaultlint itself failed,
130 stopped with Ctrl-C
"""

_STATUSES_OF_UNDO = """\
exit status: 0 all is back, 1 some notes were left as they are (with --diff: something would change),
2 the call is wrong or another vaultlint is changing the vault, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_STATUSES_OF_TRUST = """\
exit status: 0 done, 2 the call is wrong or the vault has no code, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_STATUSES_OF_SCHEMA = """\
exit status: 0 done, 1 something was found, or would change, 2 the call or the config is wrong,
3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_SCHEMA = """\
usage: vaultlint schema infer [FOLDER]
       vaultlint schema check [PATHS] [OPTIONS]
       vaultlint schema export --to FORMAT [NAME] [OPTIONS]
       vaultlint schema import --from PROGRAM [FILE or FOLDER]

What properties notes must have: the [[schema]] tables of the config.

commands:
  infer      find those that the notes of a folder or vault keep already, as text for the config
  check      hold the notes against them, as `vaultlint check` does, and say nothing else
  export     hand them on: json-schema, markdown (a page for people), types-json (the app's own types)
  import     take schemas over from Metadata Menu or Propsec, as text for the config

`vaultlint schema COMMAND --help` tells the options.
"""

_STATUSES_OF_CONFIG = """\
exit status: 0 done, 2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_STATUSES_OF_CI = """\
exit status: 0 nothing new at or above --fail-on, 1 something, 2 the call, the config or the checkout is wrong,
3 vaultlint itself failed, 130 stopped
"""


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


def parse_check(
    words: Sequence[str],
    command: str = "check",
    meaning: str = "Say what is wrong in the notes at PATHS, each judged against its whole vault.",
) -> CheckArguments:
    """The words behind `check`; prints and raises `SystemExit` for `--help`, `--version` and a wrong word."""
    parser = _parser(command, meaning)
    parser.add_argument("paths", nargs="*", metavar="PATHS", help="notes and folders; by default this folder")
    _add_fixing(parser.add_argument_group("repair"))
    _add_new_only(parser.add_argument_group("only what is new"))
    _add_rules(parser.add_argument_group("rules and config"))
    _add_output(parser.add_argument_group("output"))
    _add_running(parser.add_argument_group("running"))
    arguments = CheckArguments()
    _parse_with_paths(parser, words, arguments)
    _refuse_what_contradicts(parser, arguments)
    return arguments


def parse_schema(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command behind `schema`, and its words; as `parse_check`."""
    if not words or words[0] in ("-h", "--help"):
        print(f"{_SCHEMA}\n{_STATUSES_OF_SCHEMA}", end="")  # noqa: T201
        raise SystemExit(0 if words else 2)
    if words[0] not in SCHEMA_COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(words[0], SCHEMA_COMMANDS, n=1)
        meant = f"; did you mean '{near[0]}'?" if near else f": there are {', '.join(SCHEMA_COMMANDS)}"
        _parser("schema", "").error(f"there is no command 'schema {words[0]}'{meant}")
    return words[0], words[1:]


def parse_schema_check(words: Sequence[str]) -> CheckArguments:
    """The words behind `schema check`: those of `check`; as `parse_check`."""
    arguments = parse_check(words, "schema check", "Hold the notes at PATHS against the schemas of the config.")
    if arguments.select or arguments.extend_select:
        _parser("schema check", "").error("it runs the rules about schemas: `vaultlint check --select` runs others")
    return arguments


def parse_schema_export(words: Sequence[str]) -> SchemaExportArguments:
    """The words behind `schema export`; as `parse_check`."""
    parser = _parser(
        "schema export",
        "Hand the schemas of the config on. What goes to the app's types.json is shown first, and written with --yes.",
        _STATUSES_OF_SCHEMA,
    )
    parser.add_argument("name", nargs="?", default="all", metavar="NAME", help="a schema's name; by default all")
    parser.add_argument(
        "--to",
        required=True,
        choices=("json-schema", "markdown", "types-json"),
        metavar="FORMAT",
        help="json-schema (draft 2020-12), markdown (a page for people), types-json (the app's types of properties)",
    )
    parser.add_argument("--output", metavar="FILE", help="write to this new file instead of standard output")
    parser.add_argument("--yes", action="store_true", help="types-json: write what is shown without it")
    parser.add_argument("--force", action="store_true", help="types-json: change types that the app has otherwise")
    parser.add_argument("--config", metavar="FILE", help="the config to use instead of the vault's own")
    parser.add_argument("--vault", metavar="FOLDER", help="the vault's root, instead of looking for it")
    parser.add_argument("--allow-local-rules", action="store_true", help="run the Python that the vault brings")
    _add_debug(parser)
    arguments = parser.parse_args(words, SchemaExportArguments())
    if arguments.to != "types-json" and (arguments.yes or arguments.force):
        parser.error("--yes and --force are for --to types-json, which changes a file of the vault")
    if arguments.to == "types-json" and arguments.output:
        parser.error("--to types-json changes the app's own file: leave out --output")
    return arguments


def parse_schema_import(words: Sequence[str]) -> SchemaImportArguments:
    """The words behind `schema import`; as `parse_check`."""
    parser = _parser(
        "schema import",
        "Take schemas over from a plug-in of the app, as [[schema]] tables to put into a config.",
        _STATUSES_OF_CONFIG,
    )
    parser.add_argument(
        "place",
        nargs="?",
        default=".",
        metavar="FILE or FOLDER",
        help="the plug-in's data.json, a fileClass or a folder of these; by default what the vault of this folder has",
    )
    parser.add_argument(
        "--from", required=True, dest="program", choices=("metadata-menu", "propsec"), help="which plug-in"
    )
    parser.add_argument("--output", metavar="FILE", help="write to this new file instead of standard output")
    _add_debug(parser)
    return parser.parse_args(words, SchemaImportArguments())


def parse_config(words: Sequence[str]) -> ConfigArguments:
    """The words behind `config`; as `parse_check`."""
    parser = _parser(
        "config", "The settings in force for a note or a vault, and where each comes from.", _STATUSES_OF_CONFIG
    )
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a note or folder; by default this folder")
    parser.add_argument(
        "--json-schema", action="store_true", help="print the JSON Schema of vaultlint.toml, for editors"
    )
    parser.add_argument(
        "--output-format", choices=("full", "json"), default="full", metavar="FORMAT", help="full (by default) or json"
    )
    _add_rules(parser.add_argument_group("rules and config"))
    _add_debug(parser)
    return parser.parse_args(words, ConfigArguments())


def parse_explain(words: Sequence[str]) -> ExplainArguments:
    """The words behind `explain`; as `parse_check`."""
    parser = _parser("explain", "What a rule finds, why, and how far its fix may be trusted.")
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a rule or pack; without: the list of rules")
    _add_color(parser)
    _add_debug(parser)
    return parser.parse_args(words, ExplainArguments())


def parse_trust(words: Sequence[str]) -> TrustArguments:
    """The words behind `trust`; as `parse_check`."""
    parser = _parser(
        "trust", "Let a vault run the Python rules that it brings, until its code changes.", _STATUSES_OF_TRUST
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="the vault; by default that of this folder"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--revoke", action="store_true", help="trust it no longer")
    either.add_argument("--list", action="store_true", help="print the vaults that are trusted")
    _add_debug(parser)
    return parser.parse_args(words, TrustArguments())


def parse_baseline(words: Sequence[str]) -> BaselineArguments:
    """The words behind `baseline`; as `parse_check`."""
    parser = _parser(
        "baseline",
        "Note down what is wrong now, so that `vaultlint check --baseline FILE` tells only what is new.",
        _STATUSES_OF_BASELINE,
    )
    parser.add_argument("paths", nargs="*", metavar="PATHS", help="notes and folders; by default this folder")
    parser.add_argument(
        "--baseline", metavar="FILE", help="where to write; by default vaultlint-baseline.json at the vault's root"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing where all went well")
    _add_rules(parser.add_argument_group("rules and config"))
    running = parser.add_argument_group("running")
    running.add_argument("--jobs", type=_count, metavar="N", help="how many processes; by default what pays")
    _add_debug(running)
    arguments = BaselineArguments()
    _parse_with_paths(parser, words, arguments)
    return arguments


def parse_init(words: Sequence[str]) -> InitArguments:
    """The words behind `init`; as `parse_check`."""
    parser = _parser(
        "init",
        "Write a first vaultlint.toml for a vault, from the app's settings and from what its notes are like today:\n"
        "schemas that they keep already, and rules that would find hundreds of things set to be quieter. It is shown\n"
        "as a patch first; on a terminal you are asked whether to write it.",
        _STATUSES_OF_INIT,
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="the vault; by default that of this folder"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true", help="write it, and ask nothing")
    either.add_argument("--diff", action="store_true", help="show it as a patch; write and ask nothing")
    parser.add_argument("--force", action="store_true", help="write also in the place of the config that is there")
    parser.add_argument("--jobs", type=_count, metavar="N", help="how many processes; by default what pays")
    _add_debug(parser)
    return parser.parse_args(words, InitArguments())


def parse_schema_infer(words: Sequence[str]) -> InferArguments:
    """The words behind `schema infer`; as `parse_check`."""
    parser = _parser(
        "schema infer",
        "Print the schemas that the notes of a folder keep today, as TOML for the config: the properties that nearly\n"
        "all of them have, what these are, and how many notes speak for each.",
        _STATUSES_OF_INFER,
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="a folder of a vault, or a vault; by default this one"
    )
    _add_debug(parser)
    return parser.parse_args(words, InferArguments())


def parse_undo(words: Sequence[str]) -> UndoArguments:
    """The words behind `undo`; as `parse_check`."""
    parser = _parser(
        "undo",
        "Bring back notes as they were before a run changed them: the newest run that was not taken back yet,\n"
        "or RUN. A note that changed since then is left as it is. An undo can be undone by its own id.",
        _STATUSES_OF_UNDO,
    )
    parser.usage = "vaultlint undo [RUN] [PATHS ...] [OPTIONS]"
    parser.add_argument("words", nargs="*", metavar="RUN PATHS", help="a run's id; notes and folders, where not all")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="tell which runs are kept of this vault")
    what.add_argument("--diff", action="store_true", help="show what would change; write nothing")
    what.add_argument("--forget", action="store_true", help="remove what is kept of RUN, or of all runs of this vault")
    parser.add_argument("--force", action="store_true", help="bring back also notes that changed since")
    parser.add_argument("--vault", metavar="FOLDER", help="the vault's root, instead of looking for it")
    _add_debug(parser)
    arguments = parser.parse_intermixed_args(words, UndoArguments())
    if (arguments.list or arguments.forget) and arguments.force:
        parser.error("--force is for bringing notes back")
    if arguments.forget and len(arguments.words) > 1:
        parser.error("--forget RUN forgets the whole run: leave the paths out")
    return arguments


def parse_ci(words: Sequence[str]) -> GithubArguments:
    """The words behind `ci`; as `parse_check`."""
    if not words or words[0] in ("-h", "--help"):
        words = ("github", "--help")
    elif words[0] != "github":
        _parser("ci", "").error(f"there is no service '{words[0]}': say `vaultlint ci github`")
    parser = _parser(
        "ci github",
        "The whole job in a workflow of GitHub: tells what is new, beside its lines. What the service says of the job\n"
        "is read from the environment; the Action hands its inputs on as these options.",
        _STATUSES_OF_CI,
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
    _add_debug(parser)
    return parser.parse_args(words[1:], GithubArguments())


def _parser(command: str, description: str, epilog: str = _STATUSES) -> _Parser:
    return _Parser(
        prog=f"vaultlint {command}",
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _parse_with_paths(parser: _Parser, words: Sequence[str], arguments: CheckArguments | BaselineArguments) -> None:
    """Fill in the options, and the paths before, between and behind them; behind `--` all is paths, also `-x.md`."""
    at = words.index("--") if "--" in words else len(words)  # argparse forgets it where both are intermixed
    parser.parse_intermixed_args(words[:at], arguments)
    arguments.paths = [*arguments.paths, *words[at + 1 :]]


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
        help="run the Python rules that the vault brings: for vaults whose code you trust",
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


def _output(text: str) -> tuple[str, str]:
    form, _, file = text.partition("=")
    if form not in FORMATS or not file:
        raise argparse.ArgumentTypeError(f"'{text}' is no FORMAT=FILE; formats: {', '.join(FORMATS)}")
    return form, file


def _refuse_what_contradicts(parser: _Parser, arguments: CheckArguments) -> None:
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
    if arguments.add_suppressions and (arguments.fix or arguments.diff):
        parser.error("--add-suppressions is a run of its own: leave out --fix and --diff")
