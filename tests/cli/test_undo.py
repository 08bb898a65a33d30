"""`vaultlint undo`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine.journal import Journal

Lint = Callable[..., Any]
Build = Callable[..., Path]

NOTES = {
    "Plan.md": "Read [[Budget | money]].\r\n",
    "f/Trip.md": "\ufeffAnd [[Budget | more]].",
    "Budget.md": "Money.\n",
}
CONFIG = 'packs = []\n[rules]\nalias-spacing = { severity = "warning", style = "none" }\n'
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and signals")


@pytest.fixture
def mended(vault: Build, lint: Lint) -> Path:
    """A vault that a run with --fix has mended."""
    root = vault({**NOTES, "vaultlint.toml": CONFIG})
    assert 0 == lint("--fix").status
    assert NOTES != texts(root)
    return root


def texts(root: Path) -> dict[str, str]:
    return {path: (root / path).read_bytes().decode() for path in NOTES if (root / path).exists()}


def ids(root: Path) -> list[str]:
    """The runs that are kept, the oldest first."""
    return [run.plan.id for run in Journal.of(root).runs()]


def test_undo(mended: Path, lint: Lint) -> None:
    """The newest run is taken back to the byte; the vault is named, and what takes that back."""
    outcome = lint("undo")

    assert NOTES == texts(mended)
    first, second = outcome.out.splitlines()
    assert 0 == outcome.status
    assert re.fullmatch(
        rf"Brought back 2 notes in {re.escape(str(mended))}, as they were before --fix of [-0-9]+ [:0-9]+\.", first
    )
    assert f"`vaultlint undo {ids(mended)[-1]}` takes this back." == second


def test_undo_of_an_undo(mended: Path, lint: Lint) -> None:
    """An undo is a run: its own id takes it back, and without an id it is not what is meant."""
    after = texts(mended)
    lint("undo")

    assert f"Nothing to take back in {mended}.\n" == lint("undo").out
    assert 0 == lint("undo", ids(mended)[-1]).status
    assert after == texts(mended)
    assert 0 == lint("undo").status
    assert NOTES == texts(mended)


def test_a_note_of_a_run(mended: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths say which notes come back; the rest can still be brought back later. From anywhere, an id is enough."""
    run = ids(mended)[0]

    assert 0 == lint("undo", "Plan.md").status
    assert (NOTES["Plan.md"], True) == (texts(mended)["Plan.md"], NOTES["f/Trip.md"] != texts(mended)["f/Trip.md"])
    monkeypatch.chdir(mended.parent)
    assert 0 == lint("undo", run).status
    assert NOTES == texts(mended)


def test_a_note_that_changed_since(mended: Path, lint: Lint) -> None:
    """It is left as it is, and said which; others come back. With --force it comes back too, and that can be undone."""
    (mended / "Plan.md").write_bytes(b"my own words")

    outcome = lint("undo")
    assert (1, b"my own words") == (outcome.status, (mended / "Plan.md").read_bytes())
    assert NOTES["f/Trip.md"] == texts(mended)["f/Trip.md"]
    assert "Plan.md: left as it is: it changed since that run" == outcome.out.splitlines()[0]
    assert f"`vaultlint undo {ids(mended)[0]} --force`" in outcome.out

    assert 0 == lint("undo", "--force").status
    assert NOTES == texts(mended)
    lint("undo", ids(mended)[-1])
    assert b"my own words" == (mended / "Plan.md").read_bytes()


def test_a_note_that_is_gone(mended: Path, lint: Lint) -> None:
    """It stays gone, unless --force makes it anew, with its folder; the undo of that removes it again."""
    shutil.rmtree(mended / "f")

    assert "f/Trip.md: left as it is: it is gone\n" in lint("undo").out
    assert 0 == lint("undo", "--force").status
    assert NOTES == texts(mended)
    assert 0 == lint("undo", ids(mended)[-1]).status
    assert not (mended / "f" / "Trip.md").exists()


def test_diff(mended: Path, lint: Lint) -> None:
    """What would change is shown, and nothing is written."""
    after = texts(mended)

    outcome = lint("undo", "--diff", "Plan.md")

    assert 1 == outcome.status
    assert "-Read [[Budget|money]].\r\n+Read [[Budget | money]].\r\n" in outcome.out.replace("\r\r", "\r")
    assert "Would bring back 1 note.\n" == outcome.err
    assert (after, 1) == (texts(mended), len(ids(mended)))


def test_list(mended: Path, lint: Lint, tmp_path: Path) -> None:
    """The runs of the vault, the newest first; elsewhere, the vaults that have some."""
    lint("undo")
    fix, undo = ids(mended)

    head, *lines = lint("undo", "--list").out.splitlines()
    assert f"Runs that changed {mended}, the newest first:" == head
    when = time.strftime("%Y-%m-%d", time.localtime())
    assert re.fullmatch(rf"{undo}  {when} [:0-9]+      2 notes  the undo of {fix}", lines[0])
    assert re.fullmatch(rf"{fix}  {when} [:0-9]+      2 notes  --fix, taken back", lines[1])
    assert f"  2 runs of {mended}\n" in lint("undo", "--list", "--vault", tmp_path).out


