"""A worker's part: read notes, parse them, run the note rules, take the facts. In-process it is the same."""

from __future__ import annotations

import pickle
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from vaultlint.engine.digests import digest_of
from vaultlint.engine.edits import has_half_pair
from vaultlint.engine.reader import NoteReader, NoteReadError
from vaultlint.engine.wire import GATHERED, JUDGED, NOWHERE, Examined, Found, encode
from vaultlint.note.model import Position
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.exempt import KINDS, ORDINARY, Exemptions, speaking
from vaultlint.rule.fix import Edit
from vaultlint.vault.column import packed
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.suppressions import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultlint.engine.store_reader import StoreReader
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.rule.fix import Fix
    from vaultlint.rule.kinds import NoteRule, VaultRule
    from vaultlint.rule.registry import RuleSet
    from vaultlint.vault.facts import Facts
    from vaultlint.vault.store import Store


class Plan(Struct, frozen=True):
    """What all chunks of a run need; sent pickled, unpickled once a worker."""

    root: str
    max_note_size: int
    ruleset: RuleSet
    """Before the options: unpickling it runs a vault's own rule files, whose classes the options need."""
    rules: tuple[tuple[str, Any], ...]
    """The name of each note rule that is on, with its options."""
    gathering: tuple[tuple[str, Any], ...]
    """The same for the rules over the whole vault that gather something from notes."""
    context: Context
    originals: dict[str, str] = field(default_factory=dict)
    """As `FileTable.originals`."""
    debug: bool = False
    """Whether to send tracebacks of rules that raise."""
    store: Store | None = None
    """Where the notes are, if not in a folder at `root`."""
    digest: str = ""
    """The algorithm (`sha1`, `sha256`) of the digest of a note's bytes to send; empty: none is needed."""

    def pickled(self) -> bytes:
        """For `work` in another process."""
        return pickle.dumps(self)


def work(plan: bytes, notes: list[tuple[str, int]]) -> bytes:
    """Effect: reads notes. Examine a chunk of notes in a worker: each a path, and how much is wanted of it."""
    return encode(examiner_of(plan).examine_all(notes))


@lru_cache(maxsize=2)
def examiner_of(plan: bytes) -> Examiner:
    """The examiner of a worker, made once a run."""
    # The plan comes from the process that started this worker, over its own pipe.
    return Examiner(pickle.loads(plan))  # noqa: S301


