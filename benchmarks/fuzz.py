"""Mutates real notes and holds vaultlint to its laws: nothing raises, hangs, is refused, or is mended twice.

    python benchmarks/fuzz.py [VAULT ...] [--seconds 60] [--count N] [--seed 1] [--jobs 2] [--batch NUMBER]

Without a VAULT, notes come from the archives of the shared test data (VAULTLINT_SHARED). A batch is a small vault
of mutated notes, drawn by the seed and its own number alone, so that `--batch` runs one again. Each note is read
whole (`check_reading`), and by the second reader, each batch is checked with every rule on and options drawn, and
fixed, safely or not, twice.
A fix may be refused only in a note that the two readers of the proof do not read alike; how many notes these are is
told at the end. Each kind of fault is printed once, with the smallest vault that still shows it. Exit status 1 where
there was one.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping  # noqa: TC003
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.rule.fix import Applicability
from vaultlint.testing.laws import check_reading, check_rules_and_fixes, is_read_alike
from vaultlint.testing.settings import every_rule, with_options
from vaultlint.tree import Unreadable, parse

if TYPE_CHECKING:
    from vaultlint.config.settings import Settings

NOTES = 32
"""In a batch."""
SHORTEST = 250
"""No note is cut to fewer code points, and most are cut to a few times as many: a mutation then meets more of what it
can break."""
LONGEST = 50_000
PROPERTIES_KEPT = 1_000
"""Code points of properties that stay whole in front of an excerpt."""
SLOWEST = 1.0 / 100_000
"""Seconds of CPU a code point."""
GRACE = 0.1
"""Seconds of CPU that a reading may take whatever its length: the collector of garbage may fall into it."""
COLLECTED = 8
"""Batches between two collections of garbage: it would search living values for nothing, many times in each."""
PATIENCE = 120.0
"""Seconds after which a batch is taken to hang."""
MINIMISING = 40.0
"""Seconds spent to make a fault small."""

Notes = dict[str, str]

TOKENS = re.split(
    "[ \n]+",
    r"""
