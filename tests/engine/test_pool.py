"""Spreading over workers: the same answer whatever does the work, and what the death of a worker costs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine import pool, proving
from vaultlint.engine.check import VaultRun, check_vault
from vaultlint.engine.fix import fix_run, fix_vault
from vaultlint.engine.jobs import start_jobs
from vaultlint.engine.pool import chunks, workers
from vaultlint.rule.fix import Applicability

HAS_FORK = "fork" in multiprocessing.get_all_start_methods()
METHODS = ["spawn", *(["fork"] if HAS_FORK else [])]

NOTES = {f"{n % 7}/note {n}.md": f"# Note {n}\nTODO [[note {n + 1}]] [[lost {n}]] maybe #tag é\n" for n in range(120)}


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few notes, so that a small vault makes many."""
    monkeypatch.setattr(pool, "_SMALLEST_CHUNK", 5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.usefixtures("small_chunks")
def test_processes_give_the_same_answer(make: Any, settings: Any, lines: Any, method: str) -> None:
    """Processes, however they start, tell what one process tells, hints and fixes included."""
    its = settings(make(NOTES), "no-todo", "no-maybe", "lost", "has-tag")
    serial = check_vault(its)

    with workers(2, method) as executor:
        spread = check_vault(its, executor=executor)

    assert 4 * 120 <= len(serial.diagnostics)
    assert lines(serial) == lines(spread)
    assert [(one.hint, one.fix) for one in serial.diagnostics] == [(one.hint, one.fix) for one in spread.diagnostics]
    assert serial.summary == spread.summary


@pytest.mark.usefixtures("small_chunks")
def test_half_a_sign_travels(make: Any, settings: Any, lines: Any) -> None:
    """An escape in YAML can write what UTF-8 can't hold, in names that other notes ask for, too."""
    text = '---\naliases: ["al\\ud800"]\ntags: ["\\udfff"]\nup: "[[\\ud800]]"\n---\nTODO [[lost]]'
    its = settings(make(NOTES | {"half.md": text}), "no-todo", "lost")

    with workers(2, METHODS[0]) as executor:
        spread = lines(check_vault(its, executor=executor))

    assert "half.md:4:5 lost no file named '\\ud800'" in spread
    assert [line.encode("utf-8", "backslashreplace").decode() for line in lines(check_vault(its))] == spread


@pytest.mark.usefixtures("small_chunks")
def test_any_executor(make: Any, settings: Any, lines: Any) -> None:
    """Threads, and a process pool that knows nothing of us, will do."""
    its = settings(make(NOTES), "no-todo", "lost")
    expected = lines(check_vault(its))

    with ThreadPoolExecutor(3) as threads:
        assert expected == lines(check_vault(its, executor=threads))
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        assert expected == lines(check_vault(its, executor=processes))
    assert expected == lines(check_vault(its, jobs=2))


class Backwards(Executor):
    """Does the work at once, and answers last things first."""

    def submit(self, fn, /, *args, **kwargs):
        """Do it now."""
        future: Future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.usefixtures("small_chunks")
def test_order_of_results_is_of_no_account(
    make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results that come in another order change nothing."""
    its = settings(make(NOTES), "no-todo", "lost", "every-link")
    expected = lines(check_vault(its))
    monkeypatch.setattr(pool, "as_completed", lambda waiting: reversed(list(waiting)))

    assert expected == lines(check_vault(its, executor=Backwards()))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.usefixtures("small_chunks")
def test_a_note_that_kills_its_worker(
    make: Any, settings: Any, lines: Any, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies costs the one note that killed it."""
    monkeypatch.setattr(pool, "start_method", lambda: method)
    notes = {f"{n:02}.md": "TODO" for n in range(20)} | {"07.md": "DIE TODO"}
    its = settings(make(notes), "no-todo", "dies")

    found = lines(check_vault(its, jobs=2))

    dead = [line for line in found if " rule-crashed " in line]
    message = "rule-crashed the process that checked this note died; the note was left out"
    assert [f"07.md:1:1 {message}"] == dead
    assert 19 == sum(" no-todo " in line for line in found)


def test_chunks() -> None:
    """Chunks hold all notes in order, none is larger than the one before, and the last are small."""
    notes = [(f"{n}.md", True) for n in range(5000)]

    cut = list(chunks(notes, 2))

    assert notes == [note for chunk in cut for note in chunk]
    assert sorted(map(len, cut), reverse=True) == list(map(len, cut))
    assert len(cut[-1]) <= 32
    assert [] == list(chunks([], 2))


def test_small_vaults_stay_in_process() -> None:
    """No process is started for a few notes, and no more than there are cores for many."""
    assert 1 == start_jobs(0) == start_jobs(100)
    assert 1 <= start_jobs(1_000_000) <= (os.cpu_count() or 1)


def test_an_error_ends_the_workers() -> None:
    """When the caller fails, no worker stays."""

    def fail() -> None:
        with workers(2) as executor:
            executor.submit(time.sleep, 60)
            executor.submit(time.sleep, 60)
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert [] == multiprocessing.active_children()


SCRIPT = """
import sys
from pathlib import Path
from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine.check import check_vault
from vaultlint.rule.finding import Severity
from vaultlint.rule.registry import RuleSet

root = Path(sys.argv[1])
ruleset = RuleSet().with_local(root, [Path(sys.argv[2])])
settings = Settings(ruleset=ruleset, root=root, rules=(RuleSetting("sleeps", Severity.INFO),))
print("ready", flush=True)
try:
    check_vault(settings, jobs=2)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to a group of processes")
def test_interrupt(make: Any, tmp_path: Path) -> None:
    """Ctrl-C, which reaches workers too, ends everything at once and without a traceback."""
    root = make({f"{n}.md": "SLEEP" for n in range(40)})
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT))
    rules = Path(__file__).with_name("trial_rules.py")
    process = subprocess.Popen(
        [sys.executable, script, root, rules],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert "ready\n" == process.stdout.readline()
    time.sleep(1)

    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert ("interrupted\n", "", 0) == (out, err, process.returncode)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.usefixtures("small_chunks")
def test_workers_prove_what_one_process_proves(
    make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Fixes that workers prove are those that one process would have made; what is refused is refused alike."""
    monkeypatch.setattr(proving, "_WORTH_WORKERS", 1)
    its = settings(make(NOTES), "no-todo", "no-maybe", "lost")
    alone = fix_vault(its, at_least=Applicability.UNSAFE, write=False)

    with workers(2, method) as executor:
        spread = fix_vault(its, at_least=Applicability.UNSAFE, write=False, executor=executor)

    assert 120 <= len(alone.changed)
    assert alone.changed == spread.changed
    assert lines(alone.report) == lines(spread.report)
    assert alone.proofs.keys() == spread.proofs.keys()


def test_a_prover_that_dies_costs_time_alone(make: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What workers could not prove is proved in this process."""
    monkeypatch.setattr(proving, "_WORTH_WORKERS", 1)
    its = settings(make(NOTES), "no-todo")
    expected = fix_vault(its, write=False)

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as broken:
        run = VaultRun(its, digest="sha1")
        run.examine(None, 1, None)
        with contextlib.suppress(BrokenExecutor):
            broken.submit(os._exit, 1).result()
        with contextlib.ExitStack() as stack:
            found = fix_run(run, Applicability.SAFE, write=False, provers=proving.Provers(run.plan, stack, broken, 2))

    assert expected.changed == found.changed
