"""What a run on a Dask cluster costs: time and memory of the driver and of each worker, for vaults of several sizes.

    python benchmarks/cluster.py VAULT... [--workers 0,1,2] [--select links]

Each vault is put into a zip file, so that it is read as any store is, without a network; the workers are processes of
this machine, and 0 of them means that all is done in one process. Each line is a run in processes of its own. With two
sizes or more, what a note costs is fitted to the first and the last; `docs/scaling.md` says what follows from that.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

COLUMNS = {
    "notes": "notes",
    "workers": "workers",
    "seconds": "s, wall",
    "listing": "s, listing",
    "driver": "s, CPU of the driver",
    "worker": "s, CPU of all workers",
    "driver_mb": "MB, driver",
    "worker_mb": "MB, each worker",
    "table_mb": "MB, plan of links",
    "findings": "findings",
}


def main() -> None:
    """Measure one run, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", metavar="VAULT")
    parser.add_argument("--workers", default="0,1,2")
    parser.add_argument("--select", default="", help="rules, as vaultlint takes them; by default the recommended ones")
    parser.add_argument("--one", action="store_true", help="measure one run here; VAULT is a URL")
    asked = parser.parse_args()
    counts = [int(count) for count in asked.workers.split(",")]
    if asked.one:
        print(json.dumps(one(asked.vaults[0], counts[0], asked.select)))
        return
    print("| " + " | ".join(COLUMNS.values()) + " |\n|" + " ---: |" * len(COLUMNS), flush=True)
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for vault in map(Path, asked.vaults):
            url = zipped(vault, Path(folder))
            for workers in counts:
                words = ["--one", "--workers", str(workers), "--select", asked.select, url]
                done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=True)
                rows.append(json.loads(done.stdout.splitlines()[-1]))
                print("| " + " | ".join(f"{rows[-1][key]:,.6g}" for key in COLUMNS) + " |", flush=True)
    for workers in counts:
        fit([row for row in rows if row["workers"] == workers], workers)


def zipped(vault: Path, folder: Path) -> str:
    """The vault in a zip file; its URL."""
    file = folder / f"{vault.name}.zip"
    with zipfile.ZipFile(file, "w", strict_timestamps=False) as archive:
        for at, folders, names in os.walk(vault):
            folders.sort()
            for name in sorted(names):
                archive.write(Path(at) / name, (Path(at) / name).relative_to(vault))
    return f"zip://::{file}"


def one(url: str, workers: int, select: str) -> dict[str, float]:
    """One run in this process, and in so many workers."""
    from vaultlint.engine.check import VaultRun, checked
    from vaultlint.engine.cluster import DaskExecutor
    from vaultlint.engine.remote import remote_vault
    from vaultlint.engine.shuffle import link_plan
    from vaultlint.rule.registry import installed_rules

    cluster, executor = None, None
    if workers:
        from distributed import Client, LocalCluster

        cluster = Client(LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0"))
        executor = DaskExecutor(cluster.get_executor())
        cluster.run(used)
    before = sum(cpu for cpu, _ in cluster.run(used).values()) if cluster else 0.0
    started, spent = time.perf_counter(), time.process_time()
    with remote_vault(url) as remote:
        listed = time.perf_counter()
        settings = remote.settings(installed_rules(), select=[name for name in select.split(",") if name])
        run = VaultRun(settings, remote=remote)
        report = checked(run, executor=executor)
        seconds, driver = time.perf_counter() - started, time.process_time() - spent
        table = len(pickle.dumps(link_plan(run, [[(path, 2)] for path in run.files.notes[:1]])))
    after = list(cluster.run(used).values()) if cluster else []
    return {
        "notes": len(run.files.notes),
        "workers": workers,
        "seconds": seconds,
        "listing": listed - started,
        "driver": driver,
        "worker": sum(cpu for cpu, _ in after) - before,
        "driver_mb": used()[1],
        "worker_mb": max((mb for _, mb in after), default=0.0),
        "table_mb": table / 1e6,
        "findings": len(report.diagnostics),
    }


def used() -> tuple[float, float]:
    """CPU seconds and peak megabytes of this process so far."""
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def fit(rows: list[dict[str, float]], workers: int) -> None:
    """Print what a note costs, by the smallest and the largest vault."""
    if len(rows) < 2:
        return
    small, large = rows[0], rows[-1]
    notes = large["notes"] - small["notes"]
    per: dict[str, Any] = {key: (large[key] - small[key]) / notes for key in ("listing", "driver", "worker")}
    memory = {key: (large[key] - small[key]) / notes * 1e6 for key in ("driver_mb", "worker_mb", "table_mb")}
    times = ", ".join(f"{key} {value * 1e6:,.0f} µs" for key, value in per.items())
    bytes_ = ", ".join(f"{key.removesuffix('_mb')} {value:,.0f} B" for key, value in memory.items())
    print(f"\n{workers} workers, a note more: {times}; {bytes_}")


if __name__ == "__main__":
    main()
