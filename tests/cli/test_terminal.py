"""What a terminal gets that a file does not: colours, its own width, a progress bar."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vaultlint.cli.progress import ProgressBar, progress_bar

COLUMNS, LINES = 50, 24


class Terminal(io.StringIO):
    """A stream that people watch."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Let standard error be a terminal; from within a test, for pytest sets its own at the start."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    return terminal


def test_a_short_run_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is done within half a second draws nothing."""
    terminal = watched(monkeypatch)
    with progress_bar(quiet=False) as bar:
        assert bar is not None
        bar(1, 10)
        bar(10, 10)

    assert "" == terminal.getvalue()


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """After that, the bar says how many notes of how many are done, and takes itself away."""
    terminal = watched(monkeypatch)
    bar = ProgressBar(patience=0)
    bar(1250, 5000)
    bar(2500, 5000)
    bar.stop()

    drawn = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert "1250/5000 notes" in drawn
    assert "2500/5000 notes" in drawn
    assert "/100" not in drawn
    assert terminal.getvalue().endswith("\x1b[2K")


def test_nobody_to_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no bar with `--quiet`, into a file, or without standard error."""
    watched(monkeypatch)
    with progress_bar(quiet=True) as bar:
        assert bar is None
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_bar(quiet=False) as bar:
            assert bar is None


def shown(folder: Path, *words: str) -> str:
    """What the command prints on a narrow terminal."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "vaultlint", *words],
        cwd=folder,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "", "FORCE_COLOR": ""},
    ) as process:
        os.close(theirs)
        data = b""
        try:
            while chunk := os.read(ours, 65536):
                data += chunk
        except OSError:
            pass  # how Linux says that the other side is closed
        os.close(ours)
        process.wait(30)
    return data.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_has_colours_and_a_width(tmp_path: Path) -> None:
    """Frames fit the terminal, severities have colours, rules are drawn; a patch can't steer it."""
    (tmp_path / "Note.md").write_text("word " * 30 + "[[Nowhere]] \x1b[2J" + "word " * 30, encoding="utf-8")

    lines = shown(tmp_path, "check").splitlines()

    assert "\x1b[1;33mwarning\x1b[0m" in lines[0]
    frame = lines[1].replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert COLUMNS >= len(frame) > COLUMNS - 10
    assert "\\x1b[2J" in frame
    assert "\x1b[1m" in shown(tmp_path, "explain", "unresolved-link")
    assert "\x1b" not in shown(tmp_path, "check", "--color", "never")
