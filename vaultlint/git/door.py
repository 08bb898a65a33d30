"""The one way in which vaultlint calls git: read-only, and deaf to what a repository would make it run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_SWITCHED_OFF = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "diff.external=",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
"""Settings of a repository that run programs or reach out; said on the command line, they outrank its own."""


class GitError(Exception):
    """git can't answer; the message is one line that says what it said."""


class Git:
    """The repository whose work tree a folder lies in."""

    def __init__(self, top: Path, prefix: str, program: str) -> None:
        self.top = top
        """The top of the work tree, absolute."""
        self.prefix = prefix
        """What leads from there to the folder: empty, or POSIX with a slash at its end."""
        self._program = program

    @classmethod
    def of(cls, folder: Path) -> Git | None:
        """Effect: asks git. The repository around `folder`; `None` where there is none, or no git."""
        program = shutil.which("git")
        if program is None:
            return None
        try:
            said = cls(folder, "", program).ask("rev-parse", "--show-toplevel", "--show-prefix")
        except GitError:
            return None
        top, prefix = os.fsdecode(said).removesuffix("\n").rsplit("\n", 1)  # no prefix ends in a line break
        return cls(Path(top), prefix, program)

    def ask(self, *words: str, given: bytes = b"") -> bytes:
        """Effect: runs git. What it prints, with `given` on its standard input. Raises `GitError`."""
        settings = [word for setting in _SWITCHED_OFF for word in ("-c", setting)]
        command = [self._program, "--no-pager", "--no-optional-locks", "--literal-pathspecs", *settings, *words]
        done = subprocess.run(  # noqa: S603  the program is git, the words are ours
            command, cwd=self.top, input=given, capture_output=True, env=_surroundings(), check=False
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "backslashreplace").split("\n", 1)[0]
            raise GitError(said or f"git {words[0]} ended with status {done.returncode}")
        return done.stdout


def _surroundings() -> dict[str, str]:
    """The variables that git sees: none that would send it to another repository or let it ask a person."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "LC_ALL": "C.UTF-8",
    }
