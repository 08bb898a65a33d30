"""vaultlint beside other linters, on one machine in turn: time, memory, and the bars they are held against.

    python benchmarks/compare.py [CASE ...] [--pairs 7] [--large-pairs 3] [--work FOLDER] [--results FILE]

Without a CASE, all that take seconds; `all` adds those of 100,000 and 1,000,000 notes, which take an hour and ten
gigabytes of the disk; `--list` names them. Inputs (the archive `obsidian-hub` of VAULTLINT_SHARED, and generated
vaults) and the other linters (rumdl, mdsmith, markdownlint-cli2: from PyPI and npm) are made in the work folder at the
first run and stay there. Results are printed, and added to `benchmarks/results.json`, from which `RESULTS.md` and the
plot are drawn. `--python` names another interpreter whose vaultlint is measured. Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import plot
import results
from cases import CASES, Bench, chosen
from inputs import DEFAULT_WORK
from measuring import FailedRunError


def main() -> int:
    """Measure, print, keep, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--list", action="store_true", help="name the cases")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--large-pairs", type=int, default=3, help="of cases that take minutes")
    parser.add_argument("--work", type=Path, default=DEFAULT_WORK)
    parser.add_argument("--results", type=Path, default=results.HERE / "results.json")
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    if given.list:
        for name, case in CASES.items():
            print(f"{name:20} {(case.__doc__ or '').splitlines()[0]}")
        return 0
    try:
        names = chosen(given.cases)
    except ValueError as error:
        parser.error(str(error))
    given.work.mkdir(parents=True, exist_ok=True)
    return measure(names, Bench(given.work.resolve(), given.pairs, given.large_pairs, given.python), given.results)


def measure(names: list[str], bench: Bench, file: Path) -> int:
    """Effect: runs the cases, and writes what they give as they end. Whether a bar is missed, or a run failed."""
    conditions = results.conditions(bench.python)
    worst = 0
    print(results.TABLE_HEAD, flush=True)
    for name in names:
        bench.points.clear()
        rows = []
        try:
            for row in CASES[name](bench):
                print(results.line(row), flush=True)
                rows.append(row)
                worst |= row.most is not None and row.value > row.most
        except FailedRunError as error:
            print(f"{name}: {error}", file=sys.stderr)
            worst = 1
            continue
        kept = results.load(file)
        results.add(kept, conditions, name, rows, bench.points)
        results.save(kept, file)
        file.with_name("time.svg").write_text(plot.drawn(kept["points"]), encoding="utf-8")
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
