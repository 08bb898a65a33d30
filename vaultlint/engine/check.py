"""Checking a vault: walk, examine the notes, index, judge."""

from __future__ import annotations

import gc
import time
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import structs

from vaultlint.config.context import context_of
from vaultlint.engine.cache.look import Look
from vaultlint.engine.cache.stamps import DIGEST
from vaultlint.engine.cache.use import Cached, note_cache
from vaultlint.engine.history import GitHistory
from vaultlint.engine.jobs import start_jobs
from vaultlint.engine.judge import Judgement, Rules
from vaultlint.engine.reader import NO_REGULAR_FILE, NoteReadError
from vaultlint.engine.values import Report
from vaultlint.engine.wire import FACTS, GATHERED, JUDGED, NO_SECONDS, Examined, share_path, summed
from vaultlint.engine.work import Examiner, Plan, not_read, reader_of
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.vault.files import FileTable
from vaultlint.vault.index import Index
from vaultlint.vault.settings import VaultSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor

    from vaultlint.config.settings import Settings
    from vaultlint.engine.known import Known
    from vaultlint.engine.remote import RemoteVault
    from vaultlint.rule.finding import Diagnostic

_CHUNK_IN_PROCESS = 64
_CHUNK_OF_STORE = 1_024
"""More, so that notes are fetched while others are examined."""
_IN_WORKERS = ("notes, reading", "notes, facts", "notes, rules")
"""Parts of the phase `notes`, summed over all workers."""


def check_vault(
    settings: Settings,
    *,
    paths: Iterable[str] | None = None,
    executor: Executor | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
    debug: bool = False,
    known: Known | None = None,
    cached: Cached | None = None,
    remote: RemoteVault | None = None,
) -> Report:
    """Effect: reads a vault. What is wrong in it.

    `paths` are the notes to judge, vault-relative (a folder means all in it; `None`: every note): links are
    judged against the whole vault all the same. Work goes to `executor`, or to `jobs` processes of its own;
    one job stays in this process, `None` chooses by the size of the vault. `progress` is told how many notes
    of how many are done. With `debug`, the notices hold the traceback of every rule that raised. What
    is `known` is left out. What an earlier run saw is `cached`, if at all. `remote` is where the vault is, if
    not on this machine.
    """
    run = VaultRun(settings, paths, debug=debug, known=known, cached=cached, remote=remote)
    return checked(run, executor=executor, jobs=jobs, progress=progress)


