"""Fixing notes one by one, where no rule looks further than the note that it is asked about: so with `format`.

Such a note needs nothing of the rest of the vault. One visit reads it, judges it, makes and proves its fixes, and looks
at it again until nothing is left to do, so that it is parsed once a version. Whatever is not plain sailing is left as
it was, for `vaultlint.engine.fix` to look at with all that it knows: a fix that is refused or reaches into another
note, a change of what links lead to, rules that fight.
"""

from __future__ import annotations

import pickle
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.digests import digest_of
from vaultlint.engine.edits import Chosen, makes_a_difference, proposal_of, well_formed
from vaultlint.engine.jobs import start_jobs
from vaultlint.engine.judge import Judgement, Rules
from vaultlint.engine.proving import groups_of, made
from vaultlint.engine.reader import NO_REGULAR_FILE, NoteReader, NoteReadError
from vaultlint.engine.wire import JUDGED, Examined, Found, summed
from vaultlint.engine.work import Examiner, Plan, no_text
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.vault.column import packed
from vaultlint.vault.files import FileTable
from vaultlint.vault.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from vaultlint.config.settings import Settings
    from vaultlint.engine.check import VaultRun
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Applicability

ROUNDS = 10
"""Fixes may need each other, or be in each other's way; rules that need more fight over a note."""

_CHUNK_IN_PROCESS = 64


class Errand(Struct, frozen=True):
    """What all visits of a run need; sent pickled, unpickled once a worker."""

    plan: Plan
    settings: Settings
    at_least: Applicability

    def pickled(self) -> bytes:
        """For `visit_chunk` in another process."""
        return pickle.dumps(self)


class Visited(Struct, frozen=True, array_like=True):
    """What came of one visit."""

    examined: Examined
    """The note as it is now, without facts; of one that was left as it is, with all that a check wants to know."""
    before: str = ""
    after: str = ""
    """What the note said and says; both empty where they are the same."""
    fixes: int = 0
    """How many findings were mended."""
    seconds: float = 0.0
    """What the proofs took."""
    settled: bool = True
    """Whether there is nothing left to fix; otherwise it is left as it is."""
    reaches_out: bool = False
    """Whether a fix would change another note."""


def by_themselves(run: VaultRun) -> bool:
    """Whether no rule of a run looks further than the note that it is asked about."""
    rules = run.rules
    return not (rules.link or rules.fault or rules.vault or rules.run or run.texts)


def visit_all(
    run: VaultRun,
    at_least: Applicability,
    executor: Executor | None,
    jobs: int | None,
    progress: Callable[[int, int], None] | None,
) -> list[Visited] | None:
    """Effect: reads the notes that are judged; the run knows then what is wrong in them.

    `None`, and the run knows nothing, where a fix reaches into another note, or a worker died. The rest is as in
    `check_vault`.
    """
    with run.timed("notes"):
        notes = [(path, JUDGED) for path in run.judged if path not in run.files.irregular]
        found: list[Visited] = []
        for chunk in _results(Errand(run.plan, run.settings, at_least), notes, executor, jobs):
            found += chunk
            if progress is not None:
                progress(len(found), len(notes))
        if len(found) < len(notes) or any(visited.reaches_out for visited in found):
            return None
        for path in run.judged:
            if path in run.files.irregular:
                run.examined[path] = Examined(path, found=(Found("unreadable-note", NO_REGULAR_FILE),))
        run.examined.update((visited.examined.path, visited.examined) for visited in found)
    run.timings["notes, proofs"] = sum(visited.seconds for visited in found)
    run.reindex()
    return found


def visit_chunk(errand: bytes, notes: list[tuple[str, int]]) -> bytes:
    """Effect: reads notes. A worker's part."""
    visitor = _visitor_of(errand)
    return packed([visitor.visit(path) for path, _ in notes])


@lru_cache(maxsize=2)
def _visitor_of(errand: bytes) -> Visitor:
    """The visitor of a worker, made once a run."""
    # The errand comes from the process that started this worker, over its own pipe.
    return Visitor(pickle.loads(errand))  # noqa: S301


