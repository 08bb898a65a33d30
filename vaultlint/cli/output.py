"""Standard output and standard error: encodings, colours, and a reader who goes away."""

from __future__ import annotations

import errno
import io
import os
import sys

TYPE_CHECKING = False  # not from `typing`, whose import takes longer than all that `--version` does
if TYPE_CHECKING:
    from typing import Any, TextIO

_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
"""What writing to a closed pipe says; Windows calls it an invalid argument."""


class OutputError(Exception):
    """Standard output takes no more, and not because its reader went away: a full disk, a lost share."""


class Output:
    """Where a command writes. A closed pipe ends all output quietly; the exit status stays what it was."""

    def __init__(self) -> None:
        self._out: TextIO | None = sys.stdout
        self._err: TextIO | None = sys.stderr
        for stream in (self._out, self._err):
            _make_able(stream)

    def write(self, text: str) -> None:
        """Effect: writes text to standard output; what it can't show becomes escapes."""
        self._guarded(self._out, text)

    def write_bytes(self, data: bytes) -> None:
        """Effect: writes bytes to standard output as they are: data, a patch, a repaired note."""
        buffer = getattr(self._out, "buffer", None)
        if self._out is None or buffer is None:
            self.write(data.decode("utf-8", "backslashreplace"))
            return
        self._guarded(self._out, "")
        self._guarded(buffer, data)

    def tell(self, text: str, *, lines: bool = False) -> None:
        """Effect: writes a line to standard error; more than one only with `lines`."""
        from vaultlint.report.escape import unobeyed, visible

        shown = "\n".join(map(visible, text.split("\n"))) if lines else visible(text)
        self.tell_shown(unobeyed(shown) + "\n")

    def tell_shown(self, text: str) -> None:
        """Effect: writes text that is safe to show to standard error."""
        if self._err is None:
            return
        try:
            self._err.write(text)
            self._err.flush()
        except OSError:
            self._err = None  # nobody listens; there is nowhere to say so

    def colours(self, choice: str) -> bool:
        """Whether to colour standard output: `always`, `never`, or `auto`: as the surroundings say."""
        if choice != "auto":
            return choice == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return self.is_terminal and os.environ.get("TERM") != "dumb" and _takes_colours()

    @property
    def is_terminal(self) -> bool:
        """Whether people read standard output."""
        return _is_terminal(self._out)

    @property
    def width(self) -> int | None:
        """The columns of the terminal that standard output is; `None` where it is none."""
        if self._out is None or not self.is_terminal:
            return None
        try:
            return os.get_terminal_size(self._out.fileno()).columns or None
        except OSError:
            return None

    def clear(self) -> None:
        """Effect: empties the terminal that standard output is; does nothing where it is none."""
        if self.is_terminal and os.environ.get("TERM") != "dumb" and _takes_colours():
            self.write("\x1b[H\x1b[2J\x1b[3J")

    def close(self) -> None:
        """Effect: flushes; what can't be is dropped here, so that Python says nothing about it at exit."""
        try:
            self._guarded(self._out, "")
        except OutputError as error:
            self.tell(f"vaultlint: {error}")

    def _guarded(self, stream: Any, data: str | bytes) -> None:
        if stream is None or self._out is None:
            return
        try:
            if data:
                stream.write(data)
            stream.flush()
        except OSError as error:
            self._drop()
            if error.errno not in _GONE:
                reason = error.strerror or type(error).__name__
                raise OutputError(f"can't write to standard output: {reason}") from error

    def _drop(self) -> None:
        """Send what is still to come, and what Python flushes at exit, nowhere."""
        out, self._out = self._out, None
        if out is None:
            return
        try:
            descriptor = out.fileno()
        except (OSError, ValueError):
            return  # a stream of a caller's own, with no file beneath it
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def _make_able(stream: TextIO | None) -> None:
    """Let a stream take any text: in UTF-8 unless terminal or user want another encoding, else as escapes."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    if _is_terminal(stream) or os.environ.get("PYTHONIOENCODING"):
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed by a caller
        return False


def _takes_colours() -> bool:
    """Effect: on Windows, tells the console to obey colours. Whether it will."""
    if sys.platform != "win32":
        return True
    import ctypes

    kernel = ctypes.windll.kernel32
    console = kernel.GetStdHandle(-11)
    mode = ctypes.c_ulong()
    enable_virtual_terminal = 0x0004
    return bool(
        kernel.GetConsoleMode(console, ctypes.byref(mode))
        and kernel.SetConsoleMode(console, mode.value | enable_virtual_terminal)
    )
