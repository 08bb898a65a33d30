"""What each command was asked to do, as typed values. Imports nothing but argparse."""

from __future__ import annotations

import argparse


class RuleArguments(argparse.Namespace):
    """Which rules to run, and by which config."""

    select: list[str]
    extend_select: list[str]
    ignore: list[str]
    config: str | None
    vault: str | None
    allow_local_rules: bool


class CheckArguments(RuleArguments):
    """What `vaultlint check` was asked to do."""

    paths: list[str]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    add_suppressions: bool
    since: str | None
    baseline: str | None
    baseline_update: bool
    fail_on: str | None
    output_format: str
    outputs: list[tuple[str, str]]
    """Format and file of each `--output`."""
    statistics: bool
    show_files: bool
    stdin_filename: str | None
    watch: bool
    quiet: bool
    color: str
    jobs: int | None
    executor: str
    scheduler: str | None
    no_cache: bool
    cache_key: str
    debug: bool


class FormatArguments(RuleArguments):
    """What `vaultlint format` was asked to do."""

    paths: list[str]
    check: bool
    diff: bool
    stdin_filename: str | None
    quiet: bool
    jobs: int | None
    debug: bool


class BaselineArguments(RuleArguments):
    """What `vaultlint baseline` was asked to do."""

    paths: list[str]
    baseline: str | None
    quiet: bool
    jobs: int | None
    debug: bool


class SchemaExportArguments(argparse.Namespace):
    """What `vaultlint schema export` was asked to do."""

    name: str
    """Of a schema, or `all`."""
    to: str
    output: str | None
    config: str | None
    vault: str | None
    allow_local_rules: bool
    yes: bool
    force: bool
    debug: bool


class SchemaImportArguments(argparse.Namespace):
    """What `vaultlint schema import` was asked to do."""

    place: str
    program: str
    output: str | None
    debug: bool


class ConfigArguments(RuleArguments):
    """What `vaultlint config` was asked to do."""

    path: str
    json_schema: bool
    output_format: str
    debug: bool


class UndoArguments(argparse.Namespace):
    """What `vaultlint undo` was asked to do."""

    words: list[str]
    """A run's id, if one is named, and paths."""
    list: bool
    diff: bool
    forget: bool
    force: bool
    vault: str | None
    debug: bool


class GithubArguments(argparse.Namespace):
    """What `vaultlint ci github` was asked to do; the inputs of the Action."""

    path: str
    config: str | None
    fail_on: str
    suggestions: bool
    sarif: str | None
    autofix: str
    args: str
    debug: bool


class CacheArguments(argparse.Namespace):
    """What `vaultlint cache` was asked to do."""

    action: str
    debug: bool


class TrustArguments(argparse.Namespace):
    """What `vaultlint trust` was asked to do."""

    folder: str
    revoke: bool
    list: bool
    debug: bool


class InitArguments(argparse.Namespace):
    """What `vaultlint init` was asked to do."""

    folder: str
    program: str | None
    settings: str | None
    yes: bool
    diff: bool
    force: bool
    jobs: int | None
    debug: bool


class InferArguments(argparse.Namespace):
    """What `vaultlint schema infer` was asked to do."""

    folder: str
    debug: bool


class ExplainArguments(argparse.Namespace):
    """What `vaultlint explain` was asked to do."""

    rule: str | None
    pack: str | None
    config: str | None
    vault: str | None
    allow_local_rules: bool
    color: str
    debug: bool
