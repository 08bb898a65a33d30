"""Link rules judged where the notes were read, part by part: no machine holds the links of the whole vault.

A part is a run of notes in order of path, examined by one worker (`work`) and kept there. Then:

1. `ask`: each part resolves its links, and asks the parts of their targets about those that name a heading or block;
   of names that no file has it asks all parts who has them as an alias;
2. `answer`: each part sends those that ask the outlines of the notes in question, and who has the aliases;
3. `judge_part`: each part has all that its links hang on, its link rules speak, and what is left is sent to the driver.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec import Struct
from msgspec.msgpack import Decoder

from vaultlint.engine.judge import Judgement, Rules
from vaultlint.engine.wire import JUDGED, Examined, Found, Unpacker, encode
from vaultlint.engine.work import holds_half_pair, work
from vaultlint.vault.column import packed
from vaultlint.vault.facts import Facts, LinkFact
from vaultlint.vault.index import Index
from vaultlint.vault.names import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from vaultlint.config.settings import Settings
    from vaultlint.engine.check import VaultRun
    from vaultlint.engine.pool import Chunk
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.settings import VaultSettings

_PARTS_PER_THREAD = 4
_SMALLEST_PART = 500
_MOST_PARTS = 200
"""Each part asks each: the scheduler has twice the square of this to do."""


class LinkPlan(Struct, frozen=True):
    """What all parts need to judge links; sent once to each worker."""

    settings: Settings
    context: Context
    vault_settings: VaultSettings
    files: FileTable
    firsts: tuple[str, ...]
    """The first note of each part, in order."""
    whole_facts: bool
    """Whether the driver needs all facts, for rules over the whole vault; else it gets those of suppressions alone."""

    def part_of(self, path: str) -> int:
        """The part of a note."""
        return max(bisect_right(self.firsts, path) - 1, 0)


class _Asked(Struct, frozen=True, array_like=True):
    """What one part asks another."""

    links: tuple[tuple[str, str, LinkFact], ...] = ()
    """Links to headings and blocks of the other's notes: source, target and link."""
    names: tuple[str, ...] = ()
    """Keys of names that no file has."""


class Cluster(Protocol):
    """What keeps results where they were made. What was sent or spread stands for its value among arguments."""

    def spread(self, value: bytes) -> Any:
        """Effect: gives a value to every worker."""

    def send(self, fn: Callable[..., Any], /, *arguments: Any) -> Any:
        """Effect: has a function called somewhere."""

    def fetch(self, sent: Iterable[Any]) -> Iterator[Any]:
        """Effect: waits. The results of calls, each as it comes."""


def judged_in_parts(executor: Executor, run: VaultRun, notes: Chunk) -> Iterator[list[Examined]] | None:
    """Effect: reads notes. Examine and judge them part by part, link rules included; in any order of parts.

    `None` where that does not serve: the executor keeps nothing, there is no link rule that sees only what is near a
    link, the vault has a history, which the driver alone can ask, or is small.
    """
    from vaultlint.engine.cluster import DaskExecutor

    cut = _cut(notes, executor.threads) if isinstance(executor, DaskExecutor) and executor.keeps else []
    near = run.rules.near()
    if not isinstance(executor, DaskExecutor) or len(cut) < 2 or not (near.link or near.fault):
        return None
    return shuffled(executor, run.plan.pickled(), link_plan(run, cut), cut)


def link_plan(run: VaultRun, parts: Sequence[Chunk]) -> LinkPlan:
    """What the parts of a run need."""
    near = run.rules.near()
    every = len(near.link + near.fault) == len(run.rules.link + run.rules.fault)
    return LinkPlan(
        settings=run.settings,
        context=run.context,
        vault_settings=run.vault_settings,
        files=run.files,
        firsts=tuple(part[0][0] for part in parts),
        whole_facts=bool(run.rules.vault) or not every,
    )


def shuffled(cluster: Cluster, plan: bytes, links: LinkPlan, parts: Sequence[Chunk]) -> Iterator[list[Examined]]:
    """Effect: reads notes. The three steps, for these parts."""
    unpack = Unpacker()
    spread = cluster.spread(pickle.dumps(links))
    examined = [cluster.send(work, plan, part) for part in parts]
    asked = [cluster.send(ask, spread, place, part) for place, part in enumerate(examined)]
    asked_of = [[cluster.send(_pick, each, place) for each in asked] for place in range(len(parts))]
    answers = [cluster.send(answer, part, of) for part, of in zip(examined, asked_of, strict=True)]
    judged = [
        cluster.send(
            judge_part,
            spread,
            examined[place],
            frozenset(path for path, wanted in part if wanted >= JUDGED),
            asked_of[place],
            [cluster.send(_pick, each, place) for each in answers],
        )
        for place, part in enumerate(parts)
    ]
    del spread, examined, asked, asked_of, answers  # what nobody waits for need not be kept
    for data in cluster.fetch(judged):
        yield unpack(data)


