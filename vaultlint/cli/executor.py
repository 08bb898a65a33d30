"""What does the work of a run, as `--executor` and `--scheduler` say."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from vaultlint.cli.asked import CheckArguments


@contextmanager
def executor_of(arguments: CheckArguments) -> Iterator[Executor | None]:
    """Effect: connects to a cluster, where one is asked for. `None`: processes of this machine. Raises `UserError`."""
    if arguments.scheduler is None:
        yield None
        return
    from vaultlint.engine.cluster import cluster_at

    with cluster_at(arguments.scheduler) as executor:
        yield executor
