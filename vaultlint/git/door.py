"""The one way in which vaultlint calls git: read-only, and deaf to what a repository would make it run.

Nothing that is asked looks into files of the work tree, so attributes, clean and smudge filters have no occasion;
only `work_tree.py` has git list folders, and read the index. What is left is switched off below, twice where
versions of git differ. Tried with git 2.34 and later (the words that are used here came with 2.30 to 2.32).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SWITCHED_OFF = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.quotePath=false",  # not for safety: a patch then has most names as they are
    "core.alternateRefsCommand=",
    "core.askPass=",
    "core.gitProxy=",
    "core.sshCommand=false",
    "credential.helper=",
    "diff.external=",
    "diff.orderFile=/dev/null",  # git knows this name on every system
    "gpg.program=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "color.ui=false",
    "maintenance.auto=false",
    "gc.auto=0",
    "uploadpack.packObjectsHook=",
)
"""Settings of a repository that run programs or reach out; said on the command line, they outrank its own."""

_KEPT = re.compile(r"GIT_(EXEC_PATH|CEILING_DIRECTORIES|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+))\Z")
"""Variables by which a person says where git is and what its settings are; no repository can set them."""

_NOT_HERE = ("not a git repository", "must be run in a work tree", "cannot use bare repository")
"""What git says where no files of a repository are, and what `LC_ALL=C` keeps it saying."""

_OF_ANOTHER = re.compile(r"(?:dubious ownership in repository at |unsafe repository \()'(.+?)'(?:$| is owned)", re.M)
"""What git says since 2.35.3, and what it and the patched older ones said before."""


class GitError(Exception):
    """git can't answer; the message is one line that says why."""

    def __init__(self, message: str, status: int = 128) -> None:
        super().__init__(message)
        self.status = status
        """What git ended with: 1 mostly means no, 128 a fault."""


class Git:
    """The repository whose work tree a folder lies in."""

    def __init__(self, folder: Path, top: Path, prefix: str, program: str) -> None:
        self.folder = folder
        """Where git is asked from; words for git that are paths are relative to it."""
        self.top = top
        """The top of the work tree, absolute."""
        self.prefix = prefix
        """What leads from there to the folder: empty, or POSIX with a slash at its end."""
        self._program = program

    @classmethod
    def of(cls, folder: Path) -> Git | None:
        """Effect: asks git. The repository around `folder`; `None` where there is none.

        Raises `GitError` where there may be one and git is not installed or refuses to look at it, in words
        that say the next step.
        """
        folder = folder.absolute()
        program = _program()
        if program is None:
            if any((one / ".git").exists() for one in (folder, *folder.parents)):
                raise GitError("git is not installed, or not on the PATH")
            return None
        try:
            said = cls(folder, folder, "", program).ask("rev-parse", "--show-toplevel", "--show-prefix")
        except GitError as error:
            if any(said in str(error) for said in _NOT_HERE):
                return None
            raise
        top, prefix = os.fsdecode(said).removesuffix("\n").rsplit("\n", 1)  # no prefix ends in a line break
        try:
            is_around = (Path(top) / prefix).samefile(folder)
        except OSError:
            is_around = False
        if not is_around:
            raise GitError(f"the repository around '{folder}' says that its files lie elsewhere (core.worktree)")
        return cls(folder, Path(top), prefix, program)

    @classmethod
    def at(cls, folder: Path) -> Git:
        """git, asked from a folder that no repository need be around. Raises `GitError` where it is not installed."""
        program = _program()
        if program is None:
            raise GitError("git is not installed, or not on the PATH")
        return cls(folder, folder, "", program)

    def ask(self, *words: str, given: bytes = b"") -> bytes:
        """Effect: runs git. What it prints, with `given` on its standard input. Raises `GitError`."""
        with self.reading(*words, given=given) as said:
            return said.read()

    @contextmanager
    def reading(self, *words: str, given: bytes = b"") -> Iterator[IO[bytes]]:
        """Effect: runs git. As `ask`, for answers that are read piece by piece; what is not read is not made.

        Raises `GitError` at the end, where all was read and git is not content.
        """
        with TemporaryFile() as asked, TemporaryFile() as complaints:  # files: nobody waits for a full pipe
            asked.write(given)
            asked.seek(0)
            with self._started(words, asked, complaints) as child:
                said = child.stdout
                assert said is not None  # noqa: S101  there is a pipe
                try:
                    yield said
                    broke_off = said.read(1) != b""
                except BaseException:
                    child.kill()
                    child.wait()  # after Ctrl-C, `Popen` itself waits for a moment only
                    raise
                if broke_off:
                    child.kill()
                    return
            if child.returncode:
                complaints.seek(0)
                raise _error(words, child.returncode, complaints.read(1 << 20))

    def _started(self, words: tuple[str, ...], asked: IO[bytes], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603  the program is git, the words are ours
                self._command(words),
                cwd=self.folder,
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=_surroundings(),
            )
        except OSError as error:
            raise GitError(f"git can't be started in '{self.folder}': {error.strerror}") from error

    def _command(self, words: tuple[str, ...]) -> list[str]:
        settings = [word for setting in _SWITCHED_OFF for word in ("-c", setting)]
        switches = ("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs")
        return [self._program, *switches, *settings, *words]


def _error(words: tuple[str, ...], status: int, complaints: bytes) -> GitError:
    said = complaints.decode("utf-8", "backslashreplace")
    if (refused := _OF_ANOTHER.search(said)) is not None:
        next_step = f"if you trust it: git config --global --add safe.directory '{refused[1]}'"
        return GitError(f"git refuses '{refused[1]}', for it belongs to another user; {next_step}", status)
    lines = [line for line in said.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith("fatal: ")), lines[0] if lines else "")
    return GitError(told.removeprefix("fatal: ") or f"git {words[0]} ended with status {status}", status)


def _program() -> str | None:
    """Where git is: in a folder of the PATH that is absolute, never in the current one.

    `shutil.which` looks in the current folder first on Windows, and so would a vault bring its own git.
    """
    names = ("git.exe",) if sys.platform == "win32" else ("git",)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if os.path.isabs(folder):  # noqa: PTH117  an entry may be no path at all
            for name in names:
                place = os.path.join(folder, name)  # noqa: PTH118
                if os.path.isfile(place) and os.access(place, os.X_OK):  # noqa: PTH113
                    return place
    return None


def _surroundings() -> dict[str, str]:
    """The variables that git sees: none that would send it to another repository or let it ask a person."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or _KEPT.match(name.upper())
    }
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",  # heard since 2.39.4
        "GIT_ALLOW_PROTOCOL": "none",  # outranks what a repository says of single protocols
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "LC_ALL": "C",
        "LANGUAGE": "",
    }