def _cut(notes: Chunk, threads: int) -> list[Chunk]:
    """The notes in parts of one size."""
    count = min(_MOST_PARTS, _PARTS_PER_THREAD * threads, len(notes) // _SMALLEST_PART)
    size = -(-len(notes) // max(count, 1))
    return [notes[at : at + size] for at in range(0, len(notes), size)] if count > 1 else []


def ask(links: bytes, place: int, part: bytes) -> list[bytes]:
    """What the part at a `place` asks each part, itself left out."""
    plan, base, _ = _known(links)
    find = base.resolver.find
    to_ask: dict[int, list[tuple[str, str, LinkFact]]] = {}
    names: set[str] = set()
    for facts in _facts_in(part):
        named = facts.links if any(len(target) > 1 for target in facts.targets) else ()
        for path, *_ in facts.targets:
            if find(path, facts.path).missing:
                names.add(name_key(path))
        for link in named:
            found = find(link.path, facts.path)
            if link.subpath and found.path is not None and found.is_note:
                other = plan.part_of(found.path)
                if other != place:
                    to_ask.setdefault(other, []).append((facts.path, found.path, link))
    wanted = tuple(sorted(names))
    return [
        packed(_Asked(tuple(to_ask.get(other, ())), wanted)) if other != place else b""
        for other in range(len(plan.firsts))
    ]


def answer(part: bytes, asked: Sequence[bytes]) -> list[bytes]:
    """What a part tells each part that asks: outlines of notes to which their links lead, and aliases."""
    facts_of = {facts.path: facts for facts in _facts_in(part)}
    holders: dict[str, set[str]] = {}
    for facts in facts_of.values():
        for alias in facts.aliases:
            holders.setdefault(name_key(alias.text), set()).add(facts.path)
    told = []
    for data in asked:
        question = _asked(data)
        paths = {target for _, target, _ in question.links}.union(*(holders.get(name, ()) for name in question.names))
        told.append(packed([facts_of[path].only(*_OUTLINE) for path in sorted(paths & facts_of.keys())]))
    return told


def judge_part(
    links: bytes, part: bytes, judged: frozenset[str], asked: Sequence[bytes], answers: Sequence[bytes]
) -> bytes:
    """A part with what link rules find in its `judged` notes, facts that nobody needs any more left out."""
    plan, base, rules = _known(links)
    notes = {note.path: note for note in Unpacker()(part)}
    facts = _together(answers, asked) | {path: note.facts for path, note in notes.items() if note.facts is not None}
    here = dict.fromkeys(path for path in notes if path in judged)
    judgement, index = Judgement(plan.settings, rules, notes, here), base.with_facts(facts)
    for path in here:
        found = tuple(map(_found, judgement.of_links(path, index)))
        notes[path].found += found
    if not plan.whole_facts:
        for note in notes.values():
            if note.facts is not None:
                note.facts = note.facts.only(Facts.suppressions) if note.facts.has(Facts.suppressions) else None
    return encode(list(notes.values()))


_OUTLINE = (Facts.headings, Facts.blocks, Facts.doubtful_blocks, Facts.aliases)


class _Known(NamedTuple):
    """What a worker makes of a plan, once."""

    plan: LinkPlan
    base: Index
    rules: Rules


@lru_cache(maxsize=2)
def _known(links: bytes) -> _Known:
    # The plan comes from the driver of the cluster, as the worker's own code does.
    plan: LinkPlan = pickle.loads(links)  # noqa: S301
    return _Known(plan, Index(plan.files, {}, plan.vault_settings), Rules(plan.settings, plan.context).near())


def _pick(values: Sequence[bytes], place: int) -> bytes:
    return values[place]


def _facts_in(part: bytes) -> Iterator[Facts]:
    return (note.facts for note in Unpacker()(part) if note.facts is not None)


def _asked(data: bytes) -> _Asked:
    return _ASKED.decode(data) if data else _Asked()


_ASKED = Decoder(_Asked)
_FACTS = Decoder(list[Facts])


def _together(answers: Iterable[bytes], asked: Iterable[bytes]) -> dict[str, Facts]:
    """What a part knows of notes elsewhere: their outlines, and which links of theirs lead here."""
    facts = {each.path: each for data in answers if data for each in _FACTS.decode(data)}
    links: dict[str, list[LinkFact]] = {}
    for data in asked:
        for source, _, link in _asked(data).links:
            links.setdefault(source, []).append(link)
    for source, leading in links.items():
        told = Facts.of(source, links=leading)
        facts[source] = facts[source].with_links_of(told) if source in facts else told
    return facts


def _found(diagnostic: Diagnostic) -> Found:
    """A finding for the way to the driver, hint and fix worked out."""
    fix = diagnostic.fix
    return Found(
        diagnostic.rule,
        diagnostic.message,
        diagnostic.span,
        diagnostic.position,
        diagnostic.end,
        diagnostic.hint,
        None if fix is None or holds_half_pair(fix) else fix,
        diagnostic.related,
        diagnostic.severity,
    )
