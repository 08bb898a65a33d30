"""Runs vaultlint again and again, each time with one fault, and tells what became of the notes.

Started by `test_faults.py` with the shim loaded: `driver.py FOLDER SHARE SHARES`. Prints a line of JSON for each fault,
and one for each scenario with the calls that were seen without any.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import io
import json
import os
import shutil
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHIM = ctypes.CDLL(None)
SHIM.faults_disarm.restype = ctypes.c_long
COUNT, KILL, KILL_IN_WRITE, SHORT_WRITE, FAIL, FAIL_FROM_HERE, FULL_FROM_HERE = range(1, 8)

OLD = {
    "a.md": b"---\naliases: [Soup]\n---\n",
    "f/b.md": b"---\naliases: [soup]\n---\n" + b"A long note. " * 800,
    "c.md": b"\xef\xbb\xbfTODO\r\nand more, without an end",
    "f/d.md": b"fine\n",
}
CONFIG = b'packs = []\nlocal-rules = ["rules.py"]\n[rules]\nno-todo = "warning"\ncollision = "warning"\n'
ERRORS = ("ENOSPC", "EIO", "EACCES")
CHANGING = {"write", "fsync", "fsetxattr", "fchmod", "mkdir", "rename", "renameat", "open64+create", "openat64+create"}
"""The calls from which on the disk may stay broken, or full."""
ALIKE = {"c.md": 0o640}
ATTRIBUTE = "user.colour", b"red"


class Trial:
    """A vault and a state folder, made anew for every fault."""

    def __init__(self, folder: Path) -> None:
        self.vault = folder / "vault"
        self.state = folder / "state"
        self.told = folder / "told.txt"
        self.attributes = True
        os.environ["XDG_STATE_HOME"] = str(self.state)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        os.chdir("/")
        self.make()
        assert 0 == self.run("check", "--fix", *self.words), self.told.read_text()
        self.new = self.notes()
        assert [path for path in OLD if OLD[path] == self.new[path]] == ["f/d.md"]
        self.kept = folder / "kept"
        shutil.copytree(self.state, self.kept)
        self.cut = folder / "cut"
        self._cut_between_two_notes(folder / "cut calls")

    @property
    def words(self) -> list[str]:
        return [str(self.vault), "--allow-local-rules", "--no-cache", "--jobs", "1"]

    def make(self) -> None:
        """Effect: a fresh vault, and no journal."""
        shutil.rmtree(self.vault, ignore_errors=True)
        shutil.rmtree(self.state, ignore_errors=True)
        (self.vault / ".obsidian").mkdir(parents=True)
        (self.vault / "f").mkdir()
        rules = Path(__file__).parent.with_name("trial_rules.py").read_bytes()
        for path, data in {**OLD, "vaultlint.toml": CONFIG, "rules.py": rules}.items():
            (self.vault / path).write_bytes(data)
        for path, mode in ALIKE.items():
            (self.vault / path).chmod(mode)
        if self.attributes:
            try:
                os.setxattr(self.vault / "c.md", *ATTRIBUTE)
            except OSError:
                self.attributes = False

    def make_fixed(self) -> None:
        """Effect: a vault whose notes are mended, and the journal of that."""
        self.make()
        for path, data in self.new.items():
            (self.vault / path).write_bytes(data)
        shutil.copytree(self.kept, self.state)

    def make_cut(self) -> None:
        """Effect: a vault whose mending was cut off between two notes that belong together."""
        for folder in (self.vault, self.state):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.cut / folder.name, folder)

    def _cut_between_two_notes(self, calls: Path) -> None:
        words = ["check", "--fix", *self.words]
        self.make()
        with calls.open("wb") as log:
            self.run_with_fault(words, COUNT, 0, 0, log.fileno())
        moves = [at for at, call in enumerate(calls.read_text().splitlines(), 1) if call.startswith("renameat ")]
        self.make()
        self.run_with_fault(words, KILL, moves[1], 0)
        notes = self.notes()
        assert [path for path in OLD if notes[path] != OLD[path]] == ["a.md"]
        assert len(self.strays()) == 2  # what was to take the places of the other two notes
        for folder in (self.vault, self.state):
            shutil.copytree(folder, self.cut / folder.name)

    def notes(self) -> dict[str, bytes]:
        return {path: (self.vault / path).read_bytes() for path in OLD}

    def disk(self) -> dict[str, tuple[int, bytes]]:
        """All that is on the disk, but for who held the lock last."""
        files = (file for folder in (self.vault, self.state) for file in folder.rglob("*") if file.is_file())
        return {str(file): (file.stat().st_mode, file.read_bytes()) for file in files if file.name != "lock"}

    def strays(self) -> list[str]:
        known = {*OLD, "vaultlint.toml", "rules.py"}
        files = (file.relative_to(self.vault).as_posix() for file in self.vault.rglob("*") if file.is_file())
        return [file for file in files if file not in known]

    def alike(self) -> bool:
        """Whether modes and attributes are what they were."""
        modes = {path: stat.S_IMODE((self.vault / path).stat().st_mode) for path in ALIKE}
        attribute = os.getxattr(self.vault / "c.md", ATTRIBUTE[0]) if self.attributes else ATTRIBUTE[1]
        return modes == ALIKE and attribute == ATTRIBUTE[1]

    def run(self, *words: str) -> int:
        """Effect: the command, in this process. Its exit status; what it says is in `told`."""
        from vaultlint.__main__ import main

        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = main(words)
        self.told.write_text(said.getvalue())
        return status

    def run_with_fault(self, words: list[str], how: int, at: int, error: int, log: int = -1) -> tuple[int, int]:
        """Effect: the command in a process of its own, with a fault. Its status (or minus the signal), and calls."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            vault, state = os.fsencode(self.vault), os.fsencode(self.state)
            SHIM.faults_arm(how, ctypes.c_long(at), error, vault, state, log)
            status = 99
            try:
                status = self.run(*words)
            finally:
                os.write(writing, str(SHIM.faults_disarm()).encode())
                os._exit(status)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            count = int(pipe.read() or 0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), count


