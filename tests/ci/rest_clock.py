"""Time that passes only where somebody waits."""

from __future__ import annotations


class Clock:
    """Stands in for the module `time`; remembers the waits."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.waits: list[float] = []

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
