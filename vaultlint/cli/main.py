"""From words to a command, and from whatever happens to an exit status."""

from __future__ import annotations

import errno

from vaultlint.cli import status
from vaultlint.cli.output import Output, OutputError

TYPE_CHECKING = False  # not from `typing`, whose import takes longer than all that `--version` does
if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_OURS = (errno.EACCES, errno.EPERM, errno.EIO, errno.ENOSPC, errno.EROFS)
"""What the system says when no program is at fault."""


_COMMANDS = {
    "baseline": "baseline",
    "check": "check",
    "cache": "cache",
    "ci": "ci",
    "config": "config",
    "explain": "explain",
    "format": "format_command",
    "init": "init",
    "trust": "trust",
    "undo": "undo_command",
}
"""Command -> the function that does it, in the module of the command's name; its words are read in `words`."""


def run(words: Sequence[str]) -> int:
    """Effect: does what the command line says, on standard output and error. The exit status."""
    output = Output()
    try:
        return _dispatch(words, output)
    except KeyboardInterrupt:
        return status.INTERRUPTED
    except SystemExit as leaving:  # argparse, behind --help and behind what it refuses
        return leaving.code if isinstance(leaving.code, int) else status.USAGE
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody should see a traceback unasked
        return _failed(error, output, debug="--debug" in words)
    finally:
        output.close()


def _dispatch(words: Sequence[str], output: Output) -> int:
    first = words[0] if words else ""
    if first == "--version":  # without argparse: scripts ask this often
        from vaultlint._version import __version__

        output.write(f"vaultlint {__version__}\n")
        return status.CLEAN
    if first in ("-h", "--help"):
        from vaultlint.cli.words.overview import overview

        output.write(overview())
        return status.CLEAN
    if first == "schema":
        from vaultlint.cli.schema import schema

        return schema(words[1:], output)
    from importlib import import_module

    if first not in _COMMANDS:
        _no_command(first)
    command = first if first in _COMMANDS else "check"
    parse, do = f"parse_{command}", _COMMANDS[command]
    asked = getattr(import_module(f"vaultlint.cli.words.{command}"), parse)(words[first == command :])
    place = "again" if command == "check" else command
    done: int = getattr(import_module(f"vaultlint.cli.{place}"), do)(asked, output)
    return done


def _no_command(first: str) -> None:
    """Tell whoever meant a command by a word that is no path either."""
    import os

    if first.isalpha() and not os.path.lexists(first):
        from vaultlint.rule.errors import UserError, nearest

        near = nearest(first, [*_COMMANDS, "schema"])
        if near:
            raise UserError(f"no command, file or folder named '{first}'; did you mean the command '{near}'?")


def _failed(error: Exception, output: Output, *, debug: bool) -> int:
    from vaultlint.rule.errors import UserError

    if isinstance(error, UserError):
        output.tell(f"vaultlint: {error}")
        return status.USAGE
    if isinstance(error, OutputError):
        output.tell(f"vaultlint: {error}")
        return status.FAILED
    if isinstance(error, OSError) and error.errno in _NOT_OURS:
        output.tell(f"vaultlint: the system refused what was needed, and no note is half written: {error}")
        return status.FAILED
    if debug:
        import traceback

        output.tell("".join(traceback.format_exception(error)).rstrip(), lines=True)
    reason = f"{type(error).__name__}: {error}"
    output.tell(
        f"vaultlint: failed, through a fault of its own ({reason}); please report this to its makers, "
        f"with your command{'' if debug else ' and what it prints with --debug'}"
    )
    return status.FAILED
