"""A progress bar on standard error: only for people, and only when a run lasts."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

PATIENCE = 0.5
"""Seconds before a bar appears."""


class ProgressBar:
    """Called with how many notes of how many are done."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._start = time.monotonic()
        self._patience = patience
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        """Effect: draws, once the patience is over."""
        if self._bar is None or self._task is None:
            if done >= total or time.monotonic() - self._start < self._patience:
                return
            self._bar = _bar()
            self._task = self._bar.add_task("checking", total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total)
        self._bar.refresh()

    def stop(self) -> None:
        """Effect: takes the bar off the terminal."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[ProgressBar | None]:
    """Effect: shows a bar while the block lasts; `None` where there is nobody to watch it."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = ProgressBar()
    try:
        yield bar
    finally:
        bar.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Drawn when told, not by a thread of its own: a process that has threads can't be forked safely.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("notes"))
    return Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
