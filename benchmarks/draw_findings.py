"""Draws findings of every rule over several vaults, for judging by eye: the same seed draws the same ones.

    python benchmarks/draw_findings.py VAULT [VAULT ...] [--each 50] [--seed 1] [--rule NAME]

Every rule that exists is run, whatever the vaults' own configs say. Printed as Markdown: a section a rule,
with the number there is in each vault, then the findings drawn, each with its line of the note.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

Finding = dict[str, Any]


def main() -> int:
    """Run every rule, draw, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule", default="all")
    arguments = parser.parse_args()
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for vault in arguments.vaults:
        for finding in findings(vault, arguments.rule):
            by_rule[finding["rule"]].append(finding)
    for rule in sorted(by_rule):
        drawn = draw(by_rule[rule], arguments.each, random.Random(f"{arguments.seed} {rule}"))
        print_section(rule, by_rule[rule], drawn)
    return 0


def findings(vault: Path, rule: str) -> list[Finding]:
    """All that `rule` (or every rule) says of one vault."""
    command = [sys.executable, "-m", "vaultlint", "check", "--output-format", "jsonl", "--select", rule]
    run = subprocess.run([*command, "--vault", vault, vault], capture_output=True, check=False)
    lines = run.stdout.decode().splitlines()
    return [{**json.loads(line), "vault": vault} for line in lines]


def draw(found: list[Finding], number: int, chance: random.Random) -> list[Finding]:
    """`number` of them (or all), in their own order."""
    if len(found) <= number:
        return found
    return [found[place] for place in sorted(chance.sample(range(len(found)), number))]


def print_section(rule: str, found: list[Finding], drawn: list[Finding]) -> None:
    """One rule: how many there are, and those drawn."""
    counts = Counter(finding["vault"].name for finding in found)
    print(f"\n## {rule}: {len(found)} ({', '.join(f'{name} {count}' for name, count in counts.items())})\n")
    for finding in drawn:
        place = f"{finding['vault'].name}/{finding['path']}:{finding['line']}:{finding['column']}"
        hint = f" [{finding['hint']}]" if finding["hint"] else ""
        fix = f" <{finding['fix']['applicability']}: {finding['fix']['title']}>" if finding["fix"] else ""
        print(f"- {place} {finding['message']}{hint}{fix}\n      {source_line(finding)}")


def source_line(finding: Finding) -> str:
    """The note's line, cut around the finding."""
    text = (finding["vault"] / finding["path"]).read_bytes().decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = lines[finding["line"] - 1], finding["column"] - 1
    return repr(line[max(0, column - 60) : column + 100])


if __name__ == "__main__":
    sys.exit(main())
