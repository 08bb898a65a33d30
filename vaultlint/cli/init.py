"""`vaultlint init`: a first config for a vault, shown as a patch and then written."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.cli import status
from vaultlint.cli.places import Vault
from vaultlint.cli.progress import progress_bar
from vaultlint.config.roots import CONFIG, find_config, find_root
from vaultlint.config.toml import read_text
from vaultlint.engine.first_config import FirstConfig, first_config
from vaultlint.engine.write import put_file
from vaultlint.report.diff import unified_diff
from vaultlint.report.escape import shown_path, visible_lines
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError
from vaultlint.rule.finding import Severity
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.asked import InitArguments
    from vaultlint.cli.output import Output


def init(arguments: InitArguments, output: Output) -> int:
    """Effect: reads a vault, shows a config for it and, if that is wanted, writes it. The exit status."""
    place = _Place(arguments.folder)
    made = _surveyed(place, arguments) if arguments.program is None else _imported(place, arguments.program, arguments)
    for notice in made.notices:
        output.tell(f"vaultlint: {notice}")
    if made.text == place.text:
        output.write(f"{place.shown} is what it would be.\n")
        return status.CLEAN
    if not arguments.yes:
        _show(place, made, output)
        if arguments.diff or not _is_wanted(place, arguments, output):
            output.tell_shown(_next(place, made, arguments))
            return status.FOUND
    place.write(made.text, force=arguments.force)
    output.write(_told(place, made))
    return status.CLEAN


class _Made(Struct, frozen=True):
    """A config, and what to say of it."""

    text: str
    found: str
    """What it comes to, in one line."""
    notices: tuple[str, ...] = ()


def _surveyed(place: _Place, arguments: InitArguments) -> _Made:
    """Effect: reads the vault. A config from what it is like today."""
    with progress_bar(quiet=False) as progress:
        made = first_config(place.vault.root, installed_rules(), jobs=arguments.jobs, progress=progress)
    return _Made(made.text, _found(made), made.notices)


def _imported(place: _Place, program: str, arguments: InitArguments) -> _Made:
    """Effect: reads the settings of another linter. A config that does as they say."""
    from vaultlint.config.linter.read import import_linter

    file = None if arguments.settings is None else Path(arguments.settings)
    taken, text = import_linter(program, place.vault.root, file, installed_rules())
    became = f"{counted(taken.theirs, 'rule')} of {program} became {counted(len(taken.rules), 'rule')} of ours"
    became += f", {counted(len(taken.patterns), 'pattern')} came along" if taken.patterns else ""
    left = f"; {counted(len(taken.left), 'thing')} could not be taken over: its comments say why" if taken.left else ""
    return _Made(text, f"{became}{left}.\n")


class _Place:
    """Where the config goes, and what is there."""

    def __init__(self, folder: str) -> None:
        """Effect: asks the disk. Raises `UserError` where what is there is no config that can be read."""
        self.vault = Vault(find_root(folder), None)
        self._file = self.vault.root / CONFIG
        self.shown = shown_path(self.vault.prefix() + CONFIG)
        self._refuse_link()
        self.text = read_text(self._file, self.shown) if os.path.lexists(self._file) else None
        self._governing = find_config(self.vault.root)

    def another(self) -> str | None:
        """Effect: asks the disk. What to do about the config that there is; `None` where there is none."""
        if os.path.lexists(self._file):
            return f"there is '{self.shown}' already: with --force, the new one takes its place"
        if self._governing is None:
            return None
        project = shown_path(self.vault.prefix() + self._governing.name)
        return (
            f"'{project}' has a config, [tool.vaultlint]: take over there what you like; "
            f"with --force, a {CONFIG} takes its place"
        )

    def write(self, text: str, *, force: bool) -> None:
        """Effect: writes the config, whole or not at all. Raises `UserError`."""
        self._refuse_link()
        another = self.another()
        if another is not None and not force:
            raise UserError(another)
        try:
            put_file(str(self._file), text.encode("utf-8"))
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(f"'{self.shown}' can't be written: {reason}; nothing has changed") from error

    def _refuse_link(self) -> None:
        if self._file.is_symlink():  # what it leads to may be no business of the vault
            raise UserError(
                f"'{self.shown}' is a symbolic link: go to the folder that it leads to, or put a file in its place"
            )


def _show(place: _Place, made: _Made, output: Output) -> None:
    """Effect: prints the config as a patch of what is there."""
    prefix = place.vault.prefix()
    below = "" if prefix.startswith("../") or os.path.isabs(prefix) else prefix  # noqa: PTH117
    patch = unified_diff(below + CONFIG, place.text or "", made.text, created=place.text is None)
    if output.is_terminal:
        output.write(visible_lines(patch))
    else:
        output.write_bytes(patch.encode("utf-8", "surrogateescape"))


def _is_wanted(place: _Place, arguments: InitArguments, output: Output) -> bool:
    """Effect: asks, where there is somebody to answer and the answer may be yes."""
    if place.another() is not None and not arguments.force:
        return False
    if not output.is_terminal or sys.stdin is None or not sys.stdin.isatty():
        return False
    output.write(f"Write {place.shown}? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _next(place: _Place, made: _Made, arguments: InitArguments) -> str:
    """What there is to do where nothing was written."""
    another = place.another()
    if another is not None and not arguments.force:
        return f"{made.found}Nothing is written: {another}.\n"
    folder = "" if arguments.folder == "." else f" {shown_path(shlex.quote(arguments.folder))}"
    asked = "" if arguments.program is None else f" --from {arguments.program}"
    asked += "" if arguments.settings is None else f" --settings {shown_path(shlex.quote(arguments.settings))}"
    words = f"vaultlint init{folder}{asked} --yes{' --force' if arguments.force else ''}"
    return f"{made.found}Nothing is written; `{words}` writes {place.shown}.\n"


def _told(place: _Place, made: _Made) -> str:
    """What was written, and what to do next."""
    folder = place.vault.prefix().rstrip("/")
    check = "vaultlint check" + (f" {shown_path(shlex.quote(folder))}" if folder else "")
    return (
        f"Wrote {place.shown}. {made.found}"
        f"`{check}` lists what it finds; read the file, change what you see otherwise, and commit it with the vault.\n"
    )


def _found(made: FirstConfig) -> str:
    """What the config comes to, in one line."""
    draft = made.draft
    warnings, infos = (counted(made.counts.get(one, 0), str(one)) for one in (Severity.WARNING, Severity.INFO))
    said = [counted(len(draft.schemas), "schema")] if draft.schemas else []
    said += [f"{counted(len(draft.levels), 'rule')} quieter than usual"] if draft.levels else []
    has = f"It has {' and '.join(said)}; under it" if said else "Under it"
    return f"{has}, today's notes give no errors, {warnings} and {infos}.\n"
