"""The command `vaultlint`, and `python -m vaultlint`."""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # Python has put the current folder (or this file's) first: a vault's own `yaml.py` must not be imported.
    del sys.path[0]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Effect: does what the command line says. The exit status."""
    sys.path[:] = [folder for folder in sys.path if folder not in ("", ".")]
    # Workers that start anew must not search the current folder either; this is how Python lets them know.
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        from vaultlint.cli.main import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while it was still being imported
        return 130


def program() -> "NoReturn":
    """Effect: does what the command line says, and ends the process with the exit status."""
    import gc

    gc.disable()  # a process that lives for one run need not look for values to throw away
    status = main()
    if sys.gettrace() is not None or sys.getprofile() is not None:
        sys.exit(status)  # whoever measures this run has to tell what was seen
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:  # noqa: SIM105 - contextlib takes longer than `--version`
                stream.flush()
            except (OSError, ValueError):
                pass  # closed, or nobody reads it any more
    # All is written and no worker is left: to take a large vault's values apart one by one is of no use.
    os._exit(status)


if __name__ == "__main__":
    program()