def test_forget(mended: Path, lint: Lint, tmp_path: Path) -> None:
    """One run, or all of the vault; the private text is gone."""
    lint("undo")

    assert "Forgot 1 run of" in lint("undo", "--forget", ids(mended)[0]).out
    assert "Forgot 1 run of" in lint("undo", "--forget").out
    assert ["lock"] == [file.name for file in (tmp_path / "state").rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["zzzzz"], "no run and no path 'zzzzz'"),
        (["Budget.md"], "Nothing to take back"),
        (["--forget", "--force"], "--force is for bringing notes back"),
        (["--vault", "nowhere"], "there is no folder 'nowhere'"),
    ],
)
def test_wrong_words(mended: Path, lint: Lint, words: list[str], message: str) -> None:
    """What can't be done is said in a line, and changes nothing."""
    after = texts(mended)

    outcome = lint("undo", *words)

    assert message in outcome.err + outcome.out
    assert after == texts(mended)


@posix
def test_what_is_kept_is_the_users_alone(mended: Path, tmp_path: Path) -> None:
    """Folders 0700, files 0600."""
    kept = list((tmp_path / "state").rglob("*"))

    assert 4 < len(kept)
    assert {0o700} == {stat.S_IMODE(path.stat().st_mode) for path in kept if path.is_dir()}
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in kept if path.is_file()}


def test_limits_are_the_users(mended: Path, lint: Lint, tmp_path: Path) -> None:
    """The oldest runs go where there are more than the user wants, but none that is younger than a day."""
    (tmp_path / "config" / "vaultlint").mkdir(parents=True)
    (tmp_path / "config" / "vaultlint" / "user.toml").write_text("[journal]\nruns = 1\n")
    first = ids(mended)[0]
    lint("undo")
    assert 2 == len(ids(mended))

    for file in (tmp_path / "state").rglob(f"*-{first}.run"):
        os.utime(file, (time.time() - 90_000,) * 2)
    assert 0 == lint("--fix").status
    assert first not in ids(mended)
    assert 2 == len(ids(mended))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[journal]\nrun = 1\n", "2: unknown key 'run'; did you mean 'runs'?"),
        ("[journal]\nruns = true\n", "2: 'runs' should be a whole number from 1"),
        ("jurnal = 1\n", "1: unknown key 'jurnal'; did you mean 'journal'?"),
    ],
)
def test_wrong_limits(vault: Build, lint: Lint, tmp_path: Path, text: str, message: str) -> None:
    """A fault in the user's settings is told with its line, and nothing is written."""
    root = vault({**NOTES, "vaultlint.toml": CONFIG})
    (tmp_path / "config" / "vaultlint").mkdir(parents=True)
    (tmp_path / "config" / "vaultlint" / "user.toml").write_text(text)

    outcome = lint("--fix")

    assert (2, NOTES) == (outcome.status, texts(root))
    assert f"user.toml:{message}" in outcome.err


HOLD = """
import sys, time
from vaultlint.engine.journal import Journal
with Journal.of(sys.argv[1]).locked():
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_at_once(mended: Path, lint: Lint) -> None:
    """The second says who changes the vault, and since when, and does not wait; a crash lets go of the lock."""
    lint("undo")
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(mended)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert b"held" == holder.stdout.readline().strip()
        for words in (["--fix"], ["undo"], ["--add-suppressions"], ["undo", "--forget"]):
            outcome = lint(*words)
            assert 2 == outcome.status
            held = rf"another vaultlint \(process {holder.pid}\) is changing '{re.escape(str(mended))}'"
            assert re.search(held + " since [-0-9]+ [:0-9]+: try again when it is done", outcome.err)
        assert NOTES == texts(mended)
        assert 0 == lint("check").status
    finally:
        holder.kill()
        holder.communicate()
    assert 0 == lint("--fix").status
    assert NOTES != texts(mended)


CUT = """
import os, signal, sys
from vaultlint.engine import write
from vaultlint.__main__ import main
moved = []
move = os.replace
def cut(old, new, **more):
    if ".vaultlint-" in str(old) and moved:
        os.kill(os.getpid(), signal.SIGKILL)
    moved.append(new) if ".vaultlint-" in str(old) else None
    move(old, new, **more)
write.os.replace = cut
main(["check", "--fix", sys.argv[1]])
"""


@posix
@pytest.mark.parametrize("words", [["check"], ["--fix"], ["undo"]])
def test_a_run_that_was_cut_off(vault: Build, lint: Lint, words: list[str]) -> None:
    """The next check says so and how to go on; the next run that may write leaves nothing of it in the vault."""
    root = vault({**NOTES, "vaultlint.toml": CONFIG})
    done = subprocess.run([sys.executable, "-c", CUT, str(root)], check=False, capture_output=True)
    assert -signal.SIGKILL == done.returncode, done.stderr
    assert 1 == len([path for path in NOTES if texts(root)[path] != NOTES[path]])
    assert 1 == len(list(root.glob("**/.vaultlint-*.tmp")))
    (run,) = ids(root)

    outcome = lint(*words)

    if words != ["undo"]:
        assert re.search(rf"the run of [-0-9]+ [:0-9]+ was cut off .*: `vaultlint undo {run}` takes back", outcome.err)
    assert (1 if words == ["check"] else 0) == len(list(root.glob("**/.vaultlint-*.tmp")))
    lint("undo")
    lint("undo")
    assert NOTES == texts(root)
    assert [] == list(root.glob("**/.vaultlint-*.tmp"))
    assert "cut off" not in lint("check").err
