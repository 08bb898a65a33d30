"""Spreading notes over workers: any executor, chunks that shrink, and what to do when a worker dies."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from concurrent.futures import BrokenExecutor, as_completed
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from vaultlint.engine.jobs import start_method
from vaultlint.engine.wire import Examined, Found, Unpacker
from vaultlint.engine.work import work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future

Chunk: TypeAlias = list[tuple[str, int]]
"""Notes by path, each with how much is wanted of it."""

_SMALLEST_CHUNK = 32
_LARGEST_CHUNK = 4_000
"""What is found in one chunk must not fill the memory of who waits for it."""
_CHUNKS_PER_JOB = 6


def chunks(notes: Chunk, jobs: int) -> Iterator[Chunk]:
    """Cut the notes into pieces, large ones first; the last are small, so that all workers end together."""
    start = 0
    while start < len(notes):
        size = min(_LARGEST_CHUNK, max(_SMALLEST_CHUNK, (len(notes) - start) // (_CHUNKS_PER_JOB * jobs)))
        yield notes[start : start + size]
        start += size


def examine_in(executor: Executor, plan: bytes, notes: Chunk, jobs: int) -> Iterator[list[Examined]]:
    """Effect: reads notes. Examine them in any executor; results come as they are ready, in any order.

    A worker that dies takes what was in flight with it. That is done again by a fresh worker, in halves,
    until the note that killed it stands alone: it becomes a diagnostic.
    """
    unpack = Unpacker()
    waiting: dict[Future[bytes], Chunk] = {}
    lost: list[Chunk] = []
    try:
        for chunk in chunks(notes, jobs):
            try:
                waiting[executor.submit(work, plan, chunk)] = chunk
            except BrokenExecutor:
                lost.append(chunk)
        for future in as_completed(waiting):
            chunk = waiting.pop(future)  # and with it, in the end, what it brought
            try:
                data = future.result()
            except BrokenExecutor:
                lost.append(chunk)
            else:
                yield unpack(data)
    finally:
        for future in waiting:
            future.cancel()
    yield from _again(plan, lost, unpack)


def _again(plan: bytes, lost: list[Chunk], unpack: Unpacker) -> Iterator[list[Examined]]:
    while lost:
        with workers(1) as executor:
            while lost:
                chunk = lost.pop()
                try:
                    data = executor.submit(work, plan, chunk).result()
                except BrokenExecutor:
                    if len(chunk) == 1:
                        yield [_deadly(chunk[0][0])]
                    else:
                        middle = len(chunk) // 2
                        lost += [chunk[:middle], chunk[middle:]]
                    break
                yield unpack(data)


def _deadly(path: str) -> Examined:
    message = "the process that checked this note died; the note was left out"
    return Examined(path, found=(Found("rule-crashed", message),))


@contextmanager
def workers(jobs: int, method: str | None = None) -> Iterator[Executor]:
    """Effect: starts processes, and ends them whatever happens.

    `method` is how they start, as `multiprocessing` names it; by default what is safe here.
    """
    before = set(multiprocessing.active_children())
    context = multiprocessing.get_context(method or start_method())
    executor = ProcessPoolExecutor(jobs, context, initializer=_begin_worker)
    try:
        yield executor
    except BaseException:
        # Ctrl-C must not wait for a rule that runs for ever.
        for process in set(multiprocessing.active_children()) - before:
            process.kill()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent ends its workers
    gc.disable()  # a worker lives for one run
