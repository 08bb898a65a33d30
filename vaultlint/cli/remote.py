"""`vaultlint check` of a vault at a URL, which is only read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.executor import executor_of
from vaultlint.cli.places import Vault
from vaultlint.cli.printer import Printer
from vaultlint.cli.progress import progress_bar
from vaultlint.cli.severities import verdict
from vaultlint.cli.texts import KEPT
from vaultlint.engine.check import VaultRun, check_vault
from vaultlint.engine.reader import NoteReadError
from vaultlint.engine.remote import RemoteVault, remote_vault, within
from vaultlint.engine.store_reader import StoreReader
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.errors import UserError
from vaultlint.rule.registry import installed_rules
from vaultlint.vault.url import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.engine.report_files import ReportFiles

_TOGETHER = 64
"""How many notes are read at once for a report."""


def check_url(url: str, arguments: CheckArguments, output: Output, files: ReportFiles) -> int:
    """Effect: checks the vault at `url`, and prints. The exit status. Raises `UserError`."""
    _refuse_what_is_for_folders(url, arguments)
    paths = within(url, arguments.paths) if arguments.vault == url and arguments.paths else None
    with remote_vault(url) as remote:
        for path, named in zip(paths or (), arguments.paths, strict=False):
            if not remote.has(path):
                raise UserError(f"there is no file or folder '{masked(named)}' in the vault '{masked(url)}'")
        vault = _VaultAtUrl(remote, paths)
        settings = remote.settings(
            installed_rules(),
            config=Path(arguments.config) if arguments.config else None,
            select=arguments.select,
            extend_select=arguments.extend_select,
            ignore=arguments.ignore,
        )
        printer = Printer(vault, settings, arguments, output, files)
        if arguments.show_files:
            printer.files(VaultRun(settings, paths, remote=remote).judged)
            return status.CLEAN
        with progress_bar(quiet=arguments.quiet) as progress, executor_of(arguments) as executor:
            report = check_vault(
                settings,
                paths=paths,
                executor=executor,
                jobs=arguments.jobs,
                progress=progress,
                debug=arguments.debug,
                remote=remote,
            )
        told = sorted({diagnostic.path for diagnostic in report.diagnostics})
        printer.report(report, _Texts(StoreReader(remote.store, settings.max_note_size), told))
        return verdict(report, arguments.fail_on, settings.fail_on)


def _refuse_what_is_for_folders(url: str, arguments: CheckArguments) -> None:
    asked = {
        "--fix": arguments.fix,
        "--diff": arguments.diff,
        "--add-suppressions": arguments.add_suppressions,
        "--since": arguments.since,
        "--baseline": arguments.baseline,
        "--stdin-filename": arguments.stdin_filename,
        "--allow-local-rules": arguments.allow_local_rules,
        "--watch": arguments.watch,
    }
    for flag, value in asked.items():
        if value:
            raise UserError(f"'{masked(url)}' is a URL, where a vault is only read: for {flag}, copy it to a folder")


class _VaultAtUrl(Vault):
    """A vault at a URL: reports name its notes by their paths in it."""

    __slots__ = ()

    def __init__(self, remote: RemoteVault, paths: list[str] | None) -> None:
        super().__init__(remote.copy, paths)

    def prefix(self, base: Path | None = None) -> str:
        """Nothing leads from a folder of this machine to the notes."""
        return ""

    def work_tree(self) -> Path | None:
        """There is none."""
        return None


class _Texts:
    """Path -> text of the notes that a report tells of: many are read at once, in the order of the report."""

    def __init__(self, reader: StoreReader, paths: Sequence[str]) -> None:
        self._reader = reader
        self._paths = paths
        self._at = {path: at for at, path in enumerate(paths)}
        self._kept: dict[str, str | None] = {}
        self._size = 0

    def __call__(self, path: str) -> str | None:
        """Effect: reads a note, as it is now. `None` where it can't be had any more."""
        if path not in self._kept:
            self._read(path)
        return self._kept[path]

    def _read(self, path: str) -> None:
        if self._size > KEPT:
            self._kept.clear()
            self._size = 0
        at = self._at.get(path)
        for each, content in self._reader.read_each([path] if at is None else self._paths[at : at + _TOGETHER]):
            text = None if isinstance(content, NoteReadError) else _text(content)
            self._kept[each] = text
            self._size += len(text or "")


def _text(content: bytes) -> str | None:
    try:
        return decode(content)
    except NoteDecodeError:
        return None
