"""How long a vault that is kept in memory takes from a changed note to its findings.

    python benchmarks/long_lived.py VAULT NOTE [--changes 20]

NOTE, vault-relative, is changed in every round: a link more, to nowhere or to a note that is there, so that findings
come and go. Printed as JSON: seconds of the first check, and of each round.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import vaultlint


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("note")
    parser.add_argument("--changes", type=int, default=20)
    given = parser.parse_args()
    note = given.vault / given.note
    before = note.read_bytes()
    try:
        print(json.dumps(measured(given.vault, given.note, given.changes)))
    finally:
        note.write_bytes(before)
    return 0


def measured(vault: Path, name: str, changes: int) -> dict[str, object]:
    """Effect: changes the note. Seconds of the first check, and of each round. Raises ValueError for a wrong one."""
    live = vaultlint.live(vault)
    start = time.perf_counter()
    known = len(live.check(jobs=None).diagnostics)
    first = time.perf_counter() - start
    text, rounds = (vault / name).read_text(encoding="utf-8"), []
    for number in range(changes):
        broken = number % 2 == 0
        link = f"[[nobody wrote this {number}]]" if broken else f"[[{name.removesuffix('.md')}]]"
        (vault / name).write_text(f"{text}\n\nOne line more: {link}\n", encoding="utf-8")
        start = time.perf_counter()
        found = len(live.update([name]).diagnostics)
        rounds.append(time.perf_counter() - start)
        if found != known + broken:
            raise ValueError(f"round {number} found {found - known} more than before")
    return {"first": first, "rounds": rounds}


if __name__ == "__main__":
    sys.exit(main())
