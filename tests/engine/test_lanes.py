"""A run that writes many notes side by side, in several lanes: whatever ends it, nothing is torn or lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from _thread import interrupt_main
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from vaultlint.__main__ import main
from vaultlint.engine.journal import Journal
from vaultlint.engine.transaction import Change, Transaction, clear_up, recover, transact
from vaultlint.engine.write import NoteWriteError, NoteWriter, Staged

GROUPS = 104
OLD = {f"{folder}/{number}.md": f"{folder} {number}\r\n".encode() for number in range(GROUPS) for folder in "ab"}
"""Two notes a group, in two folders that all lanes write to."""

KILLED = """
import os, signal, sys
from itertools import count
from vaultlint.engine import transaction, write
at, calls = int(sys.argv[3]), count(1)
def counted(call):
    def counting(*words, **more):
        if next(calls) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*words, **more)
    return counting
def replace_all(work, really=transaction.Transaction.replace_all):
    for name in ("open", "replace", "fsync", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    really(work)
transaction.Transaction.replace_all = replace_all
sys.path.insert(0, sys.argv[1])
from test_lanes import write_all
write_all(sys.argv[2])
print(next(calls))
"""
"""Kills itself at one of the calls that touch the disk, wherever the other lanes are then."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault of many notes."""
    root = tmp_path / "vault"
    for folder in ("a", "b", ".obsidian"):
        (root / folder).mkdir(parents=True)
    for path, data in OLD.items():
        (root / path).write_bytes(data)
    return root


def pairs() -> list[tuple[str, str]]:
    return [(f"a/{number}.md", f"b/{number}.md") for number in range(GROUPS)]


def write_all(root: str) -> Transaction:
    """Effect: what a run does with the notes that are old still."""
    journal = Journal.of(root)
    with journal.locked():
        recover(journal)
        old = [pair for pair in pairs() if Path(root, pair[0]).read_bytes() == OLD[pair[0]]]
        groups = [[Change(path, OLD[path], OLD[path].upper()) for path in pair] for pair in old]
        return transact(journal, groups, {}, kind="fix")


def written(root: Path) -> set[bool]:
    """Whether notes are new; both notes of a pair are alike, and nothing else is in the vault."""
    told = set()
    for pair in pairs():
        there = [(root / path).read_bytes() for path in pair]
        assert there in ([OLD[path] for path in pair], [OLD[path].upper() for path in pair])
        told.add(there[0] != OLD[pair[0]])
    assert 2 * GROUPS == sum(file.is_file() for file in root.rglob("*"))
    return told


def killed(root: Path, at: int) -> subprocess.CompletedProcess[str]:
    """Effect: a run in a process of its own, which ends at a call."""
    words = [sys.executable, "-c", KILLED, str(Path(__file__).parent), str(root), str(at)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_killed_at_any_moment(root: Path) -> None:
    """Every note is old or new at once, the next run completes, and `undo` brings all back to the byte."""
    for at in (random.randint(1, 7 * len(OLD)) for _ in range(4)):
        done = killed(root, at)
        assert -signal.SIGKILL == done.returncode, (at, done)
        assert all((root / path).read_bytes() in (data, data.upper()) for path, data in OLD.items()), at

        clear_up(root)

        written(root)
        write_all(str(root))
        assert {True} == written(root), at
        for _ in range(2):  # what was killed, and what went on from there
            assert 0 == main(["undo", str(root)]), at
        assert {False} == written(root), at


Break = Callable[[str], None]


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Calls something before each note is replaced, which takes its time."""

    def patch(call: Break, pause: float = 0.01) -> None:
        def make(writer: NoteWriter, staged: Staged, really: Any = NoteWriter.make) -> None:
            time.sleep(pause)
            call(staged.path)
            really(writer, staged)

        monkeypatch.setattr(NoteWriter, "make", make)

    return patch


def test_a_fault_in_one_lane_ends_all(root: Path, breaking: Callable[..., None]) -> None:
    """As without lanes: none of them goes on to the end of its notes; what was begun is whole or as it was."""

    calls = count(1)

    def fail(_: str) -> None:
        if next(calls) == 20:
            raise MemoryError

    breaking(fail)

    with pytest.raises(MemoryError):
        write_all(str(root))

    assert {False, True} == written(root)
    assert 2 * sum((root / path).read_bytes() != data for path, data in OLD.items()) < len(OLD)


def test_ctrl_c(root: Path, breaking: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The lanes end what they are at; the next run completes, and all can be taken back."""
    breaking(lambda path: interrupt_main() if path == "b/7.md" else None)
    with pytest.raises(KeyboardInterrupt):
        write_all(str(root))

    assert {False, True} == written(root)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(root.parent / "state"))
    write_all(str(root))
    assert {True} == written(root)
    for _ in range(2):
        assert 0 == main(["undo", str(root)])
    assert {False} == written(root)


def test_notes_that_can_not_be_written(root: Path, breaking: Callable[..., None]) -> None:
    """They are told in order, whatever lane they were in, and so is their group left; all others are written."""

    def fail(path: str) -> None:
        if path.startswith("b/1"):
            raise NoteWriteError("the disk is full")

    breaking(fail, 0)

    work = write_all(str(root))

    told = [trouble.path for trouble in work.troubles]
    assert sorted(path for path in OLD if path.startswith("b/1")) == told
    assert {f"{folder}{path[1:]}" for path in told for folder in "ab"} == work.left
    assert work.left == {path for path, data in OLD.items() if (root / path).read_bytes() == data}
    assert {False, True} == written(root)
    assert 0 == main(["undo", str(root)])
    assert {False} == written(root)
