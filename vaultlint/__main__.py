"""The command `vaultlint`, and `python -m vaultlint`."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # Python has put the current folder (or this file's) first: a vault's own `yaml.py` must not be imported.
    del sys.path[0]
sys.path[:] = [folder for folder in sys.path if folder not in ("", ".")]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Effect: does what the command line says. The exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if words == ["--version"]:  # before anything else is imported: scripts ask this often
            from vaultlint._version import __version__

            print(f"vaultlint {__version__}")  # noqa: T201 - the one line that this needs
            return 0
        from vaultlint.cli.main import run
    except KeyboardInterrupt:
        return 130
    return run(words)


if __name__ == "__main__":
    sys.exit(main())
