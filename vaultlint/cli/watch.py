"""`vaultlint check --watch`: tells what is wrong again whenever something in the vault changes, until Ctrl-C."""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.check import cached_of
from vaultlint.cli.known import known_of
from vaultlint.cli.printer import Printer
from vaultlint.cli.progress import progress_bar
from vaultlint.cli.settings import settings_of
from vaultlint.cli.texts import CheckedTexts
from vaultlint.engine.cache.surroundings import files_of, today
from vaultlint.engine.listing import sign_of
from vaultlint.engine.live import LiveRun
from vaultlint.engine.report_files import ReportFiles
from vaultlint.report.escape import shown_path
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.config.settings import Settings
    from vaultlint.engine.listing import Sign
    from vaultlint.engine.values import Report

_STEP = 25
"""Milliseconds without a change before changes are told: an editor makes several when it saves."""
_LONGEST_BURST = 1000
"""Milliseconds after which they are told in any case."""
_IDLE = 1000
"""Milliseconds after which the watcher looks up though nothing changed: a new day may have come."""
_MOST_NAMED = 1000
"""Of more changes at once, some may have been lost on the way: all files are looked at then."""
_MOST_TOLD = 3

_OF_GIT = (".git/HEAD", ".git/logs/HEAD", ".git/packed-refs")
"""What changes with a commit, where the vault is the whole work tree."""


def watch(vault: Vault, arguments: CheckArguments, output: Output) -> int:
    """Effect: checks a vault, and again whenever it changes. Ctrl-C is what ends it: raises `KeyboardInterrupt`.

    Raises `UserError` where what watches is not installed, or the config is wrong at the start.
    """
    changes = _watcher()
    watching = _Watching(vault, arguments, output)
    watching.begin()
    for paths in changes(str(vault.root)):
        watching.look(paths)
    return status.CLEAN


