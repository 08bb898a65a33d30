"""Making fixes in notes and proving them, here or in workers."""

from __future__ import annotations

import pickle
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec import Struct

from vaultlint.engine.edits import apply_edits, rebased
from vaultlint.engine.jobs import start_jobs
from vaultlint.engine.meaning import licence_of, refusal
from vaultlint.engine.wire import Examined  # noqa: TC001  msgspec reads the annotations
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Aspect, Edit
from vaultlint.vault.column import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from contextlib import ExitStack

    from vaultlint.engine.edits import Proposal
    from vaultlint.engine.work import Plan
    from vaultlint.note.note import Note

Groups: TypeAlias = tuple[tuple[frozenset[Aspect], tuple[Edit, ...]], ...]
"""The edits of one note: those that may change the same are made and proved together, group after group."""

_WORTH_WORKERS = 200
"""Notes: fewer are proved here sooner than workers begin."""
_CHUNK = 40


class Task(Struct, frozen=True, array_like=True):
    """One note whose fixes are to be proved."""

    path: str
    text: str
    groups: Groups


class Proved(Struct, frozen=True, array_like=True):
    """What a worker says of one: the seconds that it took, and the note with its fixes as a check sees it.

    `None` where the proof failed, or needs to know what links lead to: to be looked at here.
    """

    path: str
    seconds: float
    examined: Examined | None


def groups_of(path: str, proposals: Iterable[Proposal]) -> Groups:
    """The edits of these fixes in one note, by what they may change: none has a licence but its own."""
    alike: dict[frozenset[Aspect], set[Edit]] = {}
    made: set[Edit] = set()
    for proposal in proposals:
        edits = {edit for edit in proposal.edits if edit.path == path}
        alike.setdefault(licence_of(proposal.fix), set()).update(edits - made)
        made |= edits
    return tuple((licence, tuple(sorted(edits))) for licence, edits in alike.items())


def made(before: Note, groups: Groups, leads_to: Callable[[str], str] = str) -> tuple[Note, str | None]:
    """The note with the edits made, and what is wrong with them, as `refusal` puts it."""
    note = before
    done: list[Edit] = []
    for licence, edits in groups:
        moved = rebased(edits, done)
        after = parse_note(apply_edits(note.text, moved), before.path)
        wrong = refusal(note, after, moved, licence, leads_to)
        if wrong is not None:
            return after, wrong
        note, done = after, sorted((*done, *edits))
    return note, None


def prove_chunk(plan: bytes, tasks: bytes) -> bytes:
    """Effect: none but time. A worker's part."""
    from vaultlint.engine.work import examiner_of

    examiner = examiner_of(plan)
    found = []
    for task in pickle.loads(tasks):  # noqa: S301  from the process that started this worker, over its own pipe
        start = perf_counter()
        after, wrong = made(parse_note(task.text, task.path), task.groups)
        seconds = perf_counter() - start
        found.append(Proved(task.path, seconds, examiner.examine_note(after) if wrong is None else None))
    return packed(found)


class Provers:
    """Workers for the proofs of one run, started when there is enough to prove."""

    def __init__(self, plan: Plan, stack: ExitStack, executor: Executor | None, jobs: int | None) -> None:
        """`executor` and `jobs` are as in `check_vault`; `stack` ends what is started here."""
        self._plan = plan
        self._stack = stack
        self._executor = executor
        self._jobs = jobs

    def prove(self, tasks: Sequence[Task]) -> dict[str, Proved]:
        """What workers say of the notes, by path; empty where they are not worth it, or one of them died."""
        executor = self._started(len(tasks))
        if executor is None:
            return {}
        from concurrent.futures import BrokenExecutor

        decoder = msgspec.msgpack.Decoder(list[Proved])
        plan = self._plan.pickled()
        try:
            waiting: list[Future[bytes]] = [executor.submit(prove_chunk, plan, chunk) for chunk in _chunks(tasks)]
            return {one.path: one for future in waiting for one in decoder.decode(future.result())}
        except BrokenExecutor:
            self._executor, self._jobs = None, 1  # what killed it will be met here, note by note
            return {}

    def _started(self, count: int) -> Executor | None:
        if count < _WORTH_WORKERS:
            return None
        jobs = start_jobs(2 * count) if self._jobs is None else self._jobs
        if self._executor is None and jobs > 1:
            from vaultlint.engine.pool import workers

            self._executor = self._stack.enter_context(workers(jobs))
        return self._executor


def _chunks(tasks: Sequence[Task]) -> Iterator[bytes]:
    for start in range(0, len(tasks), _CHUNK):
        yield pickle.dumps(tasks[start : start + _CHUNK])
