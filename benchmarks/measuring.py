"""Commands measured: wall time, CPU time and memory of a whole process tree, in pairs that take turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_LEAST_PAUSE = 0.005
_SHARE_OF_SAMPLING = 10
"""The sampler pauses at least so many times as long as a look takes: it must not become what is measured."""


@dataclass(frozen=True)
class Command:
    """What is run."""

    words: Sequence[str]
    folder: Path
    """Where it runs."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What is set beyond what this process has."""
    fails: tuple[int, ...] = (0, 1)
    """The exit statuses that it may have: a linter that finds something ends with 1."""


@dataclass(frozen=True)
class Cost:
    """What one run took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of all its processes that were waited for, in user and system mode. 0 where it can't be had."""
    peak: int = 0
    """Bytes: the highest sum over its processes. 0 where nobody looked."""
    said: str = ""
    """Its standard error."""


class FailedRunError(Exception):
    """A measured command ended as it must not: its time means nothing."""


def run(command: Command, *, watch: bool = False) -> Cost:
    """Effect: runs a command, its output read and thrown away. With `watch`, its memory is sampled.

    Raises FailedRunError where it fails.
    """
    environment = {**os.environ, **command.environment}
    # An installed package has its bytecode; a checkout gets it in the first run, if it may be written.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = _cpu_of_children(), time.perf_counter()
    with subprocess.Popen(
        list(command.words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=command.folder, env=environment
    ) as process:
        sampler = _Sampler(process.pid) if watch else None
        _, said = process.communicate()
        wall = time.perf_counter() - start
        peak = sampler.end() if sampler is not None else 0
    told = said.decode(errors="replace")
    if process.returncode not in command.fails:
        raise FailedRunError(f"{' '.join(command.words)} ended with {process.returncode}: {told[-2000:]}")
    return Cost(wall, _cpu_of_children() - before, peak, told)


def runs(command: Command) -> Callable[[bool], Cost]:
    """What runs a command, and watches its memory where it is told to."""
    return lambda watch: run(command, watch=watch)


def alternate(ours: Callable[[bool], Cost], theirs: Callable[[bool], Cost], pairs: int) -> Pairs:
    """Run two in turn. The first pair is the warm-up: its memory is watched, and its times do not count."""
    watched = ours(True), theirs(True)
    timed = [(ours(False), theirs(False)) for _ in range(pairs)]
    return Pairs(timed, watched)


@dataclass(frozen=True)
class Pairs:
    """What the runs of two commands took."""

    timed: Sequence[tuple[Cost, Cost]]
    watched: tuple[Cost, Cost]
    """The pair whose memory was watched."""

    @property
    def walls(self) -> tuple[float, float]:
        """The median seconds of each."""
        return (statistics.median(a.wall for a, _ in self.timed), statistics.median(b.wall for _, b in self.timed))

    @property
    def cpus(self) -> tuple[float, float]:
        """The median seconds of CPU of each."""
        return (statistics.median(a.cpu for a, _ in self.timed), statistics.median(b.cpu for _, b in self.timed))

    @property
    def ratio(self) -> float:
        """The median of the ratios of each pair: the machine's mood hits both alike."""
        return statistics.median(a.wall / b.wall for a, b in self.timed)

    @property
    def difference(self) -> float:
        """The median seconds that the first took longer."""
        return statistics.median(a.wall - b.wall for a, b in self.timed)

    @property
    def peaks(self) -> tuple[int, int]:
        """The highest memory of each, in bytes."""
        return (self.watched[0].peak, self.watched[1].peak)


class _Sampler:
    """Looks at the memory of a process and all that it started, until told to end."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """The highest sum seen, in bytes."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.is_set():
            start = time.perf_counter()
            self._peak = max(self._peak, tree_memory(self._pid))
            self._ended.wait(max(_LEAST_PAUSE, _SHARE_OF_SAMPLING * (time.perf_counter() - start)))


def tree_memory(pid: int) -> int:
    """Bytes that a process and all that it started have now.

    On Linux pages that several share count in part (PSS), so that the sum counts each once; elsewhere those that
    one process has for itself count (USS).
    """
    try:
        root = psutil.Process(pid)
        return sum(map(_memory, [root, *root.children(recursive=True)]))
    except psutil.Error:
        return 0


def _memory(process: psutil.Process) -> int:
    try:
        found = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(found, "pss", found.uss))


def _cpu_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system