class Examiner:
    """Examines notes by one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._reader = reader_of(plan)
        self._exemptions = Exemptions(plan.context)
        rules: dict[frozenset[str], list[NoteRule]] = {}
        for name, options in plan.rules:
            kind: Any = plan.ruleset.load(name)
            rules.setdefault(kind.needs, []).append(kind(options, plan.context))
        gathering: list[VaultRule] = []
        for name, options in plan.gathering:
            over_all: Any = plan.ruleset.load(name)
            gathering.append(over_all(options, plan.context))
        self._gathering = [speaking(gathering, kind) for kind in KINDS]
        """For each kind of note the rules that speak of it."""
        self._rules = [
            [(needs, spoken) for needs, alike in rules.items() if (spoken := speaking(alike, kind))] for kind in KINDS
        ]
        """The same, by what they need, so that each note is asked once what it has."""

    def examine_all(self, notes: Sequence[tuple[str, int]]) -> list[Examined]:
        """Effect: reads notes. As much of each as is wanted of it."""
        if isinstance(self._reader, NoteReader):
            return [self.examine(path, wanted) for path, wanted in notes]
        wanted_of = dict(notes)
        return [
            not_read(path, read) if isinstance(read, NoteReadError) else self.examine_bytes(path, read, wanted_of[path])
            for path, read in self._reader.read_each(list(wanted_of))
        ]

    def examine(self, path: str, wanted: int) -> Examined:
        """Effect: reads a note. As much of it as is wanted: `FACTS`, `GATHERED` or `JUDGED`."""
        start = perf_counter()
        try:
            data = self._reader.read(path)
        except NoteReadError as error:
            return not_read(path, error)
        return self.examine_bytes(path, data, wanted, start=start)

    def examine_bytes(self, path: str, data: bytes, wanted: int, *, start: float | None = None) -> Examined:
        """The same for bytes that were read since `start`, whatever size they have."""
        start = perf_counter() if start is None else start
        digest = digest_of(data, self._plan.digest) if self._plan.digest else b""
        try:
            text = decode(data)
        except NoteDecodeError as error:
            return Examined(path, found=(no_text(error),), digest=digest)
        note = parse_note(text, path)
        return self.examine_note(note, wanted, digest=digest, read=perf_counter() - start)

    def examine_note(
        self, note: Note, wanted: int = JUDGED, *, digest: bytes = b"", read: float = 0.0, with_facts: bool = True
    ) -> Examined:
        """The same for a note that was read already, in `read` seconds.

        `with_facts`: else of the facts there are none, but in a note where a suppression may stand.
        """
        start = between = perf_counter()
        found: list[Found] = []
        tracebacks: list[str] = []
        facts = None
        kind = ORDINARY
        try:
            facts = facts_of(note) if with_facts or MARK in note.text else None
            kind = self._exemptions.kind_of(note)
        except Exception as error:  # noqa: BLE001  a fault of ours in one note must not end the run
            found.append(Found("rule-crashed", f"vaultlint could not read this note: {describe(error)}"))
            tracebacks += self._trace()
        else:
            between = perf_counter()
            if wanted >= GATHERED and self._gathering[kind] and facts is not None:
                facts = self._gather(note, kind, facts, found, tracebacks)
            if wanted >= JUDGED:
                self._judge(note, kind, found, tracebacks)
        seconds = (read, between - start, perf_counter() - between)
        return Examined(note.path, facts, len(note.text), tuple(found), tuple(tracebacks), digest, seconds, kind)

    def _gather(self, note: Note, kind: int, facts: Facts, found: list[Found], tracebacks: list[str]) -> Facts:
        """The facts with what rules over the whole vault want to know of the note."""
        gathered: list[tuple[str, bytes]] = []
        for rule in self._gathering[kind]:
            try:
                told = rule.gather(note)
                if told is not None:
                    gathered.append((rule.name, packed(told)))
            except (Exception, SystemExit) as error:  # noqa: BLE001  the run goes on without it
                found.append(crash(rule.name, note.path, error))
                tracebacks += self._trace()
        return facts.with_gathered(gathered) if gathered else facts

    def _judge(self, note: Note, kind: int, found: list[Found], tracebacks: list[str]) -> None:
        """Add what the note rules find."""
        for needs, rules in self._rules[kind]:
            try:
                if needs and not _has_one(note, needs):
                    continue
            except Exception as error:  # noqa: BLE001  the run goes on without these rules
                found += [crash(rule.name, note.path, error) for rule in rules]
                tracebacks += self._trace()
                continue
            for rule in rules:
                try:
                    if findings := list(rule.check(note)):
                        found += found_in(rule.name, note, findings)
                except (Exception, SystemExit) as error:  # noqa: BLE001  the run goes on without the rule
                    found.append(crash(rule.name, note.path, error))
                    tracebacks += self._trace()

    def _trace(self) -> tuple[str, ...]:
        if not self._plan.debug:
            return ()
        import traceback

        return (traceback.format_exc(),)


def reader_of(plan: Plan) -> NoteReader | StoreReader:
    """What reads the notes of a run."""
    if plan.store is None:
        return NoteReader(plan.root, plan.max_note_size, plan.originals)
    from vaultlint.engine.store_reader import StoreReader

    return StoreReader(plan.store, plan.max_note_size)


def not_read(path: str, error: NoteReadError) -> Examined:
    """A note that could not be had."""
    return Examined(path, found=(Found(error.rule, error.message),))


def _has_one(note: Note, needs: Iterable[str]) -> bool:
    for name in needs:  # noqa: SIM110  for every note: any() would make a generator each time
        if getattr(note, name):
            return True
    return False


def no_text(error: NoteDecodeError) -> Found:
    """The engine's finding for a note whose bytes are no text."""
    place = Position(error.line, error.column)
    hint = "open it in an editor that knows its encoding, and save it as UTF-8"
    return Found("note-encoding", error.message, NOWHERE, place, place, hint)


def found_in(rule: str, note: Note, findings: Iterable[Finding]) -> list[Found]:
    """A rule's findings in one note, hints and fixes worked out.

    Raises `ValueError` for a finding outside the note.
    """
    result: list[Found] = []
    length = len(note.text)
    for finding in findings:
        span = finding.span
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"a finding at {span.start}-{span.end} lies outside the note")
        if finding.path is not None and finding.path != note.path:
            raise ValueError(f"a finding in another note, '{finding.path}'")
        position = note.source.position
        hint = finding.hint() if callable(finding.hint) else finding.hint
        fix = finding.fix() if callable(finding.fix) else finding.fix
        if fix is not None and holds_half_pair(fix):
            fix = None
        result.append(
            Found(
                rule,
                finding.message,
                span,
                position(span.start),
                position(span.end),
                hint,
                fix,
                finding.related,
                finding.severity,
            )
        )
    return result


def holds_half_pair(fix: Fix) -> bool:
    """Whether no note can hold what a fix writes; on its way out of a worker it would become something else."""
    return any(isinstance(change, Edit) and has_half_pair(change.text) for change in fix.changes)


def crash(rule: str, path: str, error: BaseException) -> Found:
    """The engine's finding for a rule that raised."""
    where = f" over '{path}'" if path else ""
    return Found("rule-crashed", f"the rule '{rule}' failed{where}: {describe(error)}", hint=_CRASH_HINT)


def describe(error: BaseException) -> str:
    """An exception in one line: its type and what it says."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


_CRASH_HINT = "a fault of the rule, not of the note; --debug shows the traceback, and a config can switch it off"
