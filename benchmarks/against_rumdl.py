"""vaultlint beside rumdl on one real vault: wall time, memory and start-up, as ratios within one run.

    python benchmarks/against_rumdl.py [VAULT] [--runs 7] [--all]

VAULT is a folder, or by default the archive `obsidian-hub` of the shared test data (VAULTLINT_SHARED),
unpacked to a temporary folder. rumdl is installed into an environment of its own (`--rumdl` names one that is
already there). Runs alternate, the first pair is a warm-up, and medians are compared: the machine's mood hits
both alike. With `--all` each runs all the rules that it has. Exit status 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from pathlib import Path

RUMDL = "rumdl==0.3.0"
MAX_RATIO = 0.7
MAX_RATIO_OF_ALL = 1.0
MAX_MEMORY = 500 * 2**20
MAX_VERSION_SECONDS = 0.040


def main() -> int:
    """Measure, print a table, and say whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--rumdl", type=Path, help="a rumdl that is already installed")
    parser.add_argument("--all", action="store_true", help="with all rules of both")
    arguments = parser.parse_args()
    # An installed package has its bytecode; a checkout gets it in the warm-up, if it may be written.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        vault = arguments.vault or unpack_hub(Path(folder))
        rumdl = arguments.rumdl or install_rumdl(Path(folder))
        return compare(vault, rumdl, arguments.runs, every_rule=arguments.all)


def compare(vault: Path, rumdl: Path, runs: int, *, every_rule: bool = False) -> int:
    """Alternate the two on `vault` and hold the medians against the bounds."""
    ours = [sys.executable, "-m", "vaultlint", "check", "--no-cache", "--vault", str(vault), str(vault)]
    theirs = [str(rumdl), "check", "--no-cache", "--flavor", "obsidian", str(vault)]
    if every_rule:
        ours[4:4] = ["--select", "all"]
        theirs[2:2] = ["--extend-enable", ",".join(rules_of(rumdl))]
    pairs = [(seconds(ours, vault), seconds(theirs, vault)) for _ in range(runs + 1)][1:]
    our_median, their_median = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    memory = peak_memory(ours, vault)
    version = version_cost(runs)
    rows = [
        ("wall, vaultlint (s)", our_median, None),
        ("wall, rumdl (s)", their_median, None),
        ("ratio of pairs, median", ratio, MAX_RATIO_OF_ALL if every_rule else MAX_RATIO),
        ("peak memory, all processes (MB)", memory / 2**20, MAX_MEMORY / 2**20),
        ("`--version` beyond `python -c pass` (s)", version, MAX_VERSION_SECONDS),
    ]
    for name, value, bound in rows:
        verdict = "" if bound is None else f"  at most {bound:g}: {'ok' if value <= bound else 'MISSED'}"
        print(f"{name:42} {value:9.3f}{verdict}")
    print(subprocess.run([*ours, "--quiet", "--debug"], capture_output=True, text=True, cwd=vault).stderr)
    return int(any(bound is not None and value > bound for _, value, bound in rows))


def seconds(command: list[str], folder: Path) -> float:
    """The wall time of one run with its output read and thrown away."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, cwd=folder, check=False)
    return time.perf_counter() - start


def peak_memory(command: list[str], folder: Path) -> int:
    """The highest sum, in bytes, of the proportional memory of a command and its children (Linux)."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.is_set():
            peak = max(peak, sum(proportional(pid) for pid in family(process.pid)))
            time.sleep(0.01)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return peak


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found.extend(int(child) for child in children.split())
    return found


def proportional(pid: int) -> int:
    """Memory of one process in bytes; shared pages count in part (PSS), so that a sum counts each once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def version_cost(runs: int) -> float:
    """Median seconds of `vaultlint --version` beyond an interpreter that does nothing."""
    command = [str(Path(sys.executable).with_name("vaultlint")), "--version"]
    nothing = [sys.executable, "-c", "pass"]
    here = Path.cwd()
    return statistics.median(seconds(command, here) - seconds(nothing, here) for _ in range(runs * 3))


def rules_of(rumdl: Path) -> list[str]:
    """The names of all rules of rumdl."""
    listed = subprocess.run([str(rumdl), "rule"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^ *(MD\d+) - ", listed, re.MULTILINE)


def unpack_hub(folder: Path) -> Path:
    """The real vault of the shared test data."""
    shared = Path(os.environ.get("VAULTLINT_SHARED", Path(__file__).parents[2] / "shared"))
    with tarfile.open(shared / "corpora" / "obsidian-hub.tar.xz") as tar:
        tar.extractall(folder, filter="data")
    return folder / "obsidian-hub"


def install_rumdl(folder: Path) -> Path:
    """rumdl in an environment of its own."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "rumdl")], check=True)
    bin_folder = folder / "rumdl" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(bin_folder / "python"), "-m", "pip", "install", "--quiet", RUMDL], check=True)
    return bin_folder / "rumdl"


if __name__ == "__main__":
    sys.exit(main())
