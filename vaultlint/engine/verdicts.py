"""Verdicts of rules that look beyond one note, kept until something changes that they depend on.

The unit of link rules, and of vault rules that judge note by note, is a note: one verdict holds all that they found in
it. The unit of any other vault rule is the whole vault. Beside what was found, a verdict says which questions its rules
asked of the index (`vault/reads.py`); hints and fixes are worked out at once, so what these need is among them. It
holds as long as none of the questions has another answer, its own note (if it is of one) is the same, the names in
the links of that note find the same files (`tables.link_names_in`), and settings and rules are the same.

A verdict is a plain value that msgspec can encode. To go on with verdicts from elsewhere (a file, say), give them to
`Verdicts`, have `judge_again` make anew what does not hold since, and `judge` what is missing: `reads.changes` tells
what has changed from the facts that the notes had when the verdicts were made, and those that they have now.

No rule need declare anything: what it can know, it has from the index. One that asks for everything is asked again
after each change.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field

from vaultlint.engine.wire import Found
from vaultlint.vault.reads import TEXT
from vaultlint.vault.traced import TracedIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from vaultlint.engine.judge import Judgement
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.kinds import VaultRule
    from vaultlint.vault.index import Index
    from vaultlint.vault.reads import Read


class Verdict(Struct, frozen=True, array_like=True):
    """What was found by one look at the vault, and what that depends on."""

    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    """Note -> what is wrong there, each with its severity."""
    reads: tuple[tuple[str, str], ...] = ()
    """The questions that were asked of the index, sorted."""
    tracebacks: tuple[str, ...] = ()
    """Of rules that raised; empty unless asked for."""


NOTHING = Verdict()


class Verdicts:
    """The verdicts on one vault."""

    def __init__(
        self, of_notes: Mapping[str, Verdict] | None = None, of_vault: Mapping[str, Verdict] | None = None
    ) -> None:
        """Those that are known already."""
        self.of_notes: dict[str, Verdict] = {}
        """Note -> the verdict on it, but for what note rules find."""
        self.of_vault: dict[str, Verdict] = dict(of_vault or {})
        """Vault rule -> its verdict."""
        self._readers: dict[Read, set[str]] = {}
        """Question -> the notes on which the verdicts depend on it."""
        for path, verdict in (of_notes or {}).items():
            self._put(path, verdict)

    def judge(self, judgement: Judgement, rules: Sequence[VaultRule], index: Index, judged: Collection[str]) -> None:
        """Make what is not there yet: of all notes that are `judged`, and of all vault rules."""
        self._judge_notes([path for path in judged if path not in self.of_notes], judgement, rules, index)
        over_vault = [rule for rule in rules if not rule.by_note]
        self._judge_vault([rule for rule in over_vault if rule.name not in self.of_vault], judgement, index)

    def judge_again(
        self,
        judgement: Judgement,
        rules: Sequence[VaultRule],
        index: Index,
        notes: Collection[str],
        changed: Collection[Read],
    ) -> set[str]:
        """Make anew what does not hold since `notes` changed, and with them the answers to the questions `changed`.

        The notes in which something else is found now.
        """
        stale = {path for path in notes if path in self.of_notes}
        for read in changed:
            stale |= self._readers.get(read, set())
        asked = frozenset(changed)
        over_vault = [
            rule for rule in rules if not rule.by_note and not asked.isdisjoint(self.of_vault[rule.name].reads)
        ]
        touched = self._judge_notes(sorted(stale), judgement, rules, index)
        return touched | self._judge_vault(over_vault, judgement, index)

    def forget(self, path: str) -> None:
        """A note is no more."""
        self._put(path, NOTHING)
        self.of_notes.pop(path)

    def found(self, path: str) -> Iterator[Diagnostic]:
        """What is wrong in one note by all verdicts; in `.`, which is none, that rules failed over the whole vault."""
        for verdict in (self.of_notes.get(path, NOTHING), *self.of_vault.values()):
            for one in verdict.found.get(path, ()):
                if one.severity is not None:
                    yield one.diagnostic(path, one.severity)

    @property
    def tracebacks(self) -> list[str]:
        """Those of all verdicts."""
        verdicts = (*self.of_notes.values(), *self.of_vault.values())
        return [one for verdict in verdicts for one in verdict.tracebacks]

    def _judge_notes(
        self, paths: Iterable[str], judgement: Judgement, rules: Iterable[VaultRule], index: Index
    ) -> set[str]:
        traced, touched = TracedIndex(index), set[str]()
        by_note = [rule for rule in rules if rule.by_note]
        for path in paths:
            verdict = _verdict(judgement, traced, partial(_of_note, path, judgement, by_note, traced))
            if verdict.found != self._put(path, verdict).found:
                touched.add(path)
        return touched

    def _judge_vault(self, rules: Iterable[VaultRule], judgement: Judgement, index: Index) -> set[str]:
        traced, touched = TracedIndex(index), set[str]()
        for rule in rules:
            verdict = _verdict(judgement, traced, partial(judgement.of_vault, rule, traced))
            before, now = self.of_vault.get(rule.name, NOTHING).found, verdict.found
            touched |= {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
            self.of_vault[rule.name] = verdict
        return touched

    def _put(self, path: str, verdict: Verdict) -> Verdict:
        """Keep the verdict on a note; the one before."""
        before = self.of_notes.get(path, NOTHING)
        for read in before.reads:
            self._readers[read].discard(path)
        for read in verdict.reads:
            self._readers.setdefault(read, set()).add(path)
        self.of_notes[path] = verdict
        return before


def _of_note(path: str, judgement: Judgement, rules: Iterable[VaultRule], index: Index) -> list[Diagnostic]:
    found = judgement.of_links(path, index)
    if path in index.facts:
        for rule in rules:
            found += judgement.of_vault_in(path, rule, index)
    return found


def _verdict(judgement: Judgement, traced: TracedIndex, judge: Callable[[], list[Diagnostic]]) -> Verdict:
    traced.reads, judgement.spoken_of = set(), set()
    told = len(judgement.tracebacks)
    found: dict[str, list[Found]] = {}
    for one in judge():
        found.setdefault(one.path, []).append(_worked_out(one))
    tracebacks = tuple(judgement.tracebacks[told:])
    del judgement.tracebacks[told:]
    # Which line a finding is in, and whether a note is a template, the note tells and not the index.
    traced.reads |= {(TEXT, path) for path in judgement.spoken_of}
    if not found and not traced.reads and not tracebacks:
        return NOTHING  # so most notes
    return Verdict({path: tuple(of) for path, of in found.items()}, tuple(sorted(traced.reads)), tracebacks)


def _worked_out(one: Diagnostic) -> Found:
    return Found(one.rule, one.message, one.span, one.position, one.end, one.hint, one.fix, one.related, one.severity)
