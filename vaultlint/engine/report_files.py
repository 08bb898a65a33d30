"""Reports in files of their own, beside standard output: each whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vaultlint.engine.reader import leads_elsewhere
from vaultlint.engine.write import put_file
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReportFileError(Exception):
    """A report that can't be written, though its folder is there: a full disk, a lost share."""


class ReportFiles:
    """The files of one call, and what was made for each so far; written at its end."""

    def __init__(self, wanted: Iterable[tuple[str, str]]) -> None:
        """`wanted`: format and file of each. Raises `UserError` where one can't be written, or two are one."""
        self._files: dict[str, str] = {}
        for form, name in wanted:
            file = _checked(name)
            if os.path.normcase(file) in map(os.path.normcase, self._files):
                raise UserError(f"two reports can't be one file: '{name}' is where another goes")
            self._files[file] = form
        self._parts: dict[str, list[bytes]] = {file: [] for file in self._files}

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats asked for, each once."""
        return tuple(dict.fromkeys(self._files.values()))

    def add(self, form: str, data: bytes) -> None:
        """Take in what a format has to tell of one vault, behind what it told of others."""
        for file, of_file in self._files.items():
            if of_file == form:
                self._parts[file].append(data)

    def write(self) -> None:
        """Effect: writes all files. Raises `ReportFileError`."""
        for file, parts in self._parts.items():
            try:
                put_file(file, b"".join(parts))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise ReportFileError(f"can't write to '{file}': {reason}") from error


def _checked(name: str) -> str:
    """The absolute path of a file that can be written; raises `UserError`."""
    if name == "-":
        raise UserError("'-' is no file: standard output has the format of --output-format")
    if leads_elsewhere(name):
        raise UserError(f"'{name}' leads elsewhere, through a link: name the file that is to be written itself")
    file = os.path.realpath(name)
    folder = os.path.dirname(file)  # noqa: PTH120  a path as people wrote it
    if not os.path.isdir(folder):  # noqa: PTH112
        raise UserError(f"there is no folder '{folder}' to write '{name}' to")
    if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113
        raise UserError(f"'{name}' is no file: a report can't be written there")
    if not all(os.access(one, os.W_OK) for one in (folder, file) if os.path.exists(one)):  # noqa: PTH110
        raise UserError(f"'{name}' can't be written to: it is read-only, or its folder is")
    return file
