"""How many processes to use, and how they start. Light: the pool is imported only where there is one."""

from __future__ import annotations

import os
import sys
import threading

_WORTH_A_POOL = {"fork": 400, "spawn": 2000}
"""Notes that take one process as long as starting workers takes: measured, 0.1 s and 0.5 s."""


def start_method() -> str:
    """How to start workers: `fork` is quickest, and safe only on Linux while no other thread runs."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def start_jobs(notes: int) -> int:
    """How many processes serve so many notes best here; 1 is this one, alone."""
    worth = _WORTH_A_POOL[start_method()]
    return max(1, min(_usable_cores(), 2 * notes // worth)) if notes >= worth else 1


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
