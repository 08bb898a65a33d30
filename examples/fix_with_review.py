"""Show what `--fix --unsafe-fixes` would change, note by note, and ask before each note is written.

python examples/fix_with_review.py VAULT
"""

import difflib
import sys
from pathlib import Path

import vaultlint


def main(folder: str) -> None:
    """Plan first, without writing; then ask, and fix the notes that were agreed to."""
    plan = vaultlint.fix(folder, unsafe=True, write=False)
    agreed = [change.path for change in plan.changed if review(change.path, change.before, change.after)]
    if agreed:
        result = vaultlint.fix(folder, unsafe=True, paths=[Path(folder) / path for path in agreed])
        print(f"Fixed {len(result.changed)} notes.")


def review(path: str, before: str, after: str) -> bool:
    """Show one note's changes; whether the person says yes."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"{path} (now)", f"{path} (fixed)", lineterm=""
    )
    print("\n".join(lines))
    return input(f"Change {path}? [y/N] ").strip().lower() == "y"


if __name__ == "__main__":
    main(sys.argv[1])
