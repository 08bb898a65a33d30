"""A run is killed, and refused by the disk, at every call that touches the disk: nothing is lost.

The calls are counted and spoilt by a shim between vaultlint and the C library (`faults/shim.c`), so the real code
meets the real system; `faults/driver.py` says what is looked at behind each fault. Where there is no compiler, or no
glibc, this is skipped.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

HERE = Path(__file__).with_name("faults")
COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
IN_MEMORY = Path("/dev/shm")
SHARES = 2

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(COMPILER is None, reason="needs a C compiler"),
    pytest.mark.skipif(sys.platform != "linux" or platform.libc_ver()[0] != "glibc", reason="needs Linux with glibc"),
]


@pytest.fixture(scope="module")
def injected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the drivers tell: each takes a share of all faults."""
    shim = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run(
        [str(COMPILER), "-O1", "-shared", "-fPIC", "-o", shim, HERE / "shim.c", "-ldl"], check=True, timeout=60
    )
    # In memory, where a sync takes no time: what a loss of power would leave is not what is tested.
    with TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as folder:
        drivers = []
        for share in range(SHARES):
            own = Path(folder).resolve() / str(share)
            own.mkdir()
            words = [sys.executable, HERE / "driver.py", own, str(share), str(SHARES)]
            environment = {**os.environ, "LD_PRELOAD": str(shim), "PYTHONDONTWRITEBYTECODE": "1"}
            drivers.append(subprocess.Popen(words, stdout=subprocess.PIPE, env=environment))
        told = [driver.communicate(timeout=900)[0] for driver in drivers]
    assert [0] * SHARES == [driver.returncode for driver in drivers]
    return [json.loads(line) for output in told for line in output.splitlines()]


def test_nothing_is_lost(injected: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    """After each fault every note is old or new, undo brings all back to the byte, and the next run completes."""
    faults = [one for one in injected if "fault" in one]

    with capsys.disabled():
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(Counter(one["fault"] for one in faults).items()))
        sys.stdout.write(f"\nfaults injected: {len(faults)} ({kinds})\n")

    assert [] == [one for one in faults if one["wrong"]]
    scenarios = [one for one in injected if "calls" in one]
    for scenario in scenarios:
        met = {one["at"] for one in faults if (one["fault"], one["scenario"]) == ("kill", scenario["scenario"])}
        assert set(range(1, len(scenario["calls"]) + 1)) == met
    assert 3 * SHARES == len(scenarios)


def test_no_fault_of_the_system_is_called_ours(injected: list[dict[str, Any]]) -> None:
    """What the system refuses is said as such, and nobody is asked to report it."""
    assert [] == [one for one in injected if "fault of its own" in one.get("told", "")]


def test_what_is_kept_lasts_before_a_note_is_touched(injected: list[dict[str, Any]]) -> None:
    """The journal and its name are synced before the first file is made in the vault, and each of those before it
    takes its note's place."""
    calls = next(one["calls"] for one in injected if one.get("scenario") == "fix" and "calls" in one)
    names = [call.split(" ")[0] for call in calls]
    first = next(at for at, call in enumerate(calls) if ".vaultlint-" in call)
    kept = next(at for at, call in enumerate(calls) if call.startswith("rename ") and call.endswith(".run"))

    assert "fsync" in names[:kept][-3:]
    assert "fsync" in names[kept:first]
    moves = [at for at, name in enumerate(names) if name == "renameat"]
    made = [at for at, name in enumerate(names) if at >= first and name == "openat64+create"]
    assert 3 == len(moves) == len(made)
    assert made[-1] < moves[0]
    assert 3 == names[made[-1] : moves[0]].count("fsync")
    assert "fsync" in names[moves[-1] :]  # the new names
