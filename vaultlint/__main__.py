"""The command `vaultlint`, and `python -m vaultlint`."""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # Python has put the current folder (or this file's) first: a vault's own `yaml.py` must not be imported.
    del sys.path[0]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


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


if __name__ == "__main__":
    sys.exit(main())
