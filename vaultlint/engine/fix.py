"""Fixing a vault: rounds of fixes to a fixed point, each proved, and what is proved written."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from msgspec import structs

from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.engine.digests import digest_of
from vaultlint.engine.edits import Chosen, Proposal, apply_edits, makes_a_difference, proposal_of, well_formed
from vaultlint.engine.journal import Journal
from vaultlint.engine.judge import engine_diagnostic, in_order
from vaultlint.engine.led_astray import has_moved, led_astray
from vaultlint.engine.proving import Provers, Task, groups_of, made
from vaultlint.engine.reader import NoteReader, NoteReadError
from vaultlint.engine.transaction import Change, clear_up, recover, transact
from vaultlint.engine.values import ChangedNote, FixResult
from vaultlint.engine.visiting import ROUNDS, by_themselves, visit_all
from vaultlint.engine.wire import FACTS
from vaultlint.engine.work import Examiner
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.fix import Applicability
from vaultlint.rule.meta import FIX_REFUSED, FIX_UNSETTLED, NOTE_CHANGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor

    from vaultlint.config.settings import Settings
    from vaultlint.engine.known import Known
    from vaultlint.engine.visiting import Visited
    from vaultlint.engine.wire import Examined
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.fix import Edit
    from vaultlint.vault.facts import Facts
    from vaultlint.vault.index import Index

_TRIED = 16
"""How many fixes of a rule are tried one by one in a note to find the one that is refused."""


def fix_vault(
    settings: Settings,
    *,
    paths: Iterable[str] | None = None,
    at_least: Applicability = Applicability.SAFE,
    write: bool = True,
    executor: Executor | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
    debug: bool = False,
    known: Known | None = None,
    kind: str = "fix",
) -> FixResult:
    """Effect: changes notes, unless `write` is false. Apply every fix that may be trusted `at_least` so far.

    Only notes that are judged change (see `check_vault` for `paths` and the rest). Old bytes go to the journal in
    the user's state folder first; raises `JournalError` where they can't, and `LockedError` where another vaultlint
    changes this vault, and then nothing is written. What is `known` is left as it is. `kind` is what the journal calls
    the run.
    """
    if write:
        clear_up(settings.root)  # early: who can't write need not read
    with no_gc():
        run = VaultRun(settings, paths, debug=debug, digest="sha1", known=known)
        visited = None
        if known is None and by_themselves(run):
            visited = visit_all(run, at_least, executor, jobs, progress)
        if visited is None:
            run.examine(executor, jobs, progress)
        with ExitStack() as stack:
            provers = Provers(run.plan, stack, executor, jobs)
            return fix_run(run, at_least, write=write, provers=provers, kind=kind, visited=visited)


def fix_run(
    run: VaultRun,
    at_least: Applicability,
    *,
    write: bool,
    provers: Provers | None = None,
    kind: str = "fix",
    visited: Iterable[Visited] | None = None,
) -> FixResult:
    """Effect: changes notes if `write`. Fix what was examined, or `visited`.

    `provers` help where there is much to prove.
    """
    fixer = Fixer(run, at_least, provers)
    if visited is not None:
        fixer.take_in(visited)
    diagnostics = fixer.settle()
    kept = None
    if write and fixer.changed():
        with run.timed("write"):
            kept, failed = fixer.write(kind)
        if failed:
            fixer.take_back(failed)
            diagnostics = run.judge()
    changed = fixer.changed()
    report = run.report(in_order((*diagnostics, *fixer.remarks())), fixer.fixed)
    return FixResult(report, changed, fixer.fixed, kept, fixer.proofs(changed))


class Fixer:
    """Fixes the notes of one run in memory, then writes them."""

    def __init__(self, run: VaultRun, at_least: Applicability, provers: Provers | None = None) -> None:
        self.applied: list[Proposal] = []
        self._run = run
        self._at_least = at_least
        self._provers = provers
        self._seen: dict[str, tuple[str, Examined]] = {}
        """Notes as provers saw them: text, and what a check says to it."""
        self._examiner = Examiner(run.plan)
        self._reader = NoteReader(run.files.root, run.settings.max_note_size, run.files.originals)
        self._before: dict[str, str] = {}
        """The notes that may change, as they were read."""
        self._texts = run.texts
        """The same as they are now: the run sees what was changed."""
        self._as_read: dict[str, Examined] = {}
        self._proof: dict[str, float] = {}
        """Note -> the seconds that its proofs took."""
        self._left_alone: set[str] = set()
        self._left_out: set[tuple[str, str]] = set()
        """Notes and rules whose tentative fixes failed their proof there, as the notes are now."""
        self._waiting: set[tuple[str, str]] = set()
        """Notes and rules whose fixes are right, but not together with another's: they come when that one is made."""
        self._kept: dict[str, tuple[str, list[Edit], Note]] = {}
        """What was proved of notes in vain, since another failed: text before, edits, and the note with them."""
        self._remarks: dict[tuple[str, str], Diagnostic] = {}
        self._visited: dict[str, int] = {}
        """Notes that were fixed by themselves -> how many findings were mended there."""
        self._settled: set[str] = set()
        """Notes in which a visit left nothing to fix: they are not looked at again."""
        self._knows_all = True
        """Whether the run has the facts of every note."""

    @property
    def fixed(self) -> int:
        """How many findings were mended."""
        return len(self.applied) + sum(self._visited.values())

    def take_in(self, visited: Iterable[Visited]) -> None:
        """Take over what came of visits to all notes that are judged."""
        self._knows_all = False
        for one in visited:
            path = one.examined.path
            if one.settled:
                self._settled.add(path)
            if one.before != one.after:
                self._before[path], self._texts[path] = one.before, one.after
                self._visited[path], self._proof[path] = one.fixes, one.seconds

    def settle(self) -> tuple[Diagnostic, ...]:
        """Fix until nothing is left to fix; what is then wrong.

        A note whose fixes don't settle, or change what they must not, is left alone, and all begins again
        without it: no other note may rest on a fix that was taken back.
        """
        first = self._run.judge()
        while True:
            diagnostics = self._rounds(first)
            if diagnostics is not None:
                return diagnostics
            self.take_back(self._as_read)

    def changed(self) -> tuple[ChangedNote, ...]:
        """The notes whose text is another than was read."""
        paths = (path for path in sorted(self._before) if self._texts[path] != self._before[path])
        return tuple(ChangedNote(path, self._before[path], self._texts[path]) for path in paths)

    def remarks(self) -> tuple[Diagnostic, ...]:
        """What the engine has to say of notes and fixes that it left alone."""
        return tuple(self._remarks.values())

    def take_back(self, paths: Iterable[str]) -> None:
        """Make notes again what they were when they were read."""
        undone = {path for path in paths if path in self._as_read or path in self._visited}
        for path in undone:
            self._texts[path] = self._before[path]
        self._run.renew({path: self._was(path) for path in undone})
        self.applied = [one for one in self.applied if undone.isdisjoint(one.paths)]

    def _was(self, path: str) -> Examined:
        """A note that is taken back, as a check saw it when it was read."""
        as_read = self._as_read.pop(path, None)
        if self._visited.pop(path, None) is None and as_read is not None:
            return as_read
        return self._examiner.examine_note(parse_note(self._before[path], path))

    def put(self, notes: Mapping[str, Note]) -> None:
        """Let these notes, which were loaded, be as they are here, and the run know it."""
        for path, note in notes.items():
            self._as_read.setdefault(path, self._run.examined[path])
            self._texts[path] = note.text
        with self._run.timed("notes"):
            examined = {path: self._examine(note) for path, note in notes.items()}
        self._run.renew(examined)

    def _examine(self, note: Note) -> Examined:
        text, examined = self._seen.pop(note.path, ("", None))
        return examined if examined is not None and text == note.text else self._examiner.examine_note(note)

    def proofs(self, changed: Iterable[ChangedNote]) -> dict[str, float]:
        """What the proof of these notes took, in seconds."""
        return {note.path: self._proof[note.path] for note in changed}

    @contextmanager
    def proving(self, path: str) -> Iterator[None]:
        """Add the time that a proof takes to what this note has cost."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._proof[path] = self._proof.get(path, 0.0) + time.perf_counter() - start

    def write(self, kind: str) -> tuple[str | None, set[str]]:
        """Effect: changes files. Write what changed; the run's id in the journal, and the notes not written.

        Notes that one fix changed together are written together or not at all. The id is `None` where none was.
        """
        changes = {note.path: Change(note.path, note.before.encode(), note.after.encode()) for note in self.changed()}
        groups = [[changes[path] for path in group] for group in _together(changes, self.applied)]
        journal = Journal.of(self._run.files.root)
        with journal.locked():
            recover(journal)
            work = transact(journal, groups, self._run.files.originals, kind=kind)
        failed = set(work.left)
        for trouble in work.troubles:
            said = (
                "a fix over several notes could not be taken back here"
                if trouble.put_back
                else "the note was not fixed"
            )
            self._remark(NOTE_CHANGED, trouble.path, f"{said}: {trouble.message}")
            failed.add(trouble.path)
        return work.run.plan.id if len(work.left) < len(changes) else None, failed

    def _rounds(self, diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...] | None:
        """What is left after the last round; `None` where a note had to be left alone."""
        earlier: list[Proposal] = []
        for _ in range(ROUNDS):
            provable = self._provable(diagnostics)
            if provable is None:
                return None
            chosen, notes = provable
            if not chosen.proposals:
                return diagnostics
            before = self._run.index
            self.put(notes)
            if self._leads_astray(before, chosen):
                return None
            self._left_out = {each for each in self._left_out if each[0] not in notes}
            self._waiting = {each for each in self._waiting if each[0] not in notes}
            self.applied += chosen.proposals
            earlier = chosen.proposals
            diagnostics = self._run.judge()
        chosen = self._choose(diagnostics)
        if not chosen.proposals:
            return diagnostics
        for path, proposals in chosen.by_path().items():
            fighting = {one.rule for one in proposals} | {one.rule for one in earlier if path in one.paths}
            rules = " and ".join(f"'{rule}'" for rule in sorted(fighting))
            message = f"the fixes of {rules} did not come to an end in {ROUNDS} rounds; the note is left as it was"
            self._leave_alone(FIX_UNSETTLED, path, message)
        return None

    def _provable(self, diagnostics: tuple[Diagnostic, ...]) -> tuple[Chosen, dict[str, Note]] | None:
        """What can be applied now, and the notes as that makes them; `None` where a note had to be left alone."""
        while True:
            chosen = self._choose(diagnostics)
            left_alone = len(self._left_alone)
            with self._run.timed("prove"):
                notes = self._proved(chosen)
            if len(self._left_alone) > left_alone:
                return None
            if len(notes) == len(chosen.by_path()):  # else some are left out or wait, and the rest is tried
                self._kept.clear()
                return chosen, notes

    def _choose(self, diagnostics: Iterable[Diagnostic]) -> Chosen:
        """The fixes that can be applied now, in order; what is in their way comes next round."""
        chosen = Chosen()
        for diagnostic in diagnostics:
            if diagnostic.fixable(self._at_least):
                proposal = proposal_of(diagnostic)
                if proposal is not None and self._may_apply(proposal):
                    chosen.add(proposal)
        return chosen

    def _may_apply(self, proposal: Proposal) -> bool:
        paths = proposal.paths
        if not paths <= self._run.judged.keys():
            return False
        if not (paths.isdisjoint(self._left_alone) and paths.isdisjoint(self._settled)):
            return False
        if proposal.fix.tentative and any((path, proposal.rule) in self._left_out for path in paths):
            return False
        if any((path, proposal.rule) in self._waiting for path in paths):
            return False
        if not all(self.load(path) for path in paths):
            return False
        if not well_formed(proposal.edits, {path: len(self._texts[path]) for path in paths}):
            message = f"the fix of '{proposal.rule}' has edits that overlap, lie outside or are no text"
            self._remark(FIX_REFUSED, proposal.diagnostic.path, message)
            return False
        return makes_a_difference(proposal.edits, self._texts)

    def load(self, path: str) -> bool:
        """Effect: reads a note. Have its text at hand; whether it is the one that was examined."""
        if path in self._before:
            return True
        text = self._texts.get(path)
        if text is None:
            try:
                data = self._reader.read(path)
                text = decode(data)
            except (NoteReadError, NoteDecodeError) as error:
                self._leave_alone(NOTE_CHANGED, path, f"the note was not fixed: {error.message}")
                return False
            if digest_of(data, self._run.plan.digest) != self._run.examined[path].digest:
                message = "the note was not fixed: it was changed by another program meanwhile"
                self._leave_alone(NOTE_CHANGED, path, message)
                return False
        self._before[path] = self._texts[path] = text
        return True

    def _proved(self, chosen: Chosen) -> dict[str, Note]:
        """The notes as the chosen fixes make them, but for those where one of them changes what it must not."""
        notes: dict[str, Note] = {}
        by_path = chosen.by_path()
        self._prove_ahead(chosen, by_path)
        for path, proposals in by_path.items():
            edits, text = chosen.edits(path), self._texts[path]
            kept = self._kept.get(path)
            if kept is not None and kept[:2] == (text, edits):
                notes[path] = kept[2]
                continue
            before = parse_note(text, path)
            with self.proving(path):
                after, wrong = _try(before, proposals, self._leads_to(path))
            if wrong is None:
                notes[path] = after
                self._kept[path] = text, edits, after
            elif doubtful := self._doubtful(before, proposals):
                self._left_out |= doubtful  # first, for they may be what makes others fail
            elif not self._take_turns(before, proposals):
                self._refuse(before, proposals, wrong)
        return notes

    def _doubtful(self, before: Note, proposals: list[Proposal]) -> set[tuple[str, str]]:
        """Which tentative fixes of a note to leave out: those of the rules that fail alone, or all if none does."""
        by_rule = _by_rule([one for one in proposals if one.fix.tentative])
        if len(by_rule) < 2:
            return {(before.path, rule) for rule in by_rule}
        with self.proving(before.path):
            failing = [rule for rule, own in by_rule.items() if self._wrong(before, own)]
        return {(before.path, rule) for rule in failing or by_rule}

    def _prove_ahead(self, chosen: Chosen, by_path: Mapping[str, list[Proposal]]) -> None:
        """Have provers look at the notes; what they find in order need not be proved here."""
        if self._provers is None:
            return
        tasks = [
            Task(path, self._texts[path], groups_of(path, proposals))
            for path, proposals in by_path.items()
            if (kept := self._kept.get(path)) is None or kept[:2] != (self._texts[path], chosen.edits(path))
        ]
        for path, proved in self._provers.prove(tasks).items():
            self._proof[path] = self._proof.get(path, 0.0) + proved.seconds
            if proved.examined is not None:
                text, edits = self._texts[path], chosen.edits(path)
                after = parse_note(apply_edits(text, edits), path)
                self._kept[path] = text, edits, after
                self._seen[path] = after.text, proved.examined

    def _take_turns(self, before: Note, proposals: list[Proposal]) -> bool:
        """Let the fixes of all rules but the first wait, if those of each rule by itself are right.

        Two rules may add the same property, each in a place of its own.
        """
        by_rule = _by_rule(proposals)
        with self.proving(before.path):
            if len(by_rule) < 2 or any(self._wrong(before, own) for own in by_rule.values()):
                return False
        self._waiting |= {(before.path, rule) for rule in list(by_rule)[1:]}
        return True

    def _refuse(self, before: Note, proposals: list[Proposal], wrong: str) -> None:
        """Leave a note alone, and say whose fixes are at fault: those that fail without the others', if any do."""
        by_rule = _by_rule(proposals)
        with self.proving(before.path):
            guilty = {rule: said for rule, own in sorted(by_rule.items()) if (said := self._wrong(before, own))}
            for rule, said in (guilty or dict.fromkeys(by_rule, wrong)).items():
                message = f"the fix of '{rule}' {said}{self._place(before, by_rule[rule])}; the note is left as it was"
                self._leave_alone(FIX_REFUSED, before.path, message)

    def _wrong(self, before: Note, proposals: list[Proposal]) -> str | None:
        return _try(before, proposals, self._leads_to(before.path))[1]

    def _place(self, before: Note, proposals: list[Proposal]) -> str:
        """Where the first of a rule's fixes stands that is refused by itself; nothing, where that takes too long."""
        for proposal in proposals[:_TRIED]:
            if self._wrong(before, [proposal]) is not None:
                edit = min(edit for edit in proposal.edits if edit.path == before.path)
                return f" (line {before.source.line_of(edit.span.start)})"
        return ""

    def _leads_astray(self, before: Index, chosen: Chosen) -> bool:
        """Whether a link leads into a note that changed, and no longer to the same place: the note is left alone."""
        changed = chosen.by_path()
        with self._run.timed("prove"):
            moved = [path for path in changed if has_moved(before, self._run.index, path)]
            if moved and not self._knows_all:
                before = before.with_facts(self._know_all())
            astray = list(led_astray(before, self._run.index, moved))
        for path, source, link in astray:
            for rule in sorted({one.rule for one in changed[path]}):
                message = f"the fix of '{rule}' would also have led links astray, such as '{link.target}' in {source}"
                self._leave_alone(FIX_REFUSED, path, f"{message}; the note is left as it was")
        return bool(astray)

    def _know_all(self) -> dict[str, Facts]:
        """Effect: reads notes. Let the run have the facts of those, too, that nothing was asked of so far."""
        found: dict[str, Examined] = {}
        for path in self._run.files.notes:
            known = self._run.examined.get(path)
            if (known is None or known.facts is None) and path not in self._run.files.irregular:
                text = self._texts.get(path)
                if text is None:
                    facts = self._examiner.examine(path, FACTS)
                else:
                    facts = self._examiner.examine_note(parse_note(text, path), FACTS)
                found[path] = facts if known is None else structs.replace(known, facts=facts.facts)
        self._run.renew(found)
        self._knows_all = True
        return {path: note.facts for path, note in found.items() if note.facts is not None}

    def _leads_to(self, source: str) -> Callable[[str], str]:
        """What a link's path in this note stands for: the file that it leads to, or itself where there is none."""
        find = self._run.index.resolver.find
        return lambda path: find(path, source).path or path

    def _leave_alone(self, rule: str, path: str, message: str) -> None:
        self._left_alone.add(path)
        self._remark(rule, path, message)

    def _remark(self, rule: str, path: str, message: str) -> None:
        """Say something of a note, once however many rounds there are."""
        diagnostic = engine_diagnostic(self._run.settings, rule, path, message)
        if diagnostic is not None:
            self._remarks.setdefault((path, message), diagnostic)


def prove(before: Note, proposal: Proposal, leads_to: Callable[[str], str] = str) -> str | None:
    """Why one fix, applied by itself, is not to be made in a note, as `refusal` puts it; `None`: it may be."""
    return _try(before, [proposal], leads_to)[1]


def _try(before: Note, proposals: Iterable[Proposal], leads_to: Callable[[str], str]) -> tuple[Note, str | None]:
    """The note with the fixes made, and what is wrong with them."""
    return made(before, groups_of(before.path, proposals), leads_to)


def _by_rule(proposals: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    """The proposals of each rule, in order."""
    by_rule: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        by_rule.setdefault(proposal.rule, []).append(proposal)
    return by_rule


def _together(paths: Iterable[str], proposals: Iterable[Proposal]) -> list[list[str]]:
    """The notes in groups: those that one fix changed stand in one."""
    groups = {path: [path] for path in paths}
    for proposal in proposals:
        joined = sorted({member for path in proposal.paths & groups.keys() for member in groups[path]})
        groups.update(dict.fromkeys(joined, joined))
    return [group for path, group in sorted(groups.items()) if path == group[0]]