def _results(
    errand: Errand, notes: list[tuple[str, int]], executor: Executor | None, jobs: int | None
) -> Iterator[list[Visited]]:
    jobs = start_jobs(len(notes)) if jobs is None else jobs
    if executor is None and jobs <= 1:
        visitor = Visitor(errand)
        for start in range(0, len(notes), _CHUNK_IN_PROCESS):
            yield [visitor.visit(path) for path, _ in notes[start : start + _CHUNK_IN_PROCESS]]
        return
    from concurrent.futures import BrokenExecutor, as_completed

    from vaultlint.engine.pool import chunks, workers

    decoder = msgspec.msgpack.Decoder(list[Visited])
    data = errand.pickled()

    def spread(pool: Executor, width: int) -> Iterator[list[Visited]]:
        waiting = [pool.submit(visit_chunk, data, chunk) for chunk in chunks(notes, width)]
        try:
            for future in as_completed(waiting):
                yield decoder.decode(future.result())
        finally:
            for future in waiting:
                future.cancel()

    try:
        if executor is not None:
            yield from spread(executor, getattr(executor, "_max_workers", 8))
        else:
            with workers(jobs) as pool:
                yield from spread(pool, jobs)
    except BrokenExecutor:
        return  # what killed the worker is met again, note by note, where that is told


class Visitor:
    """Visits notes on one errand."""

    def __init__(self, errand: Errand) -> None:
        plan = errand.plan
        self._plan = plan
        self._settings = errand.settings
        self._at_least = errand.at_least
        self._examiner = Examiner(plan)
        self._reader = NoteReader(plan.root, plan.max_note_size, plan.originals)
        self._rules = Rules(errand.settings, plan.context)
        self._index = Index(FileTable(plan.root), {})

    def visit(self, path: str) -> Visited:
        """Effect: reads a note. Fix it, in memory, until nothing is left to fix."""
        start = perf_counter()
        try:
            data = self._reader.read(path)
            text = decode(data)
        except NoteReadError as error:
            return Visited(Examined(path, found=(Found(error.rule, error.message),)))
        except NoteDecodeError as error:
            return Visited(Examined(path, found=(no_text(error),)))
        note = parse_note(text, path)
        visited = self._settled(note, perf_counter() - start)
        if visited.settled:
            return visited
        digest = digest_of(data, self._plan.digest)
        examined = self._examiner.examine_note(note, digest=digest)
        return Visited(examined, settled=False, reaches_out=visited.reaches_out)

    def _settled(self, note: Note, read: float) -> Visited:
        before = note.text
        examined = self._examiner.examine_note(note, read=read, with_facts=False)
        spent = [examined.seconds]
        seconds = 0.0
        fixes = 0
        for _ in range(ROUNDS):
            chosen = self._chosen(note, examined)
            if isinstance(chosen, Visited):
                return chosen
            if not chosen.proposals:
                examined.seconds = summed(spent)
                changed = (before, note.text) if note.text != before else ("", "")
                return Visited(examined, *changed, fixes, seconds)
            start = perf_counter()
            after, wrong = made(note, groups_of(note.path, chosen.proposals))
            if wrong is not None or _outline(note) != _outline(after):
                break
            seconds += perf_counter() - start
            fixes += len(chosen.proposals)
            note, examined = after, self._examiner.examine_note(after, with_facts=False)
            spent.append(examined.seconds)
        return Visited(examined, settled=False)

    def _chosen(self, note: Note, examined: Examined) -> Chosen | Visited:
        """The fixes that can be made now; that there is more to it than a visit can see, where that is so."""
        chosen = Chosen()
        lengths = {note.path: len(note.text)}
        judgement = Judgement(self._settings, self._rules, {note.path: examined}, (note.path,))
        for diagnostic in judgement.diagnostics(self._index):
            if diagnostic.fixable(self._at_least) and (proposal := proposal_of(diagnostic)) is not None:
                if proposal.paths != {note.path}:
                    return Visited(examined, settled=False, reaches_out=True)
                if not well_formed(proposal.edits, lengths):
                    return Visited(examined, settled=False)
                if makes_a_difference(proposal.edits, {note.path: note.text}):
                    chosen.add(proposal)
        return chosen


def _outline(note: Note) -> object:
    """What links name in a note."""
    headings = [(heading.level, heading.text) for heading in note.headings]
    return headings, [block.id.lower() for block in note.block_ids]
