"""What the proof costs: a run of `--fix` that changes most notes of a vault, beside `rumdl fmt` on the same vault.

    python benchmarks/proof.py [VAULT] [--runs 3] [--rumdl PROGRAM] [--format]

VAULT is a folder, or by default the archive `obsidian-hub` of the shared test data (VAULTLINT_SHARED). A rule of the
benchmark's own adds a word to the first line of each note that begins like a sentence: what stands around it, as far as
a note can be cut, is read twice before and twice after, and the note is kept in the journal, and written. With
`--format` it is `vaultlint format` instead, with the rules that it has. Each run has a fresh copy; runs alternate, and
medians are told, with the seconds of CPU of all processes. Nothing is bounded here: the figures are for people.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
from pathlib import Path

from inputs import fresh_copy, unpack_hub
from measuring import Command, Cost, run
from peers import install_rumdl

RULE = '''
import re

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

LINE = re.compile("^[A-Za-z].*[a-z.]$", re.MULTILINE)


class EveryNote(NoteRule):
    """A note says in a line that it was seen."""

    name = "every-note"
    group = Group.STYLE

    def check(self, note):
        """Find the end of the line."""
        line = LINE.search(note.text, note.body_start)
        if line and not line[0].endswith(" seen"):
            end = Span(line.end(), line.end())
            edit = Edit(note.path, end, " seen")
            fix = Fix("say it", (edit,), Applicability.SAFE, may_change=frozenset({Aspect.WORDS}))
            yield self.find(end, "not seen", fix=fix)
'''
CONFIG = 'packs = []\nlocal-rules = ["every_note.py"]\n[rules]\nevery-note = "info"\n'
PROVED = re.compile(r"proved in ([\d.]+) ms")


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rumdl", type=Path, help="a rumdl that is already installed")
    parser.add_argument("--format", action="store_true", help="time `vaultlint format`")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = arguments.vault or unpack_hub(Path(folder))
        rumdl = arguments.rumdl or install_rumdl(Path(folder))
        os.environ["XDG_STATE_HOME"] = str(Path(folder) / "state")
        ours, theirs = [], []
        for _ in range(arguments.runs):
            ours.append((tidied if arguments.format else fixed)(vault, Path(folder)))
            theirs.append(formatted(vault, Path(folder), rumdl))
        tell(ours, theirs)
    return 0


def fixed(vault: Path, folder: Path) -> Cost:
    """A run that changes most notes."""
    copy = fresh_copy(vault, folder)
    (copy / "every_note.py").write_text(RULE, encoding="utf-8")
    (copy / "vaultlint.toml").write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "vaultlint", "check", "--fix", "--allow-local-rules", "--debug", "--quiet"]
    return run(Command([*command, "--vault", str(copy), str(copy)], copy))


def tidied(vault: Path, folder: Path) -> Cost:
    """The same of `vaultlint format`."""
    copy = fresh_copy(vault, folder)
    return run(Command([sys.executable, "-m", "vaultlint", "format", "--debug", "--quiet", str(copy)], copy))


def formatted(vault: Path, folder: Path, rumdl: Path) -> Cost:
    """The same of `rumdl fmt`."""
    copy = fresh_copy(vault, folder)
    return run(Command([str(rumdl), "fmt", "--no-cache", "--flavor", "obsidian", "--silent", str(copy)], copy))


def tell(ours: list[Cost], theirs: list[Cost]) -> None:
    """Print medians, the phases of the last run, and what the proof took note by note."""
    for name, costs in (("vaultlint", ours), ("rumdl fmt", theirs)):
        wall, cpu = statistics.median(cost.wall for cost in costs), statistics.median(cost.cpu for cost in costs)
        print(f"{name:20} {wall:7.2f} s wall {cpu:7.2f} s of CPU")
    print(f"ratio of pairs, median {statistics.median(a.wall / b.wall for a, b in zip(ours, theirs, strict=True)):.2f}")
    said = ours[-1].said
    spent = sorted(float(found) for found in PROVED.findall(said))
    print(f"{len(spent)} notes proved in {sum(spent) / 1000:.2f} s: ", end="")
    print(
        f"median {statistics.median(spent):.2f} ms, 99 of 100 within {spent[len(spent) * 99 // 100]:.1f} ms, ", end=""
    )
    print(f"most {spent[-1]:.0f} ms")
    print(next(line for line in said.splitlines() if " s, " in line and "walk" in line))


if __name__ == "__main__":
    sys.exit(main())
