"""The words behind `schema`, and behind each of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.asked import CheckArguments, InferArguments, SchemaExportArguments, SchemaImportArguments
from vaultlint.cli.words.check import parse_check
from vaultlint.cli.words.parser import add_debug, parser_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUSES = """\
exit status: 0 done, 1 something was found, or would change, 2 the call or the config is wrong,
3 vaultlint itself failed, 130 stopped with Ctrl-C
"""

_OVERVIEW = """\
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

_STATUSES_OF_INFER = """\
exit status: 0 done, also where nothing was found, 2 the call is wrong, 3 vaultlint itself failed,
130 stopped with Ctrl-C
"""

_STATUSES_OF_IMPORT = """\
exit status: 0 done, 2 the call or the config is wrong, 3 vaultlint itself failed, 130 stopped with Ctrl-C
"""


SCHEMA_COMMANDS = ("infer", "check", "export", "import")


def parse_schema(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command behind `schema`, and its words; as `parse_check`."""
    if not words or words[0] in ("-h", "--help"):
        print(f"{_OVERVIEW}\n{_STATUSES}", end="")  # noqa: T201
        raise SystemExit(0 if words else 2)
    if words[0] not in SCHEMA_COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(words[0], SCHEMA_COMMANDS, n=1)
        meant = f"; did you mean '{near[0]}'?" if near else f": there are {', '.join(SCHEMA_COMMANDS)}"
        parser_of("schema", "").error(f"there is no command 'schema {words[0]}'{meant}")
    return words[0], words[1:]


def parse_schema_check(words: Sequence[str]) -> CheckArguments:
    """The words behind `schema check`: those of `check`; as `parse_check`."""
    arguments = parse_check(words, "schema check", "Hold the notes at PATHS against the schemas of the config.")
    if arguments.select or arguments.extend_select:
        parser_of("schema check", "").error("it runs the rules about schemas: `vaultlint check --select` runs others")
    return arguments


def parse_schema_export(words: Sequence[str]) -> SchemaExportArguments:
    """The words behind `schema export`; as `parse_check`."""
    parser = parser_of(
        "schema export",
        "Hand the schemas of the config on. What goes to the app's types.json is shown first, and written with --yes.",
        _STATUSES,
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
    add_debug(parser)
    arguments = parser.parse_args(words, SchemaExportArguments())
    if arguments.to != "types-json" and (arguments.yes or arguments.force):
        parser.error("--yes and --force are for --to types-json, which changes a file of the vault")
    if arguments.to == "types-json" and arguments.output:
        parser.error("--to types-json changes the app's own file: leave out --output")
    return arguments


def parse_schema_import(words: Sequence[str]) -> SchemaImportArguments:
    """The words behind `schema import`; as `parse_check`."""
    parser = parser_of(
        "schema import",
        "Take schemas over from a plug-in of the app, as [[schema]] tables to put into a config.",
        _STATUSES_OF_IMPORT,
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
    add_debug(parser)
    return parser.parse_args(words, SchemaImportArguments())


def parse_schema_infer(words: Sequence[str]) -> InferArguments:
    """The words behind `schema infer`; as `parse_check`."""
    parser = parser_of(
        "schema infer",
        "Print the schemas that the notes of a folder keep today, as TOML for the config: the properties that nearly\n"
        "all of them have, what these are, and how many notes speak for each.",
        _STATUSES_OF_INFER,
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="FOLDER", help="a folder of a vault, or a vault; by default this one"
    )
    add_debug(parser)
    return parser.parse_args(words, InferArguments())