def _watcher() -> Callable[[str], Iterator[list[str] | None]]:
    """What tells of the changes in a folder: paths from there. Raises `UserError` where the system can't watch it.

    `None` where nobody knows what changed: before it watched, or so much at once that some may be lost on the way, or
    the folder itself. Where nothing does, it tells of no paths now and then.
    """
    try:
        import watchfiles
    except ImportError:
        wanted = "python3 -m pip install 'obsidian-vaultlint[watch]'"
        raise UserError(f"--watch needs the package 'watchfiles', which is not installed: {wanted}") from None

    def changes(root: str) -> Iterator[list[str] | None]:
        # What watches names files by their real paths on some systems, whatever it was told.
        root = os.path.realpath(root)

        def matters(change: watchfiles.Change, path: str) -> bool:
            is_folder = change is watchfiles.Change.modified and os.path.isdir(path)  # noqa: PTH112 - once a change
            return not is_folder and _may_matter(_below(path, root))

        found = watchfiles.watch(
            root,
            watch_filter=matters,
            step=_STEP,
            debounce=_LONGEST_BURST,
            rust_timeout=_IDLE,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        try:
            for count, told in enumerate(found):
                paths = sorted({_below(path, root) for _, path in told})
                yield paths if count and len(paths) <= _MOST_NAMED and root not in paths else None
        except (OSError, RuntimeError) as error:
            more = "" if sys.platform != "linux" else " (sysctl fs.inotify.max_user_watches)"
            raise UserError(
                f"the system can't watch '{root}': {error}; it may have to be allowed more{more}, "
                "and without --watch vaultlint checks it once"
            ) from error

    return changes


def _below(path: str, root: str) -> str:
    """A path from a folder, with `/`; as it is where it lies elsewhere."""
    start = root.rstrip(os.sep) + os.sep
    return path[len(start) :].replace(os.sep, "/") if path.startswith(start) else path


def _may_matter(path: str) -> bool:
    """Whether a change may mean something: what the app does not see does not, but for its settings and git's HEAD."""
    first, _, rest = path.partition("/")
    if first == ".git":
        return path in _OF_GIT
    if first.startswith("."):  # the app keeps its settings there, under whatever name, and what is open on the screen
        return first != ".trash" and not rest.startswith("workspace")
    return "/." not in path or os.path.isabs(path)  # noqa: PTH117 - a word, not a path of the disk


class _Watching:
    """What is on the screen, and what is known of the vault."""

    def __init__(self, vault: Vault, arguments: CheckArguments, output: Output) -> None:
        self._vault = vault
        self._arguments = arguments
        self._output = output
        self._settings: Settings | None = None
        cached = cached_of(vault, arguments)
        known = (lambda settings: known_of(settings, arguments)) if arguments.baseline is not None else None
        self._live = LiveRun(self._load, vault.paths, debug=arguments.debug, cached=cached, known=known)
        self._last: object = None
        """What was told last."""
        self._day = today()
        self._configs: dict[Path, Sign] = {}
        """Configs and schemas, wherever they lie, each with what tells that it was written to."""

    def begin(self) -> None:
        """Effect: checks the vault, in as many processes as serve."""
        started = time.time()
        with progress_bar(quiet=self._arguments.quiet) as progress:
            report = self._live.check(self._arguments.jobs, progress)
        self._tell(report, started, "")
        # A process that stays has to look for values to throw away, but not among those that it keeps.
        gc.collect()
        gc.freeze()
        gc.enable()

    def look(self, paths: Sequence[str] | None) -> None:
        """Effect: looks at what changed, and tells what is wrong if that may be something else now."""
        if paths is not None:
            paths = sorted({*paths, *self._changed_configs()})
        if paths is not None and not paths and today() == self._day:
            return
        self._day = today()
        started, begun = time.time(), time.perf_counter()
        try:
            report = self._live.update(paths)
        except UserError as error:
            self._fail(str(error))
            return
        except OSError as error:
            place = error.filename or self._vault.root
            self._fail(f"'{place}' can't be read: {error.strerror or error}")
            return
        if _content(report) != self._last or any(not path.startswith(".") for path in paths or ()):
            took = (time.perf_counter() - begun) * 1000
            self._tell(report, started, f", {took:.0f} ms after {_changed(paths)}")

    def _load(self) -> Settings:
        self._settings = settings_of(self._vault.root, self._arguments, self._arguments.config)
        self._configs = {file: sign_of(file) for file in files_of(self._settings)}
        return self._settings

    def _changed_configs(self) -> list[str]:
        """Effect: looks at the configs, few as they are: what watches a vault tells of none elsewhere, or hidden."""
        before, self._configs = self._configs, {file: sign_of(file) for file in self._configs}
        changed = [file for file, sign in self._configs.items() if sign != before[file]]
        root = self._vault.root
        return [(file.relative_to(root) if file.is_relative_to(root) else file).as_posix() for file in changed]

    def _tell(self, report: Report, started: float, after: str) -> None:
        assert self._settings is not None  # noqa: S101  there is a report
        self._last = _content(report)
        self._output.clear()
        printer = Printer(self._vault, self._settings, self._arguments, self._output, ReportFiles([]))
        printer.report(report, CheckedTexts(report.root, self._settings.max_note_size, started, {}))
        if not self._arguments.quiet:
            findings = counted(len(report.diagnostics), "finding")
            at = time.strftime("%H:%M:%S")
            self._output.write(f"{findings} at {at}{after}. Watching for changes; Ctrl-C ends it.\n")

    def _fail(self, error: str) -> None:
        """Say what keeps the vault from being checked, once; the next change may mend it."""
        if error != self._last:
            self._last = error
            self._output.clear()
            self._output.tell(f"vaultlint: {error}")
            self._output.write(f"Not checked at {time.strftime('%H:%M:%S')}. Watching for changes; Ctrl-C ends it.\n")


def _content(report: Report) -> object:
    """What two reports that tell the same have in common."""
    found = [(one.path, one.position, one.rule, one.severity, one.message) for one in report.diagnostics]
    return report.notes, report.notices, found


def _changed(paths: Sequence[str] | None) -> str:
    """What changed, in a few words."""
    if not paths:
        return "changes" if paths is None else "midnight"
    named = ", ".join(f"'{shown_path(path)}'" for path in paths[:_MOST_TOLD])
    more = f" and {len(paths) - _MOST_TOLD:,} more" if len(paths) > _MOST_TOLD else ""
    return f"a change of {named}{more}"
