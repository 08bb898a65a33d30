"""`check --since HEAD` beside a plain `check`: what it costs to tell only what is new.

    python benchmarks/since.py [VAULT] [--runs 7] [--changed 10]

VAULT is a folder, or by default the archive `obsidian-hub` of the shared test data (VAULTLINT_SHARED). It is
copied to a temporary folder and committed to a git repository there; then some notes are changed. Runs
alternate, the first pair is a warm-up, and the median ratio of the pairs is compared: the machine's mood hits both
alike. Exit status 1 where the bound is missed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from inputs import unpack_hub
from measuring import Command, alternate, runs

MAX_RATIO = 2.2


def main() -> int:
    """Measure, print a table, and say whether the bound holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--changed", type=int, default=10, help="how many notes are changed (default: 10)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        if arguments.vault is None:
            unpack_hub(Path(folder)).rename(vault)
        else:
            shutil.copytree(arguments.vault, vault, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        commit(vault)
        change(vault, arguments.changed)
        return compare(vault, arguments.runs)


def commit(vault: Path) -> None:
    """Make the vault a repository with one commit."""
    settings = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "core.autocrlf=false")
    for words in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "base")):
        subprocess.run(["git", *settings, *words], cwd=vault, check=True)


def change(vault: Path, count: int) -> None:
    """Add a broken link to some notes, spread over the vault."""
    notes = sorted(path for path in vault.rglob("*.md") if "/." not in f"/{path.relative_to(vault).as_posix()}")
    for note in notes[:: max(len(notes) // count, 1)][:count]:
        with note.open("a", encoding="utf-8") as file:
            file.write("\n\nThis one is new: [[a note that nobody wrote]]\n")


def compare(vault: Path, count: int) -> int:
    """Alternate the two and hold the median of the ratios against the bound."""
    plain = [sys.executable, "-m", "vaultlint", "check", "--no-cache", "--vault", str(vault), str(vault)]
    since = [*plain, "--since", "HEAD"]
    pairs = alternate(runs(Command(since, vault)), runs(Command(plain, vault)), count)
    (since_median, plain_median), ratio = pairs.walls, pairs.ratio
    print(f"{'wall, check (s)':42} {plain_median:9.3f}")
    print(f"{'wall, check --since HEAD (s)':42} {since_median:9.3f}")
    verdict = "ok" if ratio <= MAX_RATIO else "MISSED"
    print(f"{'ratio of pairs, median':42} {ratio:9.3f}  at most {MAX_RATIO:g}: {verdict}")
    told = subprocess.run([*since, "--debug"], capture_output=True, text=True, cwd=vault)
    print(told.stdout.splitlines()[-1], told.stderr, sep="\n")
    return int(ratio > MAX_RATIO)


if __name__ == "__main__":
    sys.exit(main())
