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
    from vaultlint.cli import arguments

    if first in ("-h", "--help"):
        output.write(arguments.overview())
        return status.CLEAN
    if first == "explain":
        from vaultlint.cli.explain import explain

        return explain(arguments.parse_explain(words[1:]), output)
    if first == "init":
        from vaultlint.cli.init import init

        return init(arguments.parse_init(words[1:]), output)
    if first == "undo":
        from vaultlint.cli.undo import undo_command

        return undo_command(arguments.parse_undo(words[1:]), output)
    if first == "baseline":
        from vaultlint.cli.baseline import baseline

        return baseline(arguments.parse_baseline(words[1:]), output)
    if first == "trust":
        from vaultlint.cli.trust import trust

        return trust(arguments.parse_trust(words[1:]), output)
    if first == "schema":
        from vaultlint.cli.schema import schema

        return schema(words[1:], output)
    if first == "config":
        from vaultlint.cli.config import config

        return config(arguments.parse_config(words[1:]), output)
    if first == "ci":
        from vaultlint.cli.ci import ci

        return ci(arguments.parse_ci(words[1:]), output)
    parsed = arguments.parse_check(words[1:] if first == "check" else words)
    from vaultlint.cli.check import check

    return check(parsed, output)


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
