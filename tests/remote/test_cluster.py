"""A cluster of two worker processes, and a vault in an S3: the same answer as on one machine, come what may."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import vaultlint
from vaultlint.__main__ import main
from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine import cluster as engine_cluster
from vaultlint.engine import pool, shuffle
from vaultlint.engine.check import VaultRun, check_vault, checked
from vaultlint.engine.cluster import DaskExecutor, as_executor
from vaultlint.engine.remote import remote_vault
from vaultlint.engine.values import Report
from vaultlint.rule.registry import installed_rules

pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore"),  # what the libraries of a cluster do is theirs
]

NOTES = {
    f"{n % 5}/Note {n}.md": f"# Head {n}\n[[Note {n + 1}#Head {n + 1}]] [[Note {n + 1}#Gone]] [[Lost {n}]] #T{n % 3}\n"
    for n in range(150)
} | {
    ".obsidian/app.json": '{"newLinkFormat": "absolute", "userIgnoreFilters": ["3/"]}',
    "vaultlint.toml": '[rules]\nunresolved-link = "error"\n[[override]]\nmatch = "2/"\nrules = { tag-syntax = "off" }',
    "Empty.md": "",
    "Latin.md": "caf\xe9".encode("latin-1"),
    "picture.png": b"\x89PNG",
}


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of a cluster of two processes."""
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1, "distributed.nanny.pre-spawn-environ": {}}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@pytest.fixture(params=["here", "in-parts"])
def verdicts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where link rules judge; chunks and parts of a few notes, so that a small vault makes many."""
    monkeypatch.setattr(pool, "_SMALLEST_CHUNK", 5)
    monkeypatch.setattr(shuffle, "_SMALLEST_PART", 10 if request.param == "in-parts" else 10_000)
    return str(request.param)


def told(report: Report) -> list[tuple[Any, ...]]:
    """All that a report tells."""
    return [
        (one.path, one.rule, one.severity, one.position, one.message, one.hint, one.fix) for one in report.diagnostics
    ]


def test_the_answer_is_that_of_one_machine(client: Any, s3: Any, on_disk: Callable[..., Path], verdicts: str) -> None:
    """The same findings, hints and fixes, whether the notes are on disk or in a bucket."""
    local = vaultlint.check(on_disk(NOTES))

    spread = vaultlint.Linter(executor=client.get_executor()).check(s3(f"equal-{verdicts}", NOTES))

    assert 200 < len(local.diagnostics)
    assert told(local) == told(spread)
    assert (local.notes, local.summary) == (spread.notes, spread.summary)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_worker_that_is_killed_half_way(client: Any, s3: Any, on_disk: Callable[..., Path], verdicts: str) -> None:
    """What a lost worker had not finished, or had and not told, is done again."""
    first, *_ = client.run(os.getpid).values()
    killed_at: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed_at and done < total:
            os.kill(first, signal.SIGKILL)
            killed_at.append(done)

    local = vaultlint.check(on_disk(NOTES))
    with remote_vault(s3(f"killed-{verdicts}", NOTES)) as remote:
        run = VaultRun(remote.settings(installed_rules()), remote=remote)
        spread = checked(run, executor=as_executor(client.get_executor()), progress=kill_one)

    link_rules_left = bool(run.rules.link + run.rules.fault)
    assert link_rules_left == (verdicts == "here")
    assert killed_at
    assert told(local) == told(spread)


def test_a_note_that_kills_every_worker(client: Any, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as what it is, and all else is checked: its part is done again another way."""
    monkeypatch.setattr(pool, "_SMALLEST_CHUNK", 5)
    monkeypatch.setattr(shuffle, "_SMALLEST_PART", 5)
    url = s3("deadly", {f"{n:02}.md": "[[none]]" for n in range(20)} | {"07.md": "DIE [[none]]"})
    with remote_vault(url) as remote:
        trial = Path(__file__).parent.parent / "engine" / "trial_rules.py"
        ruleset = installed_rules().with_local(remote.copy, [trial])
        on = tuple(RuleSetting(name, ruleset.load(name).severity) for name in ("dies", "unresolved-link"))
        settings = Settings(ruleset=ruleset, root=remote.copy, rules=on)

        report = check_vault(settings, executor=as_executor(client.get_executor()), remote=remote)

    dead = [(one.path, one.message) for one in report.diagnostics if one.rule == "rule-crashed"]
    assert [("07.md", "the process that checked this note died; the note was left out")] == dead
    assert 19 == sum(one.rule == "unresolved-link" for one in report.diagnostics)


def test_a_worker_that_lacks_a_library() -> None:
    """One line says which, and what to do."""

    class Lacking(ThreadPoolExecutor):
        """An executor whose workers can't import a library."""

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            return super().submit(__import__, "s3fs_of_tomorrow")

    with Lacking() as executor:
        outcome = DaskExecutor(executor).submit(len, "")

        with pytest.raises(vaultlint.UserError, match=r"lacks what is installed here .*'s3fs_of_tomorrow'.*: install"):
            outcome.result()


def test_a_cluster_that_goes_away(s3: Any, verdicts: str) -> None:
    """One line says so, and how to go on."""
    from distributed import Client, LocalCluster

    def close(done: int, total: int) -> None:
        if client.status == "running":
            client.close()
            cluster.close()

    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0", processes=False) as cluster,
        Client(cluster, set_as_default=False) as client,
        remote_vault(s3(f"gone-{verdicts}", NOTES)) as remote,
    ):
        run = VaultRun(remote.settings(installed_rules()), remote=remote)
        executor = as_executor(client.get_executor())
        with pytest.raises(vaultlint.UserError, match="went away before the run was done: start it, and run again"):
            checked(run, executor=executor, progress=close)


def test_the_command(client: Any, s3: Any, verdicts: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--executor dask` prints what the same call prints without it."""
    words = ["check", s3(f"command-{verdicts}", NOTES), "--output-format", "concise"]

    alone = main(words), capsys.readouterr()
    spread = main([*words, "--executor", "dask", "--scheduler", client.scheduler.address]), capsys.readouterr()

    assert 1 == alone[0]
    assert alone == spread


def test_a_scheduler_that_does_not_answer(
    on_disk: Callable[..., Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says so, and no secret of the address."""
    monkeypatch.setattr("vaultlint.engine.cluster._PATIENCE", 0.2)

    status = main(
        ["check", str(on_disk({"A.md": ""})), "--executor", "dask", "--scheduler", "tcp://me:secret@127.0.0.1:9"]
    )

    captured = capsys.readouterr()
    assert (2, "") == (status, captured.out)
    assert captured.err.startswith("vaultlint: no Dask scheduler answers at 'tcp://***@127.0.0.1:9'")
    assert "secret" not in captured.err


def test_a_cluster_without_workers(in_memory: Any, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """Nobody waits for an answer that does not come."""
    from distributed import LocalCluster

    monkeypatch.setattr(engine_cluster, "_PATIENCE", 1)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as cluster:
        address = cluster.scheduler_address
        status = main(["check", in_memory({"A.md": ""}), "--executor", "dask", "--scheduler", address])

    said = f"vaultlint: the Dask cluster at '{address}' has no workers: start one with `dask worker {address}`\n"
    assert (2, said) == (status, capsys.readouterr().err)
