"""What is compared: each case runs vaultlint and something else in turn, and holds what it measures against a bar."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from inputs import fresh_copy, generated, one_note, unpack_hub
from measuring import Command, Cost, Pairs, alternate, run, runs
from peers import install_markdownlint, install_mdsmith, install_rumdl, rules_of_rumdl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MANY, FEW, MILLION = 100_000, 10_000, 1_000_000
CURVE = (100, 1_000, FEW)
"""Numbers of notes at which time is measured besides, for the plot."""
MILLION_BYTES = 2000
"""Of a note on average where there are a million: a vault of four gigabytes on disk."""


@dataclass(frozen=True)
class Row:
    """One figure, and the most that it may be."""

    what: str
    """What is compared, in words."""
    ours: float
    theirs: float
    value: float
    unit: str
    """Of `ours` and `theirs`: `s`, `MB` or `µs a note`."""
    sign: str = "ratio"
    """What `value` is: the `ratio` of the two, a `difference`, or `ours` alone."""
    most: float | None = None


@dataclass
class Bench:
    """Where things are, and how often they are run."""

    work: Path
    pairs: int = 7
    large_pairs: int = 3
    """For vaults of 100,000 notes and more."""
    python: str = sys.executable
    """The interpreter whose vaultlint is measured."""
    points: list[tuple[str, int, float]] = field(default_factory=list)
    """Who, how many notes, how many seconds: for the plot."""

    def vaultlint(self, folder: Path, *words: object, cache: str = "cache") -> Command:
        """A call of vaultlint; what it keeps between runs lies in the work folder."""
        kept = {"XDG_CACHE_HOME": str(self.work / cache), "XDG_STATE_HOME": str(self.work / "state")}
        return Command([self.python, "-m", "vaultlint", *map(str, words)], folder, kept)

    def check(self, vault: Path, *words: object, cache: str = "cache") -> Command:
        return self.vaultlint(vault, "check", *words, "--vault", vault, vault, cache=cache)

    def rumdl(self, vault: Path, *words: object) -> Command:
        program = str(install_rumdl(self.work))
        return Command([program, "check", "--flavor", "obsidian", *map(str, words), str(vault)], vault)

    def rumdl_warm(self, vault: Path) -> Command:
        return self.rumdl(vault, "--cache-dir", self.work / "rumdl-cache" / vault.name)

    @property
    def hub(self) -> Path:
        return unpack_hub(self.work)


def cold(bench: Bench) -> Iterator[Row]:
    """The real vault, the rules that are on by default, nothing kept from an earlier run."""
    pairs = alternate(
        runs(bench.check(bench.hub, "--no-cache")), runs(bench.rumdl(bench.hub, "--no-cache")), bench.pairs
    )
    yield ratio("obsidian-hub cold / rumdl", pairs, 0.5)
    yield cpu("obsidian-hub cold, CPU / rumdl", pairs)
    yield memory("obsidian-hub cold, memory / rumdl", pairs)


def cold_mdsmith(bench: Bench) -> Iterator[Row]:
    """The same beside mdsmith."""
    theirs = Command([str(install_mdsmith(bench.work)), "check", str(bench.hub)], bench.hub)
    pairs = alternate(runs(bench.check(bench.hub, "--no-cache")), runs(theirs), bench.pairs)
    yield ratio("obsidian-hub cold / mdsmith", pairs, 0.8)
    yield memory("obsidian-hub cold, memory / mdsmith", pairs)


def cold_markdownlint(bench: Bench) -> Iterator[Row]:
    """The same beside markdownlint-cli2, run seldom: it takes long."""
    theirs = Command([*install_markdownlint(bench.work), "**/*.md"], bench.hub)
    pairs = alternate(runs(bench.check(bench.hub, "--no-cache")), runs(theirs), bench.large_pairs)
    yield ratio("obsidian-hub cold / markdownlint-cli2", pairs)


def cold_all(bench: Bench) -> Iterator[Row]:
    """Every rule that each has."""
    theirs = bench.rumdl(
        bench.hub, "--no-cache", "--extend-enable", ",".join(rules_of_rumdl(install_rumdl(bench.work)))
    )
    pairs = alternate(runs(bench.check(bench.hub, "--no-cache", "--select", "all")), runs(theirs), bench.pairs)
    yield ratio("obsidian-hub cold, all rules / rumdl, all rules", pairs, 0.7)


def warm(bench: Bench) -> Iterator[Row]:
    """Nothing has changed since the run before."""
    ours, theirs = bench.check(bench.hub), bench.rumdl_warm(bench.hub)
    pairs = primed(ours, theirs, bench.pairs)
    yield ratio("obsidian-hub warm / rumdl warm", pairs, 0.4)


def warm_one_changed(bench: Bench) -> Iterator[Row]:
    """One note has changed since the run before, beside a run where none has."""
    vault = fresh_copy(bench.hub, bench.work)
    unchanged = bench.check(vault)
    note = one_note(vault)
    run(unchanged)

    def changed(watch: bool) -> Cost:
        change(note)
        return run(unchanged, watch=watch)

    pairs = alternate(changed, runs(unchanged), bench.pairs)
    yield ratio("obsidian-hub warm, one note changed / none changed", pairs, 1.3)


def many(bench: Bench) -> Iterator[Row]:
    """100,000 notes, cold and warm."""
    vault = generated(bench.work, MANY)
    pairs = alternate(runs(bench.check(vault, "--no-cache")), runs(bench.rumdl(vault, "--no-cache")), bench.large_pairs)
    bench.points += [("vaultlint", MANY, pairs.walls[0]), ("rumdl", MANY, pairs.walls[1])]
    yield ratio("100,000 notes cold / rumdl", pairs, 0.4)
    yield memory("100,000 notes cold, memory / rumdl", pairs, 0.7)
    pairs = primed(bench.check(vault), bench.rumdl_warm(vault), bench.large_pairs)
    bench.points += [("vaultlint, warm", MANY, pairs.walls[0]), ("rumdl, warm", MANY, pairs.walls[1])]
    yield ratio("100,000 notes warm / rumdl warm", pairs, 0.2)
    yield memory("100,000 notes warm, memory / rumdl warm", pairs, 0.7)


def many_mdsmith(bench: Bench) -> Iterator[Row]:
    """100,000 notes beside mdsmith."""
    vault = generated(bench.work, MANY)
    theirs = Command([str(install_mdsmith(bench.work)), "check", str(vault)], vault)
    pairs = alternate(runs(bench.check(vault, "--no-cache")), runs(theirs), bench.large_pairs)
    yield ratio("100,000 notes cold / mdsmith", pairs)
    yield memory("100,000 notes cold, memory / mdsmith", pairs)


def linear(bench: Bench) -> Iterator[Row]:
    """What one note costs in a vault of 100,000, and in one of 10,000."""
    large, small = (bench.check(generated(bench.work, notes), "--no-cache") for notes in (MANY, FEW))
    pairs = alternate(runs(large), runs(small), bench.large_pairs)
    yield a_note("a note of 100,000 / a note of 10,000", pairs, MANY, FEW, 1.15)


def curve(bench: Bench) -> Iterator[Row]:
    """Smaller vaults, for the plot."""
    for notes in CURVE:
        vault = generated(bench.work, notes)
        pairs = alternate(runs(bench.check(vault, "--no-cache")), runs(bench.rumdl(vault, "--no-cache")), bench.pairs)
        bench.points += [("vaultlint", notes, pairs.walls[0]), ("rumdl", notes, pairs.walls[1])]
        yield ratio(f"{notes:,} notes cold / rumdl", pairs)
        pairs = primed(bench.check(vault), bench.rumdl_warm(vault), bench.pairs)
        bench.points += [("vaultlint, warm", notes, pairs.walls[0]), ("rumdl, warm", notes, pairs.walls[1])]
        yield ratio(f"{notes:,} notes warm / rumdl warm", pairs)


def formatting(bench: Bench) -> Iterator[Row]:
    """A fresh copy made tidy, each change proved; nobody else proves any."""
    program = str(install_rumdl(bench.work))

    def ours(watch: bool) -> Cost:
        copy = fresh_copy(bench.hub, bench.work)
        return run(bench.vaultlint(copy, "format", "--quiet", copy), watch=watch)

    def theirs(watch: bool) -> Cost:
        copy = fresh_copy(bench.hub, bench.work)
        words = [program, "fmt", "--no-cache", "--flavor", "obsidian", "--silent", str(copy)]
        return run(Command(words, copy), watch=watch)

    pairs = alternate(ours, theirs, bench.pairs)
    yield ratio("vaultlint format of obsidian-hub / rumdl fmt", pairs, 0.5)
    yield cpu("vaultlint format of obsidian-hub, CPU / rumdl fmt", pairs)


def one(bench: Bench) -> Iterator[Row]:
    """One note of the real vault from the command line, warm, beyond an interpreter that does nothing."""
    ours = bench.vaultlint(bench.hub, "check", one_note(bench.hub), "--vault", bench.hub)
    run(bench.check(bench.hub))
    pairs = primed(ours, Command([bench.python, "-c", "pass"], bench.hub), bench.pairs)
    yield difference("one note of obsidian-hub, warm, beyond `python -c pass`", pairs, 0.15)


def long_lived(bench: Bench) -> Iterator[Row]:
    """One changed note of a vault that is kept in memory, to its findings; beside it, the first check of all."""
    vault = fresh_copy(bench.hub, bench.work)
    note = one_note(vault).relative_to(vault).as_posix()
    script = Path(__file__).with_name("long_lived.py")
    words = [bench.python, str(script), str(vault), note]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    median = statistics.median(told["rounds"])
    yield Row("one changed note of a long-lived obsidian-hub", median, told["first"], median, "s", "ours", 0.02)


def version(bench: Bench) -> Iterator[Row]:
    """`--version` beyond an interpreter that does nothing."""
    ours, nothing = bench.vaultlint(bench.hub, "--version"), Command([bench.python, "-c", "pass"], bench.hub)
    pairs = alternate(runs(ours), runs(nothing), 3 * bench.pairs)
    yield difference("`vaultlint --version`, beyond `python -c pass`", pairs, 0.04)


def million(bench: Bench) -> Iterator[Row]:
    """A million notes, cold: once, for it takes long."""
    large, small = generated(bench.work, MILLION, MILLION_BYTES), generated(bench.work, MANY, MILLION_BYTES)
    run(bench.check(small, "--no-cache"))
    cost, base = (run(bench.check(vault, "--no-cache"), watch=True) for vault in (large, small))
    bench.points.append(("vaultlint", MILLION, cost.wall))
    pairs = Pairs([(cost, base)], (cost, base))
    yield Row("1,000,000 notes cold, memory", cost.peak / 1e6, base.peak / 1e6, cost.peak / 1e6, "MB", "ours", 6000)
    yield a_note("a note of 1,000,000 / a note of 100,000", pairs, MILLION, MANY, 1.3)
    yield ratio("1,000,000 notes cold / 100,000", pairs)


def change(note: Path) -> None:
    """Effect: adds a line to a note."""
    with note.open("a", encoding="utf-8") as file:
        file.write("\n\nOne line more, with [[a note that nobody wrote]].\n")


def primed(ours: Command, theirs: Command, pairs: int) -> Pairs:
    """Both in turn, after a run of each that fills what it keeps between runs."""
    run(ours)
    run(theirs)
    return alternate(runs(ours), runs(theirs), pairs)


def ratio(what: str, pairs: Pairs, most: float | None = None) -> Row:
    return Row(what, *pairs.walls, pairs.ratio, "s", most=most)


def cpu(what: str, pairs: Pairs) -> Row:
    ours, theirs = pairs.cpus
    return Row(what, ours, theirs, ours / theirs if theirs else 0.0, "s")


def memory(what: str, pairs: Pairs, most: float | None = None) -> Row:
    ours, theirs = (peak / 1e6 for peak in pairs.peaks)
    return Row(what, ours, theirs, ours / theirs if theirs else 0.0, "MB", most=most)


def difference(what: str, pairs: Pairs, most: float) -> Row:
    return Row(what, *pairs.walls, pairs.difference, "s", "difference", most)


def a_note(what: str, pairs: Pairs, large: int, small: int, most: float) -> Row:
    """Microseconds a note in a large vault and in a small one."""
    ours, theirs = pairs.walls
    return Row(what, 1e6 * ours / large, 1e6 * theirs / small, pairs.ratio * small / large, "µs a note", most=most)


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "cold": cold,
    "cold-mdsmith": cold_mdsmith,
    "cold-markdownlint": cold_markdownlint,
    "cold-all": cold_all,
    "warm": warm,
    "warm-one-changed": warm_one_changed,
    "format": formatting,
    "one-note": one,
    "long-lived": long_lived,
    "version": version,
    "curve": curve,
    "linear": linear,
    "many": many,
    "many-mdsmith": many_mdsmith,
    "million": million,
}
LARGE = ("linear", "many", "many-mdsmith", "million")
"""Cases that take minutes, and gigabytes of the disk: run when they are named."""


def chosen(names: Sequence[str]) -> list[str]:
    """The cases that are asked for; all that are quick where none is. Raises ValueError for one that is not there."""
    if not names:
        return [name for name in CASES if name not in LARGE]
    if "all" in names:
        return list(CASES)
    for name in names:
        if name not in CASES:
            raise ValueError(f"there is no case '{name}': there are {', '.join(CASES)}")
    return list(names)