def checked(
    run: VaultRun,
    *,
    executor: Executor | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Effect: reads the vault of a run that has read nothing yet. What is wrong in it; see `check_vault`."""
    with no_gc():
        run.examine(executor, jobs, progress)
        return run.report(run.judge())


@contextmanager
def no_gc() -> Iterator[None]:
    """Switch the garbage collector off for a while: it would search living values for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class VaultRun:
    """One vault during one run: what was read of it, and what the rules say to that."""

    def __init__(
        self,
        settings: Settings,
        paths: Iterable[str] | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        alone: bool = False,
        debug: bool = False,
        digest: str = "",
        known: Known | None = None,
        cached: Cached | None = None,
        remote: RemoteVault | None = None,
    ) -> None:
        """`texts` stand in for the files of their notes; `alone`: there is no other note, nothing is read.

        `digest` is as in `Plan`; what is `known` is not told; notes that are `cached` are not read; `remote` is as in
        `check_vault`.
        """
        self.timings: dict[str, float] = {}
        self.settings = settings
        self.examined: dict[str, Examined] = {}
        self.texts = dict(texts or {})
        """Note -> its text, where that is not what its file holds."""
        with self.timed("walk"):
            look = cached.look if cached is not None and cached.look is not None else Look(settings.root)
            self.files = _with_notes(_files_of(look, remote, alone=alone), self.texts)
            self.vault_settings = VaultSettings() if alone else look.settings
        with self.timed("rules"):
            self.context = context_of(settings, self.vault_settings)
            self.rules = Rules(settings, self.context)
        self._wanted = None if paths is None else {path.strip("/") for path in paths}
        self.judged = dict.fromkeys(self._judged())
        self._debug = debug
        self._known = known
        digest = (known.digest if known is not None else "") or digest
        self.cache = None if cached is None or remote is not None else note_cache(cached, settings, look, digest)
        self.plan = Plan(
            root=self.files.root,
            max_note_size=settings.max_note_size,
            ruleset=settings.ruleset,
            rules=self.rules.note,
            gathering=self.rules.gathering,
            context=self.context,
            originals=self.files.originals,
            debug=debug,
            digest=DIGEST if self.cache is not None else digest,
            store=remote.store if remote is not None else None,
        )
        self.index = Index(self.files, {}, self.vault_settings)
        if not alone and remote is None:
            self.index.history = GitHistory(settings.root, self.files)
        self.tracebacks: list[str] = []
        self._reader = reader_of(self.plan)
        self.unread = _no_regular_files(self.files)
        """The notes that are not even opened, and why."""
        if remote is not None:
            self.unread |= remote.too_large(settings.max_note_size)

    def examine(self, executor: Executor | None, jobs: int | None, progress: Callable[[int, int], None] | None) -> None:
        """Effect: reads all notes, in as many processes as asked for."""
        with self.timed("notes"):
            wanted: dict[str, int] = {}
            for path in self.files.notes:
                if path in self.texts:
                    continue
                if path in self.unread:
                    self.examined[path] = not_read(path, self.unread[path])
                else:
                    wanted[path] = self._wanted_of(path)
            self._take_texts()
            notes = self._unknown(wanted)
            done = 0
            spent = NO_SECONDS
            own = {path: path for path in wanted}
            for chunk in self._results(notes, executor, jobs):
                spent = summed([spent, *(note.seconds for note in chunk)])
                for note in chunk:
                    note.seconds = NO_SECONDS  # told of all together: a million notes keep none of their own
                    path = own[note.path]
                    share_path(note, path)
                    self.examined[path] = note
                    if note.facts is not None:
                        self.index.look_up(note.facts)  # while the workers go on
                done += len(chunk)
                if progress is not None:
                    progress(done, len(notes))
        self.timings.update(zip(_IN_WORKERS, spent, strict=True))
        if self.cache is not None:
            with self.timed("cache"):
                self.cache.keep(self.files, wanted, self.examined)
        self.reindex()

    def _take_texts(self) -> None:
        """Examine the notes whose text is at hand."""
        if self.texts:
            examiner = Examiner(self.plan)
            for path, text in self.texts.items():
                self.examined[path] = examiner.examine_note(parse_note(text, path), self._wanted_of(path))

    def _unknown(self, wanted: dict[str, int]) -> list[tuple[str, int]]:
        """Take from the cache what it knows; the notes that have to be examined, each with how much is wanted."""
        if self.cache is None:
            return list(wanted.items())
        with self.timed("cache"):
            known = self.cache.known(self.files, wanted, self.settings.max_note_size)
        self.examined.update(known)
        return [pair for pair in wanted.items() if pair[0] not in known]

    def reindex(self) -> None:
        """Make the index anew from what is known of the notes."""
        with self.timed("index"):
            facts = {
                path: note.facts
                for path in self.files.notes
                if (note := self.examined.get(path)) is not None and note.facts is not None
            }
            self.index = self.index.with_facts(facts)

    def renew(self, notes: Mapping[str, Examined]) -> None:
        """Take in notes that were examined again."""
        with self.timed("index"):
            self.examined.update(notes)
            facts = {path: note.facts for path, note in notes.items() if note.facts is not None}
            self.index = self.index.with_facts(facts)

    def judge(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong and not known, in order."""
        if self._known is not None:
            with self.timed("compare"):
                self._known.begin(self)
        with self.timed("judge"):
            judgement = Judgement(self.settings, self.rules, self.examined, self.judged, debug=self._debug)
            diagnostics = judgement.diagnostics(self.index)
            self.tracebacks = judgement.tracebacks
        if self._known is None:
            return diagnostics
        with self.timed("compare"):
            return self._known.new(diagnostics, self)

    def judged_by(self, settings: Settings) -> tuple[Diagnostic, ...]:
        """Everything that is wrong where rules that were run have other levels, or are off."""
        rules = Rules(settings, self.context)
        return Judgement(settings, rules, self.examined, self.judged).diagnostics(self.index)

    def text(self, path: str) -> str | None:
        """Effect: reads a note, unless its text is at hand. Its text now; `None` where it can't be had."""
        if path in self.texts:
            return self.texts[path]
        try:
            return decode(self._reader.read(path))
        except (NoteReadError, NoteDecodeError):
            return None

    def report(self, diagnostics: tuple[Diagnostic, ...], fixed: int = 0) -> Report:
        """The outcome as a value."""
        known: tuple[str, ...] = ()
        if self._known is not None:
            with self.timed("compare"):
                diagnostics = self._known.told(diagnostics, self)
            known = self._known.notices
        notices = (
            *self.settings.notices,
            *self.vault_settings.notices,
            *self.files.notices,
            *known,
            *self.index.history.notices,
            *self.tracebacks,
        )
        return Report(self.files.root, diagnostics, len(self.judged), fixed, notices, self.timings)

    def read_again(self, paths: Iterable[str]) -> dict[str, Examined]:
        """Effect: reads notes. What is seen of them now; nothing is kept of it."""
        notes = []
        found: dict[str, Examined] = {}
        for path in paths:
            if path in self.unread:
                found[path] = not_read(path, self.unread[path])
            else:
                notes.append((path, self._wanted_of(path)))
        for chunk in self._results(notes, None, 1):
            found.update((note.path, note) for note in chunk)
        return found

    def relist(self, files: FileTable) -> None:
        """Take in that the vault has other files now; what was seen of notes that are gone is forgotten."""
        self.files = files
        self.unread = _no_regular_files(files)
        self.plan = structs.replace(self.plan, originals=files.originals)
        for path in self.examined.keys() - frozenset(files.notes):
            del self.examined[path]
        self.judged.clear()
        self.judged.update(dict.fromkeys(self._judged()))

    @contextmanager
    def timed(self, phase: str) -> Iterator[None]:
        """Add the time that a phase takes."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.timings[phase] = self.timings.get(phase, 0.0) + time.perf_counter() - start

    def _results(
        self, notes: list[tuple[str, int]], executor: Executor | None, jobs: int | None
    ) -> Iterator[list[Examined]]:
        if self.plan.store is not None and not self.plan.store.is_shared:
            executor, jobs = None, 1
        if executor is not None and self.plan.store is not None:
            from vaultlint.engine.shuffle import judged_in_parts

            judged = judged_in_parts(executor, self, notes)
            if judged is not None:
                with suppress(BrokenExecutor):  # a note took its workers with it: which one, the other way tells
                    yield from judged
                    self.rules = self.rules.far()
                    return
        if executor is not None:
            from vaultlint.engine.pool import examine_in

            yield from examine_in(executor, self.plan.pickled(), notes, getattr(executor, "_max_workers", 8))
            return
        jobs = start_jobs(len(notes)) if jobs is None else jobs
        if jobs > 1:
            from vaultlint.engine.pool import examine_in, workers

            with workers(jobs) as pool:
                yield from examine_in(pool, self.plan.pickled(), notes, jobs)
            return
        examiner = Examiner(self.plan)
        size = _CHUNK_IN_PROCESS if self.plan.store is None else _CHUNK_OF_STORE
        for start in range(0, len(notes), size):
            yield examiner.examine_all(notes[start : start + size])

    def asked_for(self, path: str) -> bool:
        """Whether the call asked for this note; it need not be there, nor be judged."""
        return self._wanted is None or _asked_for(path, self._wanted)

    def _judged(self) -> Iterator[str]:
        """The notes to judge: asked for, and left out neither by the config nor by the app's own settings."""
        for path in self.files.notes:
            if not self.asked_for(path):
                continue
            if not self.leaves_out(path):
                yield path

    def leaves_out(self, path: str) -> bool:
        """Whether the config or the app's own settings keep a note from being judged."""
        return self.settings.excluded(path) or self.vault_settings.ignores(path)

    def _wanted_of(self, path: str) -> int:
        if path in self.judged:
            return JUDGED
        return GATHERED if self.rules.gathering and not self.leaves_out(path) else FACTS


def _files_of(look: Look, remote: RemoteVault | None, *, alone: bool) -> FileTable:
    """Effect: lists the vault, unless that is done already."""
    if remote is not None:
        return remote.listing.files
    return FileTable(str(look.root)) if alone else look.files


def _no_regular_files(files: FileTable) -> dict[str, NoteReadError]:
    return {path: NoteReadError("unreadable-note", NO_REGULAR_FILE) for path in files.irregular}


def _asked_for(path: str, wanted: set[str]) -> bool:
    if path in wanted or not wanted.isdisjoint(("", ".")):
        return True
    return any(path[:at] in wanted for at, sign in enumerate(path) if sign == "/")


def _with_notes(files: FileTable, texts: Mapping[str, str]) -> FileTable:
    """The files of a vault and notes that need not be on disk."""
    new = [path for path in texts if path not in files.notes]
    if not new:
        return files
    notes, every = sorted({*files.notes, *new}), sorted({*files.files, *new})
    return structs.replace(files, notes=tuple(notes), files=tuple(every))
