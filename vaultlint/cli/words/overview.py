"""What `vaultlint --help` says."""

from __future__ import annotations

from vaultlint.cli.words.parser import STATUSES

_OVERVIEW = """\
usage: vaultlint [check] [PATHS] [OPTIONS]
       vaultlint format [PATHS] [--check | --diff]
       vaultlint init [FOLDER] [--from LINTER] [--yes]
       vaultlint explain [RULE | --pack NAME]
       vaultlint undo [RUN] [PATHS] [OPTIONS]
       vaultlint baseline [PATHS] [--baseline FILE]
       vaultlint trust [FOLDER] [--revoke | --list]
       vaultlint schema infer | check | export | import [OPTIONS]
       vaultlint config [PATH] [OPTIONS]
       vaultlint cache info | clean
       vaultlint ci github [OPTIONS]

Checks an Obsidian vault the way Obsidian reads it, and repairs what is safe to repair.

commands:
  check      say what is wrong; with --fix, repair it (also where the first word is no command)
  format     tidy notes: blank lines, spaces, tables and the like, and nothing that they mean
  init       write a first config, under which the vault as it is today has no errors
  explain    what a rule finds, why, and how far its fix may be trusted; without a rule: the list
  undo       bring back what --fix or format changed, whole or a note of it
  baseline   note down what is wrong now, so that `check --baseline` tells only what is new
  trust      let a vault run the Python rules that it brings, until its code changes
  schema     what properties notes must have: find that out, check it, hand schemas on, take them over
  config     the settings in force for a note or a vault, and where each comes from
  cache      what earlier runs found out, and how to be rid of it
  ci         the whole job in a pipeline: what is new in a pull request, beside its lines

`vaultlint COMMAND --help` tells the options; `vaultlint --version` the version.
"""


def overview() -> str:
    """What `vaultlint --help` says."""
    return f"{_OVERVIEW}\n{STATUSES}"