def faults(calls: list[str], errors: tuple[str, ...]) -> Iterator[tuple[str, int, int, int]]:
    """Every fault that the calls of a run can meet."""
    for at, call in enumerate(calls, start=1):
        yield "kill", KILL, at, 0
        for name in errors:
            yield name, FAIL, at, getattr(errno, name)
        if call in CHANGING:
            yield "EIO from here on", FAIL_FROM_HERE, at, errno.EIO
        if call == "write":
            yield "kill in a write", KILL_IN_WRITE, at, 0
            yield "short write", SHORT_WRITE, at, 0
        if call in CHANGING:
            yield "full from here on", FULL_FROM_HERE, at, errno.ENOSPC


def wrong_status(name: str, status: int) -> list[str]:
    if name.startswith("kill"):
        return [] if status == -signal.SIGKILL else [f"it was not killed: status {status}"]
    return [] if status in (0, 1, 2, 3) else [f"status {status}"]


def wrong_after(trial: Trial, scenario: str, name: str, status: int, *, undo_first: bool) -> list[str]:
    """What is not as it should be behind a fault: empty if all is well."""
    wrong = wrong_status(name, status)
    notes = trial.notes()
    wrong += [f"{path} is neither old nor new" for path in OLD if notes[path] not in (OLD[path], trial.new[path])]
    together = [notes[path] == OLD[path] for path in ("a.md", "f/b.md")]
    if scenario == "fix" and name in ERRORS and len(set(together)) > 1:
        wrong.append("notes of one fix were parted")
    if not undo_first:
        wrong += _fixed(trial)
    wrong += _undone(trial)
    if undo_first:
        wrong += _fixed(trial)
    return wrong


def _fixed(trial: Trial) -> list[str]:
    status = trial.run("check", "--fix", *trial.words)
    wrong = [] if status == 0 else [f"the next run ended with {status}: {trial.told.read_text()}"]
    wrong += [
        f"{path} is not mended by the next run" for path, data in trial.notes().items() if data != trial.new[path]
    ]
    return wrong + [f"{stray} was left behind the next run" for stray in trial.strays()]


def _undone(trial: Trial) -> list[str]:
    """A run that was cut off and the one that went on from there are two."""
    wrong = []
    for _ in range(3):
        status = trial.run("undo", str(trial.vault))
        if status != 0:
            wrong.append(f"undo ended with {status}: {trial.told.read_text()}")
        if trial.told.read_text().startswith("Nothing to take back"):
            break
    notes = trial.notes()
    wrong += [f"{path}: {len(OLD[path])} bytes are not back" for path in OLD if notes[path] != OLD[path]]
    if not trial.alike():
        wrong.append("mode or attributes are not back")
    return wrong + [f"{stray} was left behind undo" for stray in trial.strays()]


def scenarios(trial: Trial) -> dict[str, tuple[Any, list[str], tuple[str, ...]]]:
    """What is there before, the words, and the errors that calls meet."""
    return {
        "fix": (trial.make, ["check", "--fix", *trial.words], ERRORS),
        "undo": (trial.make_fixed, ["undo", str(trial.vault)], ERRORS),
        "fix behind a cut": (trial.make_cut, ["check", "--fix", *trial.words], ("EIO",)),
    }


def main(folder: Path, share: int, shares: int) -> None:
    trial = Trial(folder)
    gc.disable()
    gc.freeze()  # a fork then copies less
    for scenario, (make, words, errors) in scenarios(trial).items():
        make()
        before = trial.disk()
        with (folder / "calls").open("wb") as log:
            trial.run_with_fault(words, COUNT, 0, 0, log.fileno())
        lines = (folder / "calls").read_text().splitlines()
        tell(scenario=scenario, calls=lines)
        is_start_checked = False
        for number, (name, how, at, error) in enumerate(faults([line.split(" ")[0] for line in lines], errors)):
            if number % shares != share:
                continue
            make()
            status, count = trial.run_with_fault(words, how, at, error)
            told = trial.told.read_text() if status == 3 else ""
            undo_first = number // shares % 2 == 0 or (scenario, status) == ("undo", 1)
            wrong = [] if name.startswith("kill") or count >= at else [f"there were only {count} calls"]
            if trial.disk() != before or not is_start_checked:  # what was checked once need not be again
                is_start_checked = is_start_checked or trial.disk() == before
                wrong += wrong_after(trial, scenario, name, status, undo_first=undo_first)
            else:
                wrong += wrong_status(name, status)
            tell(scenario=scenario, fault=name, at=at, call=lines[at - 1], status=status, told=told, wrong=wrong)


def tell(**what: Any) -> None:
    """Effect: a line on standard output."""
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
