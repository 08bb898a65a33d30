"""A Dask cluster as one more executor: what its workers lose is done again, as that of a pool of processes."""

from __future__ import annotations

import logging
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from vaultlint._version import __version__
from vaultlint.rule.errors import UserError
from vaultlint.vault.url import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_THREADS_AT_A_GUESS = 16
_PATIENCE = 10
"""Seconds that a scheduler may take to answer the first time, and then to have a worker."""
_INSTALL = "`pip install 'obsidian-vaultlint[dask]'`"
_GONE = "the Dask cluster went away before the run was done: start it, and run again"


class DaskExecutor(Executor):
    """An executor of Dask's (`client.get_executor()`), whose losses look as those of every other executor.

    Dask itself does again what a worker that went away had not finished; what took one worker after the other with it
    comes back as `BrokenExecutor`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._client: Any = getattr(executor, "_client", None)
        with _while_it_lasts():
            threads = 0 if self._client is None else sum(self._client.nthreads().values())
        self._max_workers: int = threads or _THREADS_AT_A_GUESS
        """As executors of the standard library have it: how many threads there are now; no more than a hint."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Effect: sends work to the cluster."""
        outcome: Future[Any] = Future()
        # Not pure: the same notes may hold something else by now, and no earlier answer will do.
        with _while_it_lasts():
            sent = self._executor.submit(fn, *args, pure=False, **kwargs)
        outcome.add_done_callback(partial(_take_back, sent))
        sent.add_done_callback(partial(_hand_on, outcome))
        return outcome

    @property
    def threads(self) -> int:
        """How many calls the cluster can do at once, as far as it is known."""
        return self._max_workers

    @property
    def keeps(self) -> bool:
        """Whether results can stay on the cluster."""
        return self._client is not None

    def spread(self, value: bytes) -> Any:
        """Effect: gives a value to every worker, so that it outlives any one of them."""
        with _while_it_lasts():
            return self._client.scatter(value, broadcast=True, hash=False)

    def send(self, fn: Callable[..., Any], /, *arguments: Any) -> Any:
        """Effect: sends work whose result stays on the cluster; arguments may be what was sent or spread before."""
        with _while_it_lasts():
            return self._client.submit(fn, *arguments, pure=False)

    def fetch(self, sent: Iterable[Any]) -> Iterator[Any]:
        """Effect: waits. The results, each as it comes; raises `BrokenExecutor` where one can't be had."""
        import distributed

        as_completed: Any = distributed.as_completed  # its annotations are not complete
        for done in as_completed(sent, loop=self._client.loop):
            if done.cancelled():
                raise BrokenExecutor
            error = done.exception()
            if error is not None:
                raise _as_here(error)
            yield done.result()
            done.release()  # the worker need not keep it any longer


def as_executor(executor: Executor | None) -> Executor | None:
    """An executor as it is, one of Dask's as `DaskExecutor`."""
    is_dasks = type(executor).__module__.partition(".")[0] == "distributed"
    return DaskExecutor(executor) if executor is not None and is_dasks else executor


@contextmanager
def cluster_at(address: str) -> Iterator[Executor]:
    """Effect: connects to the scheduler at `address` (`tcp://10.0.0.1:8786`). Raises `UserError`."""
    shown = masked(address)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told by us
    try:
        client = _client(address)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(masked(str(error)).split())
        raise UserError(f"no Dask scheduler answers at '{shown}' ({reason}): see --scheduler") from error
    with client:
        _wait_for_a_worker(client, shown)
        _compare_versions(client, shown)
        yield DaskExecutor(client.get_executor())


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise UserError(f"--executor dask needs Dask: {_INSTALL}") from None
    connect: Any = Client  # its annotations are not complete
    return connect(address, timeout=_PATIENCE, set_as_default=False)


def _wait_for_a_worker(client: Any, shown: str) -> None:
    """Raises `UserError` where none comes: the run would wait for ever."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        message = f"the Dask cluster at '{shown}' has no workers: start one with `dask worker {shown}`"
        raise UserError(message) from None


def version_here() -> str:
    """The version of vaultlint where this runs."""
    return __version__


def _compare_versions(client: Any, shown: str) -> None:
    """Raises `UserError` where a worker has no vaultlint, or another one."""
    try:
        versions = set(client.run(version_here).values())
    except ModuleNotFoundError:
        raise UserError(f"the workers at '{shown}' have no vaultlint: {_INSTALL} there, too") from None
    for other in sorted(versions - {__version__}):
        raise UserError(f"workers at '{shown}' have vaultlint {other}, and this is {__version__}: install the same")


@contextmanager
def _while_it_lasts() -> Iterator[None]:
    """Raises `UserError` where a client says that it has no scheduler any more."""
    from distributed.client import ClosedClientError

    try:
        yield
    except (ClosedClientError, RuntimeError, OSError, TimeoutError) as error:
        raise UserError(f"{_GONE} ({type(error).__name__})") from error


def _take_back(sent: Future[Any], outcome: Future[Any]) -> None:
    if outcome.cancelled():
        sent.cancel()


def _hand_on(outcome: Future[Any], sent: Future[Any]) -> None:
    """What came of work that was sent."""
    if not outcome.set_running_or_notify_cancel():
        return
    if sent.cancelled():
        outcome.set_exception(UserError(_GONE))
    elif (error := sent.exception()) is not None:
        outcome.set_exception(_as_here(error))
    else:
        outcome.set_result(sent.result())


def _as_here(error: BaseException) -> BaseException:
    """What went wrong in a worker, as everybody else expects it."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return BrokenExecutor(str(error))
    if isinstance(error, ImportError):
        return UserError(f"a worker of the cluster lacks what is installed here ({error}): install the same there")
    return error