[[ ]] ![[ | \| # ^ [[# [[^^ %% %%%% $ $$ ` `` ``` ```` ~~~ --- *** === ___ * ** _ __ ~~ == - -· +· *· 1.· 2)· -·[·]·
-·[x]· >· >>· >·[!note]· >·[!tip]-·x|y #· ##· ###### #tag ·#a/b ·^id ^id [^1] [^1]:· ^[ [ ] ( ) ]( [a](b) ![a](b.png) <
> </ <div> </div> <!-- --> <? ?> <![CDATA[ ]]>
<br> :: key::· (k::·v) [k::·v] : ,· \ \\ \[ \] & &amp; &#x5b; <% %> {{x}}
12:03 01:12:03 [12:03] (00:61:00) 9:99:99 https://youtu.be/abcdefghijk?t=75 t=5 #t=10,20 http://a.b ---· ··  \t ····
"· ' "[[a]]" [[a|b]] [[·a·|·b·]] ![[a|100x200]] [[|b]] [[a|]] [[a\|b]] [[a#]] [[#^x]] |-|-| |·a·|·b·| |---|
tags:· aliases:· created:·2024-13-01 modified:·2020-01-01T10:00 duration:·1:02:03 videoId:·abcdefghijk
up:·[[a]] up:·"[[b]]" tag:·x
- key:·[a,·b] key:·|· key:·>- a:·&x·1 b:·*x !!str ? --- ... {a:·b} %%·vaultlint-disable·%% %%·vaultlint-enable·%%
%%·vaultlint-disable-line·alias-spacing·%% <!--·vaultlint-disable-next-line·--> \( \) \$ \` \# \-
""",
)
PIECES = [token.replace("·", " ").replace("\\t", "\t") for token in TOKENS if token]
ODD = [
    *"\u00a0\u200b\u200e\u202e\u2028\u2029\u0085\u0301\ufeff\x0b\x0c\x1b\x7f\ufffe\u3000é日本😀İıß",
    "e\u0301",
    "👩‍👩‍👧",
]
BREAKS = ["\n", "\r\n", "\r", "\n\n", "\n\r"]
_TOKEN = re.compile("|".join(sorted(map(re.escape, {piece.strip() or " " for piece in PIECES}), key=len, reverse=True)))


def main() -> int:
    """Fuzz, tell the speed, then what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--count", type=int, help="inputs, whatever time they take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--batch", type=int, help="this one alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vaults = arguments.vaults or unpacked(Path(folder))
        if not vaults:
            print("the shared test data is not there (VAULTLINT_SHARED), and no VAULT is named", file=sys.stderr)
            return 0
        words = (tuple(map(str, vaults)), folder, arguments.seed)
        if arguments.batch is not None:
            return tell(Counter(), [(arguments.batch, fault) for fault in run(*words, arguments.batch)[2]])
        return fuzz(words, arguments.seconds, arguments.count, arguments.jobs)


def unpacked(folder: Path) -> list[Path]:
    """Effect: unpacks archives. The vaults of the shared test data."""
    shared = Path(os.environ.get("VAULTLINT_SHARED", Path(__file__).parents[2] / "shared"))
    for archive in sorted(shared.glob("*/*.tar.xz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return sorted(each for each in folder.iterdir() if each.is_dir())


def fuzz(words: tuple[tuple[str, ...], str, int], seconds: float, count: int | None, jobs: int) -> int:
    """Effect: starts processes. Run batch after batch until the time is over or the count reached."""
    start = told = time.monotonic()
    inputs, odd, number = 0, 0, 0
    seen: Counter[str] = Counter()
    faults: list[tuple[int, str]] = []
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    running: dict[Future[tuple[int, int, list[str]]], tuple[int, float]] = {}
    wanted = None if count is None else -(-count // NOTES)
    while (
        running or (wanted is None and time.monotonic() - start < seconds) or (wanted is not None and number < wanted)
    ):
        over = time.monotonic() - start >= seconds if wanted is None else number >= wanted
        while not over and len(running) < 2 * jobs:
            running[pool.submit(run, *words, number)] = (number, time.monotonic())
            number += 1
        done, _ = wait(running, timeout=1, return_when=FIRST_COMPLETED)
        for future in done:
            batch, _ = running.pop(future)
            try:
                several, unlike, found = future.result()
            except BrokenProcessPool:
                numbers = sorted({batch, *(each for each, _ in running.values())})
                print(f"a process died in one of the batches {numbers}", flush=True)
                return 1
            inputs += several
            odd += unlike
            for fault in found:
                if not seen[signature(fault)]:
                    print(f"\nbatch {batch}: {fault}\n", flush=True)
                    faults.append((batch, fault))
                seen[signature(fault)] += 1
        if late := [batch for batch, begun in running.values() if time.monotonic() - begun > PATIENCE]:
            print(f"no end after {PATIENCE:.0f} s: batches {late}", flush=True)
            os._exit(1)  # the processes would be waited for
        if time.monotonic() - told > 30:
            told = time.monotonic()
            print(f"{inputs} inputs, {inputs / (told - start) * 60:.0f} a minute, {seen.total()} faults", flush=True)
    pool.shutdown()
    spent = time.monotonic() - start
    print(f"{inputs} inputs in {spent:.0f} s ({inputs / spent * 60:.0f} a minute), seed {words[-1]}, {jobs} jobs")
    print(f"{odd} of them are read in two ways")
    return tell(seen, faults)


def tell(seen: Counter[str], faults: list[tuple[int, str]]) -> int:
    """What went wrong in short; the exit status."""
    for batch, fault in faults:
        first = fault.partition("\n")[0]
        print(f"batch {batch} ({seen[signature(fault)]} like it): {first if seen else fault}")
    print(f"{len(faults)} kinds of faults")
    return int(bool(faults))


def run(vaults: tuple[str, ...], folder: str, seed: int, number: int) -> tuple[int, int, list[str]]:
    """Effect: makes a folder in `folder`. One batch: its faults in the smallest vaults, behind two numbers.

    These are how many notes it has, and how many of them the two readers do not read alike.
    """
    chance = random.Random(f"{seed} {number}")
    notes = drawn(corpora(vaults), chance)
    trust = chance.choice((Applicability.SAFE, Applicability.UNSAFE))
    chosen = chance.random() < 0.5
    options = with_options(settings(folder), chance.choice) if chosen else settings(folder)
    laws = [
        Law("reading", _read_all),
        Law("second reading", _read_again),
        Law("rules and fixes", lambda some: check_rules_and_fixes(options, some, trust)),
    ]
    with seldom_collected(number):
        broken = [(law, said) for law in laws if (said := law.broken_by(notes))]
    faults = [_told_once(law, said, notes) for law, said in broken]
    about = (
        f"trust {trust.name}, options {[one.options for one in options.rules if one.options] if chosen else 'default'}"
    )
    unlike = sum(not is_read_alike(text) for text in notes.values())
    return len(notes), unlike, [f"{fault}\n{about}" for fault in faults]


_SHOWN: set[str] = set()
"""The kinds of faults of which this process has shown one."""


def _told_once(law: Law, said: str, notes: Notes) -> str:
    """Effect: remembers its kind. The fault, with the smallest vault if it is a new one: to find that is slow."""
    kind = signature(said)
    if kind in _SHOWN:
        return f"{law.name}: {said}"
    _SHOWN.add(kind)
    return law.shown(notes)


@cache
def settings(folder: str) -> Settings:
    """Effect: makes a folder in `folder`. The settings with every rule on, made once in each process."""
    return every_rule(Path(tempfile.mkdtemp(dir=folder)).resolve())


@contextmanager
def seldom_collected(number: int) -> Iterator[None]:
    """Collect garbage behind some batches only."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        if number % COLLECTED == 0:
            gc.collect()


def _read_all(notes: Mapping[str, str]) -> None:
    for text in notes.values():
        check_reading(text)


def _read_again(notes: Mapping[str, str]) -> None:
    """The second reader gives a tree or says that it can't, and in time."""
    for text in notes.values():
        start = time.process_time()
        with suppress(Unreadable):
            parse(text)
        spent = time.process_time() - start
        if spent > GRACE + len(text) * SLOWEST:
            raise AssertionError(f"the second reader is slow: {spent:.2f} s for {len(text)} code points")


class Law:
    """One thing that must hold of a vault, with the time that it may take."""

    def __init__(self, name: str, check: Callable[[Mapping[str, str]], object]) -> None:
        self.name = name
        self._check = check

    def broken_by(self, notes: Mapping[str, str]) -> str | None:
        """What is wrong with these notes."""
        start = time.process_time()
        try:
            self._check(notes)
        except Exception as error:  # noqa: BLE001  whatever is raised is the find
            return f"{type(error).__name__}: {error}"
        spent, length = time.process_time() - start, sum(map(len, notes.values()))
        # Two fix runs of several rounds each read a note often; and a run costs something by itself.
        return f"too slow: {spent:.1f} s for {length} code points" if spent > 1 + 10 * length * SLOWEST else None

    def shown(self, notes: Notes) -> str:
        """The fault with the smallest vault that still shows one of its kind."""
        said = self.broken_by(notes) or "not seen a second time"
        kind, until = signature(said), time.monotonic() + MINIMISING

        def same(some: Notes) -> bool:
            again = self.broken_by(some) if time.monotonic() < until else None
            return again is not None and signature(again) == kind

        small = minimised(notes, same)
        return f"{self.name}: {self.broken_by(small) or said}\n{small!r}"


def signature(fault: str) -> str:
    """What tells one kind of fault from another: its first line, without what belongs to the note."""
    first = fault.partition("\n")[0].partition("AssertionError: ")
    said = first[2] or first[0]
    engine = re.match(r"(\S+) .*\.md: (.*)", said)
    return " ".join(engine.groups()) if engine else re.sub(r"\[.*|\d+|'.*|\(.*|\".*", "", said)


def minimised(notes: Notes, same: Callable[[Notes], bool]) -> Notes:
    """A small vault with the same fault: notes, then lines, then signs are left out while it stays."""
    for path in list(notes):
        fewer = {other: text for other, text in notes.items() if other != path}
        if fewer and same(fewer):
            notes = fewer
    for cut in (lambda text: text.splitlines(keepends=True), list):
        for path in list(notes):
            parts: list[str] = cut(notes[path])
            size = max(len(parts) // 2, 1)
            while size:
                at = 0
                while at < len(parts):
                    fewer_parts = parts[:at] + parts[at + size :]
                    if same({**notes, path: "".join(fewer_parts)}):
                        parts = fewer_parts
                    else:
                        at += size
                size //= 2
            notes = {**notes, path: "".join(parts)}
    return notes


@cache
def corpora(vaults: tuple[str, ...]) -> list[list[tuple[str, str]]]:
    """Effect: reads vaults. The notes of each, in order of their paths: (name, text)."""
    found = []
    for vault in vaults:
        notes = []
        for file in sorted(Path(vault).rglob("*.md")):
            try:
                notes.append((file.name, file.read_bytes().decode()))
            except (UnicodeDecodeError, OSError):
                continue
        found.append(notes)
    return [notes for notes in found if notes]


def drawn(vaults: list[list[tuple[str, str]]], chance: random.Random) -> Notes:
    """Some notes of a vault that stand together, mutated."""
    vault = chance.choice(vaults)
    first = chance.randrange(len(vault))
    some = [(name, excerpt(text, chance)) for name, text in vault[first : first + NOTES]]
    some += [(name, excerpt(text, chance)) for name, text in chance.choices(vault, k=NOTES - len(some))]
    mutator = Mutator(chance, some)
    notes: Notes = {}
    for place, (name, text) in enumerate(some):
        path = f"{place % 3 or ''}{name}"
        notes[path if path not in notes else f"{place}/{name}"] = mutator.mutated(text)
    return notes


def excerpt(text: str, chance: random.Random) -> str:
    """A note, mostly cut short: its begin, or a part of it, in any case behind its properties."""
    size = min(int(SHORTEST * chance.paretovariate(1.5)), LONGEST)
    if len(text) <= size or chance.random() < 0.01:
        return text[:LONGEST]
    end = text.find("\n---", 3) + 5 if text.startswith("---") else 0
    end = min(end, PROPERTIES_KEPT)
    start = end if chance.random() < 0.5 else text.find("\n", chance.randrange(len(text) - size)) + 1
    return text[:end] + text[start : start + size]


class Mutator:
    """Makes notes into others."""

    def __init__(self, chance: random.Random, notes: list[tuple[str, str]]) -> None:
        self._chance = chance
        self._notes = notes
        self._ways = [
            *[self._insert] * 4,
            *[self._exchange] * 4,
            *[self._delete, self._duplicate, self._splice] * 2,
            *(self._breaks, self._odd, self._cross, self._swap_lines, self._prefix, self._link, self._property),
            *(self._join, self._cut, self._repeat),
        ]

    def mutated(self, text: str) -> str:
        """The text after one to a dozen mutations."""
        for _ in range(min(int(self._chance.expovariate(0.4)) + 1, 12)):
            text = self.once(text)
        return text

    def once(self, text: str) -> str:
        """The text after one mutation."""
        return self._chance.choice(self._ways)(text)

    def _place(self, text: str) -> int:
        """Anywhere, or where a token or a line begins or ends."""
        place = self._chance.randrange(len(text) + 1)
        if self._chance.random() < 0.3:
            return place
        near = self._next(text, place)
        return (near[0] if self._chance.random() < 0.5 else near[1]) if near else text.find("\n", place) + 1

    def _next(self, text: str, place: int) -> tuple[int, int] | None:
        found = _TOKEN.search(text, place, place + 400)
        return found.span() if found else None

    def _part(self, text: str) -> tuple[int, int]:
        start = self._place(text)
        if self._chance.random() < 0.5:
            return start, min(len(text), start + self._chance.randint(1, 12))
        return start, max(start, self._place(text[: start + 300]))

    def _insert(self, text: str) -> str:
        at = self._place(text)
        return text[:at] + self._chance.choice(PIECES) + text[at:]

    def _exchange(self, text: str) -> str:
        near = self._next(text, self._chance.randrange(len(text) + 1))
        return text[: near[0]] + self._chance.choice(PIECES) + text[near[1] :] if near else self._insert(text)

    def _delete(self, text: str) -> str:
        start, end = self._part(text)
        return text[:start] + text[end:]

    def _duplicate(self, text: str) -> str:
        start, end = self._part(text)
        at = self._place(text)
        return text[:at] + text[start:end] + text[at:]

    def _splice(self, text: str) -> str:
        other = self._chance.choice(self._notes)[1]
        start, end = self._part(other)
        at = self._place(text)
        return text[:at] + other[start:end] + text[at:]

    def _breaks(self, text: str) -> str:
        new = self._chance.choice(BREAKS)
        if self._chance.random() < 0.5:
            return text.replace("\r\n", "\n").replace("\n", new)
        return re.sub("\n", lambda found: self._chance.choice((found[0], found[0], new)), text)

    def _odd(self, text: str) -> str:
        at = 0 if self._chance.random() < 0.1 else self._place(text)
        return text[:at] + self._chance.choice(ODD) + text[at:]

    def _cross(self, text: str) -> str:
        other = self._chance.choice(self._notes)[1]
        return text[: self._place(text)] + other[self._place(other) :]

    def _swap_lines(self, text: str) -> str:
        lines = text.splitlines(keepends=True) or [""]
        one, other = self._chance.randrange(len(lines)), self._chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        return "".join(lines)

    def _prefix(self, text: str) -> str:
        lines = text.splitlines(keepends=True) or [""]
        start = self._chance.randrange(len(lines))
        sign = self._chance.choice(("> ", "- ", "    ", "\t", "  ", ">", "1. ", "| ", "# ", "> > "))
        end = start + self._chance.randint(1, 8)
        return "".join([*lines[:start], *(sign + line for line in lines[start:end]), *lines[end:]])

    def _link(self, text: str) -> str:
        """A link to another note of the vault, maybe misspelt."""
        name, other = self._chance.choice(self._notes)
        name = name.removesuffix(".md")
        heading = re.search(r"^#+ (.+)$", other, re.MULTILINE)
        part = self._chance.choice(("", "", f"#{heading[1]}" if heading else "#x", "#^id", "#a#b"))
        target = self._chance.choice((name, name, name.lower(), f"{name}.md", f"1{name}", f"a/{name}", name[:-1], ""))
        alias = self._chance.choice(("", "", f"|{name}", "| x ", "|", "\\|y", f"|{target}"))
        link = self._chance.choice(
            (f"[[{target}{part}{alias}]]", f"![[{target}{part}{alias}]]", f"[{name}]({target}.md{part})")
        )
        at = self._place(text)
        return text[:at] + link + text[at:]

    def _property(self, text: str) -> str:
        """A property more, in frontmatter that is made if need be."""
        name = self._chance.choice(self._notes)[0].removesuffix(".md")
        line = self._chance.choice(PROPERTIES).replace("NAME", name)
        if text.startswith("---\n"):
            return f"---\n{line}\n{text[4:]}"
        return f"---\n{line}\n---\n{text}"

    def _join(self, text: str) -> str:
        at = text.find("\n", self._place(text))
        return text[:at] + text[at + 1 :] if at >= 0 else text

    def _cut(self, text: str) -> str:
        return text[: self._place(text)]

    def _repeat(self, text: str) -> str:
        at = self._place(text)
        return text[:at] + self._chance.choice(PIECES) * self._chance.choice((2, 3, 8, 60, 300)) + text[at:]


PROPERTIES = [
    *(
        "aliases: NAME",
        "aliases: [NAME, a]",
        "aliases:\n  - NAME\n  - ",
        "alias: b",
        "aliases: a, b",
        "aliases: [[NAME]]",
    ),
    *("tags: a b", "tag: [x]", "tags: #a", "cssclass: wide", "tags:\n- a\n- a", "tags: [1, yes, null]"),
    *("up: [[NAME]]", 'up: "[[NAME]]"', "up: [[NAME|x]], [[b]]", "up:\n  - [[NAME]]\n  - '[[b]]'", "links: - [[NAME]]"),
    *(
        "created: 2024-02-30",
        "created: 2024-05-01T25:00",
        "modified: 1999-01-01",
        "created: tomorrow",
        "date: 01/02/2024",
    ),
    *("done: yes", "done: 'true'", "count: '3'", "count: 1e3", "count: many", "status: closed", "at: 9:5", "mail: a"),
    *(
        "videoId: abcdefghijk\nduration: 100",
        "videoId: abc",
        "duration: 1:00",
        "duration: PT1M",
        "speaker: NAME",
        "title:",
    ),
    *(
        "a: b: c",
        "a: 'b",
        'a: "b\\x"',
        "a: [b",
        "a: {b: c",
        "\ta: b",
        "a:b",
        "a: @b",
        "a: %b",
        "a: `b",
        "- a",
        "a: |\n  b\n c",
    ),
    *(
        "a: b\na: c",
        "A: b\na: c",
        "? a\n: b",
        "a: &x [*x]",
        "a: !!python/object:b c",
        "<<: {a: b}",
        "a: b # c",
        "# c",
        "",
    ),
    *(
        "title: NAME: x",
        "title: 'NAME' x",
        "title: [x] y",
        "title: - x",
        "title: !x",
        "title: *x",
        "title: 'it's'",
        "é: ü",
    ),
]


if __name__ == "__main__":
    sys.exit(main())
