"""What was measured, kept as JSON, told as Markdown: each figure with the machine and the versions it is of."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psutil
from cases import CASES, Row
from peers import MARKDOWNLINT, MDSMITH, RUMDL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
HEAD = """# Results

Written by `python benchmarks/compare.py`; `benchmarks/results.json` holds the same. Both sides run in turn on the same
vault, the files in the system's memory; times are medians of wall time, a ratio is the median over the pairs. Memory is
the highest sum over all processes of a run, pages that several share counted once.
"""

Results = dict[str, Any]
"""`runs`: a list of dicts with the `conditions` of some runs, and their `cases`: name -> rows. `points`: see `plot`."""


def load(file: Path) -> Results:
    """Effect: reads what was measured so far."""
    if file.exists():
        found: Results = json.loads(file.read_text(encoding="utf-8"))
        return found
    return {"runs": [], "points": {}}


def save(results: Results, file: Path) -> None:
    """Effect: writes it, and the Markdown beside it."""
    file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    file.with_name("RESULTS.md").write_text(markdown(results), encoding="utf-8")


def add(
    results: Results,
    conditions: dict[str, str],
    case: str,
    rows: Sequence[Row],
    points: Sequence[tuple[str, int, float]],
) -> None:
    """Take in what a case gave; what it gave before goes."""
    for each in results["runs"]:
        each["cases"].pop(case, None)
    results["runs"] = [each for each in results["runs"] if each["cases"] or each["conditions"] == conditions]
    place = next((each for each in results["runs"] if each["conditions"] == conditions), None)
    if place is None:
        place = {"conditions": conditions, "cases": {}}
        results["runs"].append(place)
    place["cases"][case] = [asdict(row) for row in rows]
    for who, notes, seconds in points:
        results["points"].setdefault(who, {})[str(notes)] = seconds


def markdown(results: Results) -> str:
    """All of it for people, the latest first."""
    return "\n".join([HEAD, *(part for each in reversed(results["runs"]) for part in _run(each))])


def _run(run: Results) -> Iterator[str]:
    conditions = run["conditions"]
    yield f"## {conditions['day']}, vaultlint {conditions['vaultlint']}\n"
    yield "".join(f"- {name}: {value}\n" for name, value in conditions.items() if name not in ("day", "vaultlint"))
    yield TABLE_HEAD
    order = list(CASES)
    for case in sorted(run["cases"], key=lambda name: order.index(name) if name in order else len(order)):
        yield from (line(Row(**row)) for row in run["cases"][case])
    yield ""


TABLE_HEAD = "| what | vaultlint | beside it | | bar | |\n| --- | ---: | ---: | ---: | ---: | --- |"


def line(row: Row) -> str:
    """A row of the table."""
    value = _short(row.value) + ("" if row.sign == "ratio" else f" {row.unit}")
    bar = "" if row.most is None else _short(row.most)
    verdict = "" if row.most is None else "met" if row.value <= row.most else "**missed**"
    ours, theirs = (f"{number:.3f}" if row.unit == "s" else f"{number:.0f}" for number in (row.ours, row.theirs))
    return f"| {row.what} | {ours} {row.unit} | {theirs} {row.unit} | {value} | {bar} | {verdict} |"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def conditions(python: str) -> dict[str, str]:
    """Effect: asks the system. What figures depend on: the machine, and what ran on it."""
    memory = psutil.virtual_memory().total / 2**30
    version = _told(python, "--version")
    return {
        "day": datetime.now(tz=UTC).strftime("%Y-%m-%d"),
        "vaultlint": " ".join([_told(python, "-m", "vaultlint", "--version").split()[-1], *_commit(python)]),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, {version}",
        "beside": ", ".join(each.replace("==", " ").replace("@", " ") for each in (RUMDL, MDSMITH, MARKDOWNLINT)),
    }


def _processor() -> str:
    """Its name as the system has it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [each.partition(":")[2].strip() for each in lines if each.startswith("model name")]
    return names[0] if names else platform.machine()


def _told(*words: str) -> str:
    """What a command prints, where no vaultlint lies but the one that is installed."""
    with TemporaryDirectory() as folder:
        return subprocess.run(words, capture_output=True, text=True, check=True, cwd=folder).stdout.strip()


def _commit(python: str) -> list[str]:
    """The commit of this checkout, where it is one and what is measured, and whether that was changed since."""
    measured = Path(_told(python, "-c", "import vaultlint; print(vaultlint.__file__)")).resolve()
    if not measured.is_relative_to(HERE.resolve().parent / "vaultlint"):
        return []
    commit = _git("rev-parse", "--short=7", "HEAD")
    changed = _git("status", "--porcelain", "--", "vaultlint", "rules")
    return [f"({commit}{', changed' if changed else ''})"] if commit else []


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False, cwd=HERE.parent)
    return done.stdout.strip()
